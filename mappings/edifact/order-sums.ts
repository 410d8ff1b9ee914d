import { Big } from 'big.js';
import { roundedAmount } from '../canonical/money.ts';
import type { Adjustment } from '../canonical/trade.ts';
import type { Draft } from '../edi/draft.ts';
import { adjusted } from '../edi/invoice-sums.ts';
import type { Rule } from '../edi/rule.ts';
import type { LoopSource } from '../edi/set-source.ts';
import { number } from './codecs.ts';
import { takeStated } from './stated-sums.ts';

interface OrderLine {
  readonly quantity?: string | undefined;
  readonly unitPrice?: string | undefined;
  readonly adjustments?: Adjustment[] | undefined;
}

interface Order {
  readonly currency?: string | undefined;
  readonly total?: string | undefined;
  readonly adjustments?: Adjustment[] | undefined;
  readonly lines: readonly OrderLine[];
}

const SILENT = { carries: [], matches: () => true, write: () => undefined } as const;

/** MOA 203 of a line that has a price as well: orders have no place for it, and it only repeats what these come to. */
export const statedLineAmount: Rule<OrderLine> = {
  ...SILENT,
  read(from, into, work) {
    const moa = amountOf(from, '203');
    const sum = sumOfLine(into, undefined);
    if (moa !== undefined && sum !== undefined) takeStated(moa, { sums: [sum], currency: undefined, sign: 1 }, work);
  },
};

/**
 * The sums of an order: 79 is that of the lines, 86 and 128 have its allowances and charges too, 131 is these alone. The first of
 * them is the total. They are held against the lines where each has a price.
 */
export const orderSums: Rule<Order> = {
  ...SILENT,
  read(from, into, work) {
    const currency = into.get('currency');
    const sums = into.items('lines').map((line) => sumOfLine(line, currency));
    const lines = sums.reduce<Big | undefined>((sum, one) => one && sum?.plus(one), new Big(0));
    const beside = adjusted(into.items('adjustments'));
    const main = ['79', '86', '128'].map((code) => amountOf(from, code)).find((moa) => moa !== undefined);
    const total = main === undefined ? undefined : number(18).read(main.see(1, 2), work);
    if (total !== undefined) into.set('total', total);
    const whole = lines?.plus(beside);
    const expected = { 79: lines, 86: whole, 128: whole, 131: beside };
    for (const [code, sum] of Object.entries(expected)) {
      const moa = amountOf(from, code);
      const meant = sum ?? (total === undefined ? undefined : new Big(total));
      if (moa !== undefined && meant !== undefined) takeStated(moa, { sums: [meant], currency, sign: 1 }, work);
    }
  },
};

function amountOf(from: LoopSource, code: string) {
  return from.segments('MOA').find((moa) => moa.see(1, 1) === code);
}

/** Undefined without a price. */
function sumOfLine(line: Draft<OrderLine>, currency: string | undefined): Big | undefined {
  const [quantity, price] = [line.get('quantity'), line.get('unitPrice')];
  if (quantity === undefined || price === undefined) return undefined;
  const gross = roundedAmount(new Big(quantity).times(price), currency);
  return adjusted(line.items('adjustments')).plus(gross);
}
