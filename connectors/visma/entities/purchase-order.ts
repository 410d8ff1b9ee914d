import { keySegment } from '../keys.ts';
import { type Delta, deltaQuery, type Entity } from '../reader.ts';
import { purchaseOrderSchema, type VismaPurchaseOrder } from '../schema/purchase-order.ts';
import { type LineOperation, type Rule, SEGMENTS, type SegmentWrite, wrapBody } from '../wrap.ts';
import type { WriteRequest } from '../write.ts';

const PATH = '/v1/purchaseorder';

/** There is no filter on the supplier's reference: list by `supplier` and compare. */
export interface PurchaseOrderFilter extends Delta {
  readonly supplier?: string;
  readonly orderType?: string;
  readonly orderStatus?: string;
  readonly branch?: string;
}

export const purchaseOrderEntity: Entity<VismaPurchaseOrder, PurchaseOrderFilter, string> = {
  name: 'purchaseOrder',
  path: PATH,
  schema: purchaseOrderSchema,
  paging: 'pages',
  query: ({ modifiedSince, ...filter }) => ({
    ...filter,
    ...deltaQuery(modifiedSince === undefined ? {} : { modifiedSince }),
  }),
  keyOf: ({ orderNbr }) => orderNbr,
  segmentsOf: (orderNbr) => [keySegment(orderNbr)],
};

/** A line as it is written. `completed`: nothing more is expected, which cancels what was not received. */
export interface OrderLineWrite {
  readonly operation: LineOperation;
  readonly lineNumber?: number;
  readonly inventory?: string;
  readonly lineType?: string;
  readonly lineDescription?: string;
  readonly uom?: string;
  readonly orderQty?: number;
  readonly unitCost?: number;
  readonly taxCategory?: string;
  readonly account?: string;
  readonly sub?: readonly SegmentWrite[];
  readonly project?: string;
  readonly projectTask?: string;
  readonly requested?: string;
  readonly promised?: string;
  readonly completed?: boolean;
  readonly note?: string;
}

/** A purchase order as it is written, unwrapped: absent leaves unchanged, '' clears. Days are ISO. */
export interface PurchaseOrderWrite {
  readonly orderType?: string;
  readonly orderNumber?: string;
  readonly hold?: boolean;
  readonly date?: string;
  readonly promisedOn?: string;
  readonly description?: string;
  readonly supplier?: string;
  readonly currency?: string;
  readonly supplierRef?: string;
  readonly branch?: string;
  readonly terms?: string;
  readonly note?: string;
  readonly overrideNumberSeries?: boolean;
  readonly lines?: readonly OrderLineWrite[];
}

const line = {
  operation: 'bare',
  lineNumber: 'wrapped',
  inventory: 'wrapped',
  lineType: 'wrapped',
  lineDescription: 'wrapped',
  uom: 'wrapped',
  orderQty: 'wrapped',
  unitCost: 'wrapped',
  taxCategory: 'wrapped',
  account: 'wrapped',
  sub: SEGMENTS,
  project: 'wrapped',
  projectTask: 'wrapped',
  requested: 'wrapped',
  promised: 'wrapped',
  completed: 'wrapped',
  note: 'wrapped',
} as const satisfies Record<keyof OrderLineWrite, Rule>;

const rules = {
  orderType: 'wrapped',
  orderNumber: 'wrapped',
  hold: 'wrapped',
  date: 'wrapped',
  promisedOn: 'wrapped',
  description: 'wrapped',
  supplier: 'wrapped',
  currency: 'wrapped',
  supplierRef: 'wrapped',
  branch: 'wrapped',
  terms: 'wrapped',
  note: 'wrapped',
  overrideNumberSeries: 'wrapped',
  lines: { lines: line },
} as const satisfies Record<keyof PurchaseOrderWrite, Rule>;

/** The request that creates a purchase order. A create takes no If-Match. */
export function purchaseOrderCreate(body: PurchaseOrderWrite): WriteRequest {
  return { method: 'POST', path: PATH, body: wrapBody('purchaseorder', rules, body) };
}

/**
 * The request that changes the fields and lines given, if the order still is the version `ifMatch` (its `timeStamp`). A line
 * with `Insert` is added each time it is sent.
 */
export function purchaseOrderUpdate(orderNbr: string, body: PurchaseOrderWrite, ifMatch: string): WriteRequest {
  const path = `${PATH}/${keySegment(orderNbr)}`;
  return { method: 'PUT', path, body: wrapBody('purchaseorder', rules, body), ifMatch };
}
