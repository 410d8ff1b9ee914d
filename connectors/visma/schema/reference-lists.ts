import { z } from 'zod';
import { count, described, flag, text, versioned } from './parts.ts';

/** `period` comes as `01`, `202601` or `01-2026`, depending on whom one asks: `periodId` reads all three. */
export const financialPeriodSchema = z.object({
  year: z.number().int(),
  period: z.string(),
  startDate: text,
  endDate: text,
  description: text,
  active: flag,
  closedInSupplierLedger: flag,
  closedInCustomerLedger: flag,
  closedInInventoryManagement: flag,
  closedInGeneralLedger: flag,
  closedInCashManagement: flag,
  closedInFixedAssets: flag,
  ...versioned,
});

export type VismaFinancialPeriod = z.infer<typeof financialPeriodSchema>;

/** The period as filters and documents name it: YYYYMM. */
export function periodId({ year, period }: Pick<VismaFinancialPeriod, 'year' | 'period'>): string {
  const digits = period.replace(/\D/g, '');
  const number = digits.length <= 2 ? digits : digits.replace(String(year), '');
  return `${year}${number.padStart(2, '0')}`;
}

/** `vatCategoryId` is the deprecated name of the same. */
export const vatSchema = z.object({
  vatId: z.string(),
  vatCategoryId: text,
  description: text,
  type: text,
  notValidAfter: text,
  ...versioned,
});

export const branchSchema = z.object({
  branchId: count,
  number: z.string(),
  name: text,
  organizationId: count,
  isMainBranch: flag,
  isActive: flag,
  currency: described,
  ledger: described,
  ...versioned,
});

export const currencySchema = z.object({
  id: z.string(),
  description: text,
  symbol: text,
  isBaseCurrency: flag,
  decimalPrecision: count,
  isUsedForAccounting: flag,
  ...versioned,
});

export const cashAccountSchema = z.object({
  number: z.string(),
  description: text,
  currency: text,
  account: z.object({ number: text, description: text }).nullish(),
  ...versioned,
});

export const paymentMethodSchema = z.object({
  paymentMethodID: z.string(),
  active: flag,
  meansOfPayment: text,
  description: text,
  useInAP: flag,
  ...versioned,
});

export const ledgerSchema = z.object({
  internalId: count,
  number: z.string(),
  description: text,
  balanceType: text,
  currencyId: text,
  ...versioned,
});
