import { PurchaseOrderAcknowledgment } from '../canonical/purchase-order-acknowledgment.ts';
import { code, freeCode, identifier, whole, word } from '../edi/codec.ts';
import { day } from '../edi/days.ts';
import { real } from '../edi/decimals.ts';
import { defineMap } from '../edi/define-map.ts';
import { at, demand, filler, fixed, must, under } from '../edi/parts.ts';
import type { ItemOf } from '../edi/paths.ts';
import type { Rule } from '../edi/rule.ts';
import { count, header, loop, loops, segment, within } from '../edi/rules.ts';
import { LINE_STATUSES } from './codes.ts';
import { itemNumbers } from './item-numbers.ts';
import { parties, partner } from './parties.ts';
import { priceAt } from './price-part.ts';
import { X12 } from './standard.ts';
import { adjustments, currency, date, description, note, references } from './trade-rules.ts';

type Line = PurchaseOrderAcknowledgment['lines'][number];
type Outcome = ItemOf<Line, 'outcomes'>;

/** ACK04 and ACK05 hold one date; another one stands in a DTM of its own. */
const outcome: readonly Rule<Outcome>[] = [
  segment<Outcome>('ACK', [
    must(1, 'status', code('statuses', LINE_STATUSES)),
    at(2, 'quantity', real(9)),
    at(3, 'unit', freeCode('units', 2)),
    under(4, ['068', '010', '011'], at(5, 'shipOn', day)),
    under(4, ['067', '017', '002'], at(5, 'deliverOn', day)),
  ]),
  date('shipOn', '068'),
  date('deliverOn', '067'),
];

const line: readonly Rule<Line>[] = [
  segment<Line>('PO1', [
    at(1, 'number', whole(20)),
    must(2, 'quantity', real(9)),
    at(3, 'unit', freeCode('units', 2)),
    priceAt(4),
    itemNumbers(6, 10),
  ]),
  description,
  loops('outcomes', 'ACK', outcome, 104),
];

/** 855: a seller's answer to an order. BAK02 speaks for the whole, ACK for lines and parts of them. */
export const ORDER_ANSWER_855 = defineMap<PurchaseOrderAcknowledgment>({
  standard: X12,
  set: '855',
  kind: 'PurchaseOrderAcknowledgment',
  schema: PurchaseOrderAcknowledgment,
  begins: () => ({ kind: 'PurchaseOrderAcknowledgment', lines: [] }),
  implied: ['kind'],
  rules: [
    header('BAK', [
      filler(1, '00'),
      demand(1, '00', '06'),
      must(2, 'status', word({ accepted: ['AD', 'AK', 'AT'], changed: ['AC', 'AE'], rejected: ['RD', 'RJ'] })),
      must(3, 'number', identifier(22)),
      at(4, 'orderDate', day),
      at(8, 'sellerOrder', whole(30)),
      at(9, 'date', day),
    ]),
    currency('SE'),
    references,
    adjustments,
    date('shipOn', '068', '010'),
    date('deliverOn', '067', '017', '002'),
    note,
    within('supplier', [partner(['SU', 'SE', 'VN'], 'buyer')]),
    parties,
    loops('lines', 'PO1', line, 100_000),
    loop('CTT', [count('CTT', 1, 'PO1'), segment('AMT', [fixed(1, 'TT'), at(2, 'total', real(18))])]),
  ],
});
