import { Big } from 'big.js';
import { Failure } from '../../failures/failure.ts';
import { currencyDecimals, roundedAmount, sumOf } from './money.ts';
import type { PurchaseOrder } from './purchase-order.ts';

/**
 * Holds a new order against its own total, to the last decimal of its currency. Allowances and charges refuse an order: the lines
 * of an order in the ERP are quantity times price and nothing else.
 *
 * @throws Failure DOCUMENT_SUMS_DIFFER with both sums
 */
export function assertOrderAddsUp({ number, action, total, currency, lines, adjustments }: PurchaseOrder): void {
  if (adjustments !== undefined || lines.some((line) => line.adjustments !== undefined)) {
    const message = `Order ${number}: it has allowances or charges, which an order in the ERP cannot hold.`;
    throw new Failure('DOCUMENT_SUMS_DIFFER', { message });
  }
  if (action !== 'create' || total === undefined) return;
  const amounts = lines.map(({ quantity = '1', unitPrice = '0' }) =>
    roundedAmount(new Big(quantity).times(unitPrice), currency),
  );
  const sum = sumOf(amounts);
  if (sum.eq(total)) return;
  const decimals = currencyDecimals(currency);
  const [found, stated] = [sum.toFixed(decimals), new Big(total).toFixed(decimals)];
  throw new Failure('DOCUMENT_SUMS_DIFFER', {
    message: `Order ${number}: its lines add up to ${found}, its total says ${stated}.`,
  });
}
