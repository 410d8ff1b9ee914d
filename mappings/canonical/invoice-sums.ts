import { Big } from 'big.js';
import { Failure } from '../../failures/failure.ts';
import { plainDecimal } from './decimal.ts';
import type { Invoice } from './invoice.ts';
import { currencyDecimals, isTooFine, sumOf } from './money.ts';

/** What an invoice adds up to. `rounding`: what its total has beyond net and VAT. */
export interface InvoiceSums {
  readonly net: string;
  readonly rounding: string;
}

/**
 * Holds an invoice against itself, to the last decimal of its currency: the lines against the net total, net and VAT against
 * the total. What it does not state cannot be compared. `tolerance`: by how much the total may be rounded (cash rounding).
 *
 * @throws Failure DOCUMENT_SUMS_DIFFER with both sums
 */
export function assertAddsUp(invoice: Invoice, tolerance: string): InvoiceSums {
  const { currency, netTotal, vatTotal, total } = invoice;
  refuseFineAmounts(invoice);
  if (new Big(total ?? netTotal ?? 0).lt(0))
    throw differs(invoice, 'its total is negative: a credit note says so by its type');
  const net = sumOf(invoice.lines.map(({ amount }) => amount ?? '0'));
  const decimals = currencyDecimals(currency);
  const shown = (sum: Big | string) => new Big(sum).toFixed(decimals);
  if (netTotal !== undefined && !net.eq(netTotal)) {
    throw differs(invoice, `its lines add up to ${shown(net)}, its net total says ${shown(netTotal)}`);
  }
  const taxed = sumOf(invoice.taxes.map(({ amount }) => amount));
  if (invoice.taxes.length > 0 && vatTotal !== undefined && !taxed.eq(vatTotal)) {
    throw differs(invoice, `its VAT lines add up to ${shown(taxed)}, its VAT total says ${shown(vatTotal)}`);
  }
  if (total === undefined || vatTotal === undefined) return { net: plainDecimal(net), rounding: '0' };
  const rounding = new Big(total).minus(net).minus(vatTotal);
  if (rounding.abs().gt(tolerance)) {
    throw differs(invoice, `its lines and VAT add up to ${shown(net.plus(vatTotal))}, its total says ${shown(total)}`);
  }
  return { net: plainDecimal(net), rounding: plainDecimal(rounding) };
}

/** Whether the invoice states enough to notice a line that is missing. */
export function statesItsSum({ netTotal, vatTotal, total }: Invoice): boolean {
  return netTotal !== undefined || (total !== undefined && vatTotal !== undefined);
}

function refuseFineAmounts(invoice: Invoice): void {
  const { currency, total, netTotal, vatTotal } = invoice;
  const header = Object.entries({ total, netTotal, vatTotal });
  const lines = invoice.lines.map(({ amount }, index) => [`amount of line ${index + 1}`, amount] as const);
  const fine = [...header, ...lines].find(([, amount]) => amount !== undefined && isTooFine(amount, currency));
  if (fine === undefined) return;
  throw differs(invoice, `its ${fine[0]} has more than the ${currencyDecimals(currency)} decimals of its currency`);
}

function differs({ type, number }: Invoice, how: string): Failure {
  const name = type === 'creditNote' ? 'Credit note' : 'Invoice';
  return new Failure('DOCUMENT_SUMS_DIFFER', { message: `${name} ${number ?? 'without a number'}: ${how}.` });
}
