import { Big } from 'big.js';
import { plainDecimal } from '../canonical/decimal.ts';
import type { Invoice, InvoiceLine } from '../canonical/invoice.ts';
import { currencyDecimals, roundedAmount, sumOf } from '../canonical/money.ts';
import type { Adjustment } from '../canonical/trade.ts';
import type { Draft } from './draft.ts';
import type { MapFinding } from './map.ts';
import { inDocument, type Work } from './rule.ts';

/**
 * Holds an invoice against itself: lines and adjustments are the net total, net and taxes the total, within the tolerance of the
 * partner. Amounts of lines, net total and VAT total that are not stated are reckoned and set. `whenLineDiffers`: for a line whose
 * stated amount is not what its quantity and price come to.
 */
export function reckonInvoice(invoice: Draft<Invoice>, work: Work, whenLineDiffers: MapFinding['severity']): void {
  for (const [index, line] of invoice.items('lines').entries())
    reckonLine(line, index, invoice.get('currency'), work, whenLineDiffers);
  const lines = sumOf(invoice.items('lines').map((line) => line.get('amount') ?? '0'));
  const net = lines.plus(adjusted(invoice.items('adjustments')));
  const tax = sumOf(invoice.items('taxes').map((one) => one.get('amount') ?? '0'));
  compare(invoice, 'netTotal', net, work);
  compare(invoice, 'vatTotal', tax, work);
  compare(invoice, 'total', net.plus(tax), work);
  if (new Big(invoice.get('total') ?? 0).gte(0)) return;
  const message = "The total is negative, which neither the document's type nor the partner's terms say.";
  work.tell({ ...inDocument('total'), severity: 'reject', code: 'sign-unexpected', message });
}

/** Quantity times price, with the adjustments of the line, rounded to the currency. */
function reckonLine(
  line: Draft<InvoiceLine>,
  index: number,
  currency: string | undefined,
  work: Work,
  whenDiffers: MapFinding['severity'],
): void {
  const [quantity, price, stated] = [line.get('quantity'), line.get('unitPrice'), line.get('amount')];
  if (quantity === undefined || price === undefined) return;
  const gross = new Big(roundedAmount(new Big(quantity).times(price), currency));
  const reckoned = gross.plus(adjusted(line.items('adjustments')));
  if (stated === undefined) line.set('amount', plainDecimal(reckoned));
  else if (reckoned.minus(stated).abs().gt(work.terms.tolerance)) {
    const message = `Quantity and price come to ${shown(reckoned, currency)}, the amount is ${shown(stated, currency)}.`;
    work.tell({ ...inDocument(`lines[${index}].amount`), severity: whenDiffers, code: 'sums-differ', message });
  }
}

function compare(invoice: Draft<Invoice>, path: 'netTotal' | 'vatTotal' | 'total', sum: Big, work: Work): void {
  const [stated, currency] = [invoice.get(path), invoice.get('currency')];
  if (stated === undefined) {
    if (path !== 'total') invoice.set(path, plainDecimal(sum));
    return;
  }
  if (sum.minus(stated).abs().lte(work.terms.tolerance)) return;
  const message = `The document adds up to ${shown(sum, currency)}, it says ${shown(stated, currency)}.`;
  work.tell({ ...inDocument(path), severity: 'reject', code: 'sums-differ', message });
}

/** Charges less allowances. */
export function adjusted(adjustments: readonly Draft<Adjustment>[]): Big {
  return adjustments.reduce((sum, one) => {
    const amount = one.get('amount') ?? '0';
    return one.get('type') === 'allowance' ? sum.minus(amount) : sum.plus(amount);
  }, new Big(0));
}

function shown(amount: Big | string, currency: string | undefined): string {
  return new Big(amount).toFixed(currencyDecimals(currency));
}
