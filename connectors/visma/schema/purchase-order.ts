import { z } from 'zod';
import { amount, count, flag, numbered, subaccount, text, versioned } from './parts.ts';

const described = z.object({ number: text, description: text }).nullish();

/** `completed` is the flag that says nothing more is expected; a cancelled line has it too. */
const line = z.object({
  lineNbr: count,
  inventory: described,
  lineType: text,
  lineDescription: text,
  uom: text,
  orderQty: amount,
  qtyOnReceipts: amount,
  unitCost: amount,
  extCost: amount,
  discountPercent: amount,
  amount,
  alternateId: text,
  taxCategory: text,
  account: described,
  sub: subaccount,
  requested: text,
  promised: text,
  completed: flag,
  canceled: flag,
  note: text,
});

const receipt = z.object({ type: text, receiptNumber: text, status: text });

export const purchaseOrderSchema = z.object({
  orderType: text,
  orderNbr: z.string(),
  status: text,
  hold: flag,
  date: text,
  promisedOn: text,
  description: text,
  supplier: z.object({ internalId: count, number: text, name: text }).nullish(),
  currency: text,
  exchangeRate: amount,
  supplierRef: text,
  lineTotal: amount,
  taxTotal: amount,
  orderTotal: amount,
  openQuantity: amount,
  branch: numbered,
  note: text,
  lines: z.array(line).nullish(),
  purchaseReceipts: z.array(receipt).nullish(),
  ...versioned,
});

export type VismaPurchaseOrder = z.infer<typeof purchaseOrderSchema>;
