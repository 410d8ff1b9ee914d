import { PurchaseOrder, type PurchaseOrderLine } from '../canonical/purchase-order.ts';
import { freeCode, identifier, pattern, word } from '../edi/codec.ts';
import { day } from '../edi/days.ts';
import { real } from '../edi/decimals.ts';
import { defineReadingMap } from '../edi/define-map.ts';
import { at, fixed, must } from '../edi/parts.ts';
import type { Rule } from '../edi/rule.ts';
import { count, header, loop, loops, segment, within } from '../edi/rules.ts';
import { itemNumbers } from './item-numbers.ts';
import { parties, partner } from './parties.ts';
import { priceAt } from './price-part.ts';
import { X12 } from './standard.ts';
import { adjustments, carrier, currency, date, deliveryTerms, description, note, references } from './trade-rules.ts';

/** POC02. QD and QI say that the quantity changes; POC03 is the new one. */
const ACTIONS = word({ add: 'AI', cancel: 'DI', change: ['CA', 'CE', 'CT', 'PC', 'PQ', 'QD', 'QI', 'RZ'] });

const line: readonly Rule<PurchaseOrderLine>[] = [
  segment<PurchaseOrderLine>('POC', [
    at(1, 'number', pattern(/^\d{1,20}$/)),
    must(2, 'action', ACTIONS),
    at(3, 'quantity', real(9)),
    at(5, 'unit', freeCode('units', 2)),
    priceAt(6),
    itemNumbers(8, 10),
  ]),
  description,
  adjustments,
  date('promised', '002', '106'),
  note,
];

/** Lines that a full change repeats without changing them (POC02 NC): they say nothing new. */
const unchanged: Rule<PurchaseOrder> = {
  carries: [],
  matches: () => true,
  read(from) {
    const lines = from.loops('POC').filter((one) => one.segments('POC').some((poc) => poc.see(2) === 'NC'));
    for (const segment of lines.flatMap((one) => one.everySegment())) segment.takeAll();
  },
  write: () => undefined,
};

/** 860: the change of an order (BCH01 04) or its end (01). Without BCH05 a change is numbered by the control numbers it came with. */
export const ORDER_CHANGE_860 = defineReadingMap<PurchaseOrder>({
  standard: X12,
  set: '860',
  kind: 'PurchaseOrder',
  schema: PurchaseOrder,
  begins: () => ({ kind: 'PurchaseOrder', lines: [] }),
  implied: [],
  rules: [
    header('BCH', [
      must(1, 'action', word({ change: '04', cancel: '01' })),
      must(3, 'number', identifier(22)),
      at(5, 'change', identifier(30)),
      at(6, 'date', day),
      at(11, 'changed', day),
    ]),
    currency('BY'),
    references,
    deliveryTerms,
    adjustments,
    date('promised', '002', '106'),
    date('shipOn', '010'),
    date('notBefore', '037', '064'),
    date('notAfter', '038', '063'),
    carrier,
    note,
    within('supplier', [partner(['SU', 'SE', 'VN'], 'buyer')]),
    parties,
    unchanged,
    loops('lines', 'POC', line),
    loop('CTT', [count('CTT', 1, 'POC'), segment('AMT', [fixed(1, 'TT'), at(2, 'total', real(18))])]),
  ],
  settle(draft, { control }) {
    if (draft.get('action') === 'change' && draft.get('change') === undefined) {
      draft.set('change', `${control.interchange}-${control.set}`);
    }
    const lines = draft.items('lines');
    if (draft.get('action') === 'cancel' && lines.every((one) => one.get('action') === 'cancel')) draft.clear('lines');
  },
});
