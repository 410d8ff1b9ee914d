import { PurchaseOrder, type PurchaseOrderLine } from '../canonical/purchase-order.ts';
import { identifier, pattern, word } from '../edi/codec.ts';
import { defineMap } from '../edi/define-map.ts';
import { at, demand, means, must } from '../edi/parts.ts';
import { inDocument, type Rule } from '../edi/rule.ts';
import { header, loops, segment, within, writeOnly } from '../edi/rules.ts';
import { date } from './dates.ts';
import { currencyOfAmounts, documentCode, lineCount, numbered, sumsFollow } from './frame-rules.ts';
import { additionalItems, itemInLine } from './item-numbers.ts';
import { orderSums, statedLineAmount } from './order-sums.ts';
import { parties, partner, SUPPLIER } from './parties.ts';
import { linePrice } from './price-rule.ts';
import { D01B, D96A, EDIFACT } from './standard.ts';
import {
  adjustments,
  amount,
  carrier,
  creditTerms,
  currency,
  deliveryTerms,
  description,
  discountTerms,
  netTerms,
  note,
  quantity,
  references,
} from './trade-rules.ts';

const number = at<PurchaseOrderLine>(1, 'number', pattern(/^\d{1,6}$/));

const aboutLine: readonly Rule<PurchaseOrderLine>[] = [
  additionalItems,
  description,
  quantity('21'),
  date('promised', '2', '69', '76'),
  note,
  linePrice,
  adjustments,
  statedLineAmount,
];

const aboutOrder: readonly Rule<PurchaseOrder>[] = [
  date('shipOn', '10'),
  date('promised', '2', '69', '76'),
  date('notAfter', '63', '74'),
  date('notBefore', '64', '71'),
  note,
  creditTerms,
];

const parts: readonly Rule<PurchaseOrder>[] = [
  references(),
  within('supplier', [partner(SUPPLIER)]),
  parties,
  currency('9'),
  netTerms,
  discountTerms,
  carrier,
  deliveryTerms,
  adjustments,
];

/** ORDERS: a new order (1225 is 9), or the end of one (1). 1001 may say that it is urgent (224), or a call-off (226). */
export const ORDERS = defineMap<PurchaseOrder>({
  standard: EDIFACT,
  set: 'ORDERS',
  kind: 'PurchaseOrder',
  schema: PurchaseOrder,
  begins: () => ({ kind: 'PurchaseOrder', lines: [] }),
  releases: [D96A, D01B],
  implied: ['kind'],
  rules: [
    header('BGM', [
      documentCode('220', '224', '226'),
      must(2, 'number', identifier(35)),
      must(3, 'action', word({ create: '9', cancel: '1' })),
    ]),
    date('date', '137', '4'),
    ...aboutOrder,
    ...parts,
    loops(
      'lines',
      'LIN',
      [segment('LIN', [number, demand(2, '1'), itemInLine, means('action', 'add')]), ...aboutLine],
      200_000,
    ),
    sumsFollow(),
    writeOnly(amount('total', '79')),
    lineCount(),
    orderSums,
    currencyOfAmounts,
  ],
  settle(draft, work) {
    if (draft.get('action') === undefined) draft.set('action', 'create');
    if (draft.get('action') !== 'cancel' || draft.items('lines').length === 0) return;
    draft.clear('lines');
    const message = 'The order ends as a whole: the lines it repeats have no place in the document.';
    work.tell({ ...inDocument('lines'), severity: 'note', code: 'value-shortened', message });
  },
  prepare: (order) => ({ ...order, lines: numbered(order.lines) }),
});
