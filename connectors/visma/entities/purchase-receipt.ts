import { keySegment } from '../keys.ts';
import { type Delta, deltaQuery, type Entity } from '../reader.ts';
import { purchaseReceiptSchema, type VismaPurchaseReceipt } from '../schema/purchase-receipt.ts';

export interface PurchaseReceiptFilter extends Delta {
  readonly supplier?: string;
  readonly receiptType?: string;
  readonly status?: string;
  readonly branch?: string;
  /** Receipts with a line of this purchase order. */
  readonly poOrderNbr?: string;
}

/** Version 1 of the address cannot be read any more. A page holds 500 receipts at most, whatever is asked for. */
export const purchaseReceiptEntity: Entity<VismaPurchaseReceipt, PurchaseReceiptFilter, string> = {
  name: 'purchaseReceipt',
  path: '/v2/PurchaseReceipt',
  schema: purchaseReceiptSchema,
  paging: 'pages',
  query: ({ modifiedSince, ...filter }) => ({
    ...filter,
    ...deltaQuery(modifiedSince === undefined ? {} : { modifiedSince }),
  }),
  keyOf: ({ receiptNbr }) => receiptNbr,
  segmentsOf: (receiptNbr) => [keySegment(receiptNbr)],
};
