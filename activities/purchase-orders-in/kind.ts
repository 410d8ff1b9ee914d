import { present } from '../../mappings/canonical/present.ts';
import { PurchaseOrder } from '../../mappings/canonical/purchase-order.ts';
import { assertOrderAddsUp } from '../../mappings/canonical/purchase-order-sums.ts';
import { ORDER_IN_FIELDS, orderFromRows } from '../../mappings/csv/purchase-order-in.ts';
import { groupColumns } from '../documents-in/group-columns.ts';
import type { DocumentKind } from '../documents-in/kind.ts';
import { orderWrites } from './post-order.ts';

/** Purchase orders, one row a line, are created in Visma.net; changes and cancellations change what is there. */
export const purchaseOrdersIn: DocumentKind<'purchase-orders-in', PurchaseOrder> = {
  flow: 'purchase-orders-in',
  kind: 'PurchaseOrder',
  rows: ({ flow: { columns, format, groupBy } }) => ({
    fields: ORDER_IN_FIELDS,
    columns,
    groupBy: groupBy ?? groupColumns(columns, ['number', 'change']),
    dialect: format,
  }),
  keyOf: ({ header: { number, action = 'create', change = '' } }) => {
    if (number === undefined || action === 'create') return number;
    return [number, action, change].filter((part) => part !== '').join('/');
  },
  business: ({ header: { number, change, 'supplier.number': supplier } }) =>
    present({ order: number, change, supplier }),
  canonical: (rows) => {
    const order = orderFromRows(rows);
    assertOrderAddsUp(order);
    return order;
  },
  isProvenWhole: ({ action, total }) => action === 'cancel' || (action === 'create' && total !== undefined),
  parse: (stored) => PurchaseOrder.parse(stored),
  writes: orderWrites,
};
