import type { SupplierInvoice } from '../canonical/invoice.ts';
import { identifier, whole } from '../edi/codec.ts';
import { day } from '../edi/days.ts';
import type { Draft } from '../edi/draft.ts';
import { at, key } from '../edi/parts.ts';
import type { ItemOf } from '../edi/paths.ts';
import type { Rule, Work } from '../edi/rule.ts';
import { readParts, readRules, segment } from '../edi/rules.ts';
import type { LoopSource } from '../edi/set-source.ts';
import { redundant } from './file-header.ts';
import { itemNumbers, quantityAndCost } from './goods-parts.ts';
import { narrative, tradedUnit } from './narrative.ts';
import { cost } from './pictures.ts';
import { reference, sellerOrder } from './references-part.ts';
import { takeRegistered } from './registered-text.ts';

type Line = ItemOf<SupplierInvoice, 'lines'>;

const line: readonly Rule<Line>[] = [
  segment<Line>('ILD', [
    redundant(1),
    at(2, 'number', whole(10)),
    itemNumbers(3),
    quantityAndCost(7, 8),
    key(9, 'amount', cost),
    tradedUnit(14),
  ]),
  {
    carries: [{ path: 'orderLine', form: { kind: 'text', length: 40 } }],
    matches: () => true,
    /** DNC: registered text 082 is the number of the order's line. */
    read(from, into, work) {
      for (const dnc of from.segments('DNC')) {
        const number = takeRegistered(dnc, 5, '082');
        if (number !== undefined) into.set('orderLine', number);
        readParts(dnc, [redundant(1, 2, 3), narrative(6)], into, work);
      }
    },
    write: () => undefined,
  },
];

/** References of ODD that are those of the whole invoice. */
const shared = [redundant<SupplierInvoice>(1), sellerOrder([2, 2]), reference('deliveryNote', [3, 1])];
/** And where there is one ODD only. */
const alone = [
  at<SupplierInvoice>([2, 1], 'orderNumber', identifier(17)),
  at<SupplierInvoice>([2, 3], 'orderDate', day),
  at<SupplierInvoice>([3, 2], 'deliveredOn', day),
];

/** ODD with its ILDs: the lines of one order, or of one delivery of it. */
export const ordersAndLines: Rule<SupplierInvoice> = {
  carries: [
    ...[...shared, ...alone].flatMap(({ carries }) => carries),
    { path: 'lines', form: { kind: 'list', most: Number.POSITIVE_INFINITY } },
    ...[
      { path: 'orderNumber', form: { kind: 'text', length: 17 } as const },
      ...line.flatMap(({ carries }) => carries),
    ].map(({ path, form }) => ({ path: `lines.${path}`, form })),
  ],
  matches: () => true,
  read(from, into, work) {
    const orders = from.loops('ODD');
    for (const order of orders) readOrder(order, orders.length === 1, into, work);
  },
  write: () => undefined,
};

function readOrder(order: LoopSource, isAlone: boolean, into: Draft<SupplierInvoice>, work: Work): void {
  const [odd] = order.segments('ODD');
  if (odd === undefined) return;
  const number = odd.see(2, 1);
  const lines = order.loops('ILD');
  readParts(odd, isAlone ? [...shared, ...alone] : shared, into, work);
  if (number !== '' && lines.length > 0) odd.take(2, 1);
  for (const ild of lines) {
    const added = into.add('lines');
    readRules(ild, line, added, work);
    if (number !== '') added.set('orderNumber', number);
  }
}
