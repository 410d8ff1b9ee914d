import { z } from 'zod';
import { amount, count, flag, numbered, text, versioned } from './parts.ts';

const line = z.object({
  docType: text,
  invoiceRefNbr: text,
  amountPaid: amount,
  cashDiscountTaken: amount,
  withholdingTax: amount,
  date: text,
  dueDate: text,
  balance: amount,
  currency: text,
  supplierRef: text,
});

/** Some fields are small objects in one place and plain text in another; either is read. */
const id = z.union([z.string(), z.object({ id: text })]).nullish();

/** `paymentRef` is the external reference; there is no filter on it. */
export const supplierPaymentSchema = z.object({
  type: z.string(),
  documentType: text,
  refNbr: z.string(),
  status: text,
  hold: flag,
  released: flag,
  applicationDate: text,
  applicationPeriod: text,
  paymentRef: text,
  supplier: z.object({ internalId: count, number: text, name: text }).nullish(),
  paymentMethod: id,
  cashAccount: id,
  currency: id,
  description: text,
  paymentAmount: amount,
  financeCharges: amount,
  appliedAmount: amount,
  unappliedBalance: amount,
  balance: amount,
  branch: z.union([z.string(), numbered.unwrap().unwrap()]).nullish(),
  paymentLines: z.array(line).nullish(),
  ...versioned,
});

export type VismaSupplierPayment = z.infer<typeof supplierPaymentSchema>;
