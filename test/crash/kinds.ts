import type { CrashKind } from './kind.ts';
import { invoiceFiles } from './kinds/invoice-files.ts';
import { journals } from './kinds/journals.ts';
import { purchaseOrders } from './kinds/purchase-orders.ts';
import { recordFiles } from './kinds/record-files.ts';
import { supplierInvoices } from './kinds/supplier-invoices.ts';
import { supplierPayments } from './kinds/supplier-payments.ts';
import { suppliers, suppliersBySeries } from './kinds/suppliers.ts';

/** Every kind of write that the seeds play. */
export const CRASH_KINDS: readonly CrashKind[] = [
  suppliers,
  suppliersBySeries,
  supplierInvoices,
  supplierPayments,
  journals,
  purchaseOrders,
  invoiceFiles,
  recordFiles,
];
