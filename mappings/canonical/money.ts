import { Big } from 'big.js';
import { plainDecimal } from './decimal.ts';

/** ISO 4217 currencies whose minor unit is not a hundredth. */
const DECIMALS: Readonly<Record<string, number>> = {
  BHD: 3,
  CLP: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
};

/** How many decimals an amount of a currency has; two where no currency is named. */
export function currencyDecimals(currency: string | undefined): number {
  return DECIMALS[currency ?? ''] ?? 2;
}

/** Whether the amount needs more decimals than its currency has. */
export function isTooFine(amount: string, currency: string | undefined): boolean {
  return !new Big(amount).round(currencyDecimals(currency), Big.roundHalfUp).eq(amount);
}

/** The amount rounded half away from zero to the decimals of its currency. */
export function roundedAmount(amount: Big, currency: string | undefined): string {
  return plainDecimal(amount.round(currencyDecimals(currency), Big.roundHalfUp));
}

/** The sum of amounts. */
export function sumOf(amounts: readonly string[]): Big {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Big(0));
}
