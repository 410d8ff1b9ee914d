import { PurchaseOrder, type PurchaseOrderLine } from '../canonical/purchase-order.ts';
import { freeCode, identifier, pattern, word } from '../edi/codec.ts';
import { day } from '../edi/days.ts';
import { real } from '../edi/decimals.ts';
import { defineMap } from '../edi/define-map.ts';
import { at, filler, fixed, means, must, refuse } from '../edi/parts.ts';
import type { Rule } from '../edi/rule.ts';
import { count, header, loop, loops, segment, within } from '../edi/rules.ts';
import { itemNumbers } from './item-numbers.ts';
import { parties, partner } from './parties.ts';
import { priceAt } from './price-part.ts';
import { X12 } from './standard.ts';
import {
  adjustments,
  carrier,
  currency,
  date,
  deliveryTerms,
  description,
  note,
  paymentTerms,
  references,
} from './trade-rules.ts';

const line: readonly Rule<PurchaseOrderLine>[] = [
  segment<PurchaseOrderLine>('PO1', [
    at(1, 'number', pattern(/^\d{1,20}$/)),
    must(2, 'quantity', real(9)),
    at(3, 'unit', freeCode('units', 2)),
    priceAt(4),
    itemNumbers(6, 10),
    means('action', 'add'),
  ]),
  description,
  adjustments,
  date('promised', '002', '106'),
  note,
];

/** 850: a new order, the change of one (BEG01 04, with BEG04 as its number) or its end (01). */
export const ORDER_850 = defineMap<PurchaseOrder>({
  standard: X12,
  set: '850',
  kind: 'PurchaseOrder',
  schema: PurchaseOrder,
  begins: () => ({ kind: 'PurchaseOrder', lines: [] }),
  implied: ['kind'],
  rules: [
    header('BEG', [
      must(1, 'action', word({ create: '00', cancel: '01', change: '04' })),
      filler(2, 'SA'),
      // Blanket orders order nothing yet, confirmations and copies order nothing again.
      refuse(2, 'BK', 'BE', 'CF', 'IN'),
      must(3, 'number', identifier(22)),
      at(4, 'change', identifier(30)),
      at(5, 'date', day),
    ]),
    currency('BY'),
    references,
    deliveryTerms,
    adjustments,
    paymentTerms,
    date('promised', '002', '106'),
    date('shipOn', '010'),
    date('notBefore', '037', '064'),
    date('notAfter', '038', '063'),
    carrier,
    note,
    within('supplier', [partner(['SU', 'SE', 'VN'], 'buyer')]),
    parties,
    loops('lines', 'PO1', line, 100_000),
    loop('CTT', [count('CTT', 1, 'PO1'), segment('AMT', [fixed(1, 'TT'), at(2, 'total', real(18))])]),
  ],
});
