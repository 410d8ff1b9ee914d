import { Failure } from '../../failures/failure.ts';
import type { JournalEntry } from './journal-entry.ts';
import { currencyDecimals, isTooFine, sumOf } from './money.ts';

/**
 * Holds the two sides of a batch against each other, to the last decimal of its currency. Gives the sum of one side.
 *
 * @throws Failure DOCUMENT_SUMS_DIFFER with both sums
 */
export function assertBalanced({ number, currency, lines }: JournalEntry): string {
  const decimals = currencyDecimals(currency);
  const fine = lines.findIndex(({ debit, credit }) => isTooFine(debit ?? credit ?? '0', currency));
  if (fine !== -1) {
    throw differ(number, `the amount of line ${fine + 1} has more than the ${decimals} decimals of its currency`);
  }
  const debit = sumOf(lines.map((line) => line.debit ?? '0'));
  const credit = sumOf(lines.map((line) => line.credit ?? '0'));
  if (debit.eq(credit)) return debit.toFixed(decimals);
  const by = debit.minus(credit).abs().toFixed(decimals);
  throw differ(number, `debit ${debit.toFixed(decimals)} and credit ${credit.toFixed(decimals)} differ by ${by}`);
}

function differ(number: string, how: string): Failure {
  return new Failure('DOCUMENT_SUMS_DIFFER', { message: `Journal ${number}: ${how}.` });
}
