import { z } from 'zod';
import { amount, flag, numbered, text, versioned } from './parts.ts';

export const budgetSchema = z.object({
  /** The answer does not name it: it is the one that was asked for. */
  ledger: text,
  financialYear: z.string(),
  released: flag,
  releasedAmount: amount,
  account: z.object({ number: text, description: text }).nullish(),
  subaccount: z.object({ id: text, description: text, active: flag }).nullish(),
  description: text,
  amount,
  distributedAmount: amount,
  periods: z.array(z.object({ periodId: text, amount })).nullish(),
  branchNumber: numbered,
  ...versioned,
});

export type VismaBudget = z.infer<typeof budgetSchema>;
