import { choice, type Fields, lines, OPERATION, SEGMENTS, text } from '../write-fields.ts';

export const ORDER_TYPES = ['RegularOrder', 'DropShip', 'Blanket', 'StandardBlanket'] as const;

export const LINE_TYPES = [
  'GoodsForInventory',
  'GoodsForSalesOrder',
  'GoodsForReplenishment',
  'GoodsForDropShip',
  'NonStockForDropShip',
  'NonStockForSalesOrder',
  'NonStock',
  'Service',
  'Freight',
  'Description',
] as const;

const line: Fields = {
  operation: OPERATION,
  lineNumber: { kind: 'integer' },
  branch: text('line.number'),
  inventory: text('line.number'),
  lineType: choice(...LINE_TYPES),
  warehouse: text('line.number'),
  lineDescription: text('line.description'),
  uom: text('line.number'),
  orderQty: { kind: 'decimal' },
  unitCost: { kind: 'decimal' },
  extCost: { kind: 'decimal' },
  discountPercent: { kind: 'decimal' },
  discountAmount: { kind: 'decimal' },
  amount: { kind: 'decimal' },
  taxCategory: text('reference.id'),
  account: text('line.number'),
  sub: SEGMENTS,
  project: text('line.number'),
  projectTask: text('line.number'),
  requested: text('line.number'),
  promised: text('line.number'),
  completed: { kind: 'boolean' },
  note: text('document.note'),
};

/** The body of POST and PUT /v1/purchaseorder. */
export const PURCHASE_ORDER_FIELDS: Fields = {
  orderType: choice(...ORDER_TYPES),
  orderNumber: text('document.number'),
  hold: { kind: 'boolean' },
  date: text('line.number'),
  promisedOn: text('line.number'),
  description: text('document.description'),
  supplier: text('supplier.number'),
  location: text('line.number'),
  currency: text('reference.id'),
  exchangeRate: { kind: 'decimal' },
  supplierRef: text('document.externalReference'),
  branch: text('line.number'),
  owner: text('line.number'),
  terms: text('reference.id'),
  note: text('document.note'),
  overrideNumberSeries: { kind: 'boolean' },
  timeStamp: { kind: 'bareText', length: 'line.number' },
  lines: lines(line),
};
