import { z } from 'zod';
import { amount, count, flag, numbered, text, versioned } from './parts.ts';

const line = z.object({
  lineNbr: count,
  inventory: z.object({ number: text, description: text }).nullish(),
  transactionDescription: text,
  uom: text,
  orderQty: amount,
  openQty: amount,
  receiptQty: amount,
  unitCost: amount,
  extCost: amount,
  amount,
  poOrderType: text,
  poOrderNbr: text,
  poOrderLineNbr: count,
  completePoLine: flag,
});

export const purchaseReceiptSchema = z.object({
  receiptType: text,
  receiptNbr: z.string(),
  status: text,
  hold: flag,
  date: text,
  dueDate: text,
  /** MMYYYY, unlike the periods of other documents. */
  postPeriod: text,
  supplier: z.object({ internalId: count, number: text, name: text }).nullish(),
  currency: text,
  exchangeRate: amount,
  supplierRef: text,
  totalQty: amount,
  totalAmt: amount,
  branchNumber: numbered,
  note: text,
  lines: z.array(line).nullish(),
  ...versioned,
});

export type VismaPurchaseReceipt = z.infer<typeof purchaseReceiptSchema>;
