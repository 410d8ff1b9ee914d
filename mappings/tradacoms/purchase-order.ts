import { PurchaseOrder, type PurchaseOrderLine } from '../canonical/purchase-order.ts';
import { identifier, pattern } from '../edi/codec.ts';
import { day } from '../edi/days.ts';
import { defineReadingMap } from '../edi/define-map.ts';
import { at, demand, filler, means, must } from '../edi/parts.ts';
import type { Rule } from '../edi/rule.ts';
import { count, header, loop, loops, segment } from '../edi/rules.ts';
import { fileHeader, location, redundant } from './file-header.ts';
import { itemNumbers, quantityAndCost } from './goods-parts.ts';
import { narrative, tradedUnit } from './narrative.ts';
import { sellerOrder } from './references-part.ts';
import { HEADER, TRADACOMS } from './standard.ts';

const line: readonly Rule<PurchaseOrderLine>[] = [
  segment<PurchaseOrderLine>('OLD', [
    at(1, 'number', pattern(/^\d{1,10}$/)),
    itemNumbers(2),
    quantityAndCost(6, 7),
    tradedUnit(10),
    means('action', 'add'),
  ]),
  segment<PurchaseOrderLine>('DNB', [redundant(1, 2), narrative(5)]),
];

/** ORDERS of an order file (TYP 0430, new orders), with what its ORDHDR says of all of them. */
export const ORDERS = defineReadingMap<PurchaseOrder>({
  standard: TRADACOMS,
  set: 'ORDERS',
  kind: 'PurchaseOrder',
  schema: PurchaseOrder,
  begins: () => ({ kind: 'PurchaseOrder', action: 'create', lines: [] }),
  implied: [],
  rules: [
    loop(HEADER, [segment<PurchaseOrder>('TYP', [demand(1, '0430'), redundant(2)]), ...fileHeader]),
    location,
    header('ORD', [
      must([1, 1], 'number', identifier(17)),
      sellerOrder([1, 2]),
      at([1, 3], 'date', day),
      filler(3, 'N'),
    ]),
    segment('DIN', [at(1, 'notBefore', day), at(2, 'notAfter', day), filler(3, '0000'), narrative(4)]),
    segment<PurchaseOrder>('DNA', [redundant(1), narrative(4)]),
    loops('lines', 'OLD', line),
    count('OTR', 1, 'OLD'),
  ],
});
