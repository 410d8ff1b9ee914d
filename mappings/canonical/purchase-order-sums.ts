import { Big } from 'big.js';
import { Failure } from '../../failures/failure.ts';
import { currencyDecimals, roundedAmount, sumOf } from './money.ts';
import type { PurchaseOrder } from './purchase-order.ts';

/**
 * Holds a new order against its own total, to the last decimal of its currency.
 *
 * @throws Failure DOCUMENT_SUMS_DIFFER with both sums
 */
export function assertOrderAddsUp({ number, action, total, currency, lines }: PurchaseOrder): void {
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
