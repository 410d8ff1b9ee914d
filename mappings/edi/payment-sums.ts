import { Big } from 'big.js';
import { currencyDecimals, sumOf } from '../canonical/money.ts';
import type { Remittance, Settlement } from '../canonical/remittance.ts';
import type { Draft } from './draft.ts';
import { inDocument, type Work } from './rule.ts';

/**
 * Holds a payment against what it settles, within the tolerance of the partner: settlements and the deductions beside them are its
 * total. Deductions within a settlement only explain what was paid of it, so what they leave unexplained is noted.
 */
export function checkPayment(payment: Draft<Remittance>, work: Work): void {
  const [total, currency] = [payment.get('total'), payment.get('currency')];
  const paid = amountsOf(payment.items('settlements')).plus(amountsOf(payment.items('deductions')));
  if (total !== undefined && paid.minus(total).abs().gt(work.terms.tolerance)) {
    const message = `The payment adds up to ${shown(paid, currency)}, it says ${shown(total, currency)}.`;
    work.tell({ ...inDocument('total'), severity: 'reject', code: 'sums-differ', message });
  }
  for (const [index, one] of payment.items('settlements').entries()) explain(one, index, currency, work);
}

/** What was invoiced, less the discount, with the deductions, is what was paid. */
function explain(settlement: Draft<Settlement>, index: number, currency: string | undefined, work: Work): void {
  const [amount, invoiced] = [settlement.get('amount'), settlement.get('invoiced')];
  if (amount === undefined || invoiced === undefined) return;
  const due = new Big(invoiced).minus(settlement.get('discount') ?? 0).plus(amountsOf(settlement.items('deductions')));
  if (due.minus(amount).abs().lte(work.terms.tolerance)) return;
  const message = `Invoice, discount and deductions come to ${shown(due, currency)}, paid is ${shown(amount, currency)}.`;
  work.tell({ ...inDocument(`settlements[${index}].amount`), severity: 'note', code: 'sums-differ', message });
}

function amountsOf(items: readonly Draft<{ amount: string }>[]): Big {
  return sumOf(items.map((one) => one.get('amount') ?? '0'));
}

function shown(amount: Big | string, currency: string | undefined): string {
  return new Big(amount).toFixed(currencyDecimals(currency));
}
