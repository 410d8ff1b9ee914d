import { z } from 'zod';
import { amount, count, described, flag, text, versioned } from './parts.ts';

const detail = z.object({
  lineNumber: count,
  description: text,
  quantity: amount,
  uom: text,
  price: amount,
  amount,
  offsetAccount: z.object({ number: text, description: text }).nullish(),
  offsetSubAccount: z.object({ id: text, description: text }).nullish(),
});

export const cashTransactionSchema = z.object({
  tranType: text,
  referenceNbr: z.string(),
  status: text,
  hold: flag,
  tranDate: text,
  finPeriod: text,
  financialPeriod: text,
  cashAccount: z.object({ number: text, description: text }).nullish(),
  currency: text,
  entryType: described,
  disbReceipt: text,
  documentRef: text,
  description: text,
  amount,
  vatTaxableTotal: amount,
  vatExemptTotal: amount,
  taxTotal: amount,
  controlTotal: amount,
  transactionDetails: z.array(detail).nullish(),
  financialsDetail: z.object({ batchNumber: text }).nullish(),
  ...versioned,
});

export type VismaCashTransaction = z.infer<typeof cashTransactionSchema>;
