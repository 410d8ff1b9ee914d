import { z } from 'zod';
import { Invoice } from './invoice.ts';
import { JournalEntry } from './journal-entry.ts';
import { PurchaseOrder } from './purchase-order.ts';
import { PurchaseOrderAcknowledgment } from './purchase-order-acknowledgment.ts';
import { Remittance } from './remittance.ts';
import { ShipNotice } from './ship-notice.ts';
import { Supplier } from './supplier.ts';

/** Any document the product speaks, told apart by `kind` (and an invoice by `direction`). */
export const CanonicalDocument = z.union([
  Supplier,
  Invoice,
  JournalEntry,
  Remittance,
  PurchaseOrder,
  PurchaseOrderAcknowledgment,
  ShipNotice,
]);

export type CanonicalDocument = z.infer<typeof CanonicalDocument>;
