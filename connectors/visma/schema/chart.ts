import { z } from 'zod';
import { count, flag, segments, text, versioned } from './parts.ts';

const externalCode = z.object({ number: text, description: text }).nullish();

export const accountSchema = z.object({
  accountID: count,
  accountCD: z.string(),
  accountGroupCD: text,
  type: text,
  active: flag,
  description: text,
  currency: text,
  taxCategory: text,
  publicCode1: text,
  externalCode1Info: externalCode,
  externalCode2Info: externalCode,
  allowManualEntry: flag,
  ...versioned,
});

export type VismaAccount = z.infer<typeof accountSchema>;

/** `subaccountNumber` is the joined segment string. */
export const subaccountSchema = z.object({
  subaccountNumber: z.string(),
  subaccountId: count,
  description: text,
  active: flag,
  segments,
  ...versioned,
});

export type VismaSubaccount = z.infer<typeof subaccountSchema>;
