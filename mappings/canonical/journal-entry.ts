import { z } from 'zod';
import { CurrencyCode, Day, DecimalText, Key } from './values.ts';

const Line = z.strictObject({
  account: Key,
  /** The joined segment string, as Visma.net shows it. */
  subaccount: z.string().optional(),
  /** One of `debit` and `credit` is there. Negative where a posting is taken back on its own side. */
  debit: DecimalText.optional(),
  credit: DecimalText.optional(),
  description: z.string().optional(),
  reference: z.string().optional(),
  vatCode: z.string().optional(),
  branch: z.string().optional(),
  project: z.string().optional(),
  projectTask: z.string().optional(),
  note: z.string().optional(),
});

/** A batch of the general ledger: lines whose debit and credit are equal. */
export const JournalEntry = z.strictObject({
  kind: z.literal('JournalEntry'),
  /** The number that its source gave it. */
  number: Key,
  date: Day,
  /** Financial period, YYYYMM; without it the one that holds the date. */
  period: z
    .string()
    .regex(/^\d{6}$/, 'must be a period such as 202611')
    .optional(),
  currency: CurrencyCode.optional(),
  /** Units of the company's currency for one of `currency`. */
  exchangeRate: DecimalText.optional(),
  ledger: z.string().optional(),
  branch: z.string().optional(),
  description: z.string().optional(),
  lines: z
    .array(Line.refine(hasOneSide, 'must have either a debit or a credit amount'))
    .min(2, 'must be two lines at least'),
});

export type JournalEntry = z.infer<typeof JournalEntry>;
export type JournalLine = z.infer<typeof Line>;

function hasOneSide({ debit, credit }: z.infer<typeof Line>): boolean {
  return (debit === undefined) !== (credit === undefined);
}
