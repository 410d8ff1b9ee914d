import { Big } from 'big.js';
import { Failure } from '../../failures/failure.ts';
import { currencyDecimals, isTooFine, sumOf } from './money.ts';
import type { Remittance } from './remittance.ts';

/**
 * Holds a payment against what it settles, to the last decimal of its currency. `unapplied`: whether more may be paid than is
 * settled.
 *
 * @throws Failure DOCUMENT_SUMS_DIFFER with both sums
 */
export function assertSettles(remittance: Remittance, unapplied: 'refuse' | 'allow'): void {
  const { currency, total, settlements } = remittance;
  const decimals = currencyDecimals(currency);
  for (const [index, { amount, discount = '0' }] of settlements.entries()) {
    const fine = [amount, discount].some((one) => isTooFine(one, currency));
    if (fine) throw differs(remittance, `line ${index + 1} has more than the ${decimals} decimals of its currency`);
    if (new Big(amount).lte(0)) throw differs(remittance, `line ${index + 1} pays nothing, or less than nothing`);
  }
  if (total === undefined) return;
  const settled = sumOf(settlements.map(({ amount }) => amount));
  const isGood = unapplied === 'allow' ? settled.lte(total) : settled.eq(total);
  if (isGood && !isTooFine(total, currency)) return;
  const [sum, stated] = [settled.toFixed(decimals), new Big(total).toFixed(decimals)];
  throw differs(remittance, `its lines add up to ${sum}, its total says ${stated}`);
}

function differs({ number }: Remittance, how: string): Failure {
  return new Failure('DOCUMENT_SUMS_DIFFER', { message: `Payment ${number}: ${how}.` });
}
