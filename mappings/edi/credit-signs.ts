import { Big } from 'big.js';
import { plainDecimal } from '../canonical/decimal.ts';
import type { Invoice } from '../canonical/invoice.ts';
import type { Draft } from './draft.ts';
import type { PathOf } from './paths.ts';
import type { PartnerTerms } from './terms.ts';

/**
 * Turns the signs of a credit note whose amounts the partner writes negative: canonical ones are positive. Quantities are turned and
 * prices are not.
 */
export function turnCreditSigns(invoice: Draft<Invoice>, terms: PartnerTerms): void {
  if (terms.creditAmounts === 'positive' || invoice.get('type') !== 'creditNote') return;
  negate(invoice, ['total', 'netTotal', 'vatTotal', 'paymentTerms.discountAmount']);
  negate(invoice, ['paymentTerms.discountable', 'paymentTerms.discountedTotal']);
  for (const tax of invoice.items('taxes')) negate(tax, ['amount', 'taxable']);
  for (const one of invoice.items('adjustments')) negate(one, ['amount']);
  for (const line of invoice.items('lines')) {
    negate(line, ['quantity', 'amount']);
    for (const one of line.items('adjustments')) negate(one, ['amount']);
  }
}

function negate<S>(draft: Draft<S>, paths: readonly PathOf<S>[]): void {
  for (const path of paths) {
    const value = draft.get(path);
    if (value !== undefined) draft.set(path, plainDecimal(new Big(value).times(-1)));
  }
}
