import { Big } from 'big.js';
import { currencyDecimals } from '../canonical/money.ts';
import { inSet, type Work } from '../edi/rule.ts';
import type { SegmentSource } from '../edi/set-source.ts';
import { number } from './codecs.ts';

/** What a document adds up to, in its currency. */
interface Reckoned {
  /** Any of these may be meant. */
  readonly sums: readonly Big[];
  readonly currency: string | undefined;
  /** -1 where the partner's amounts have the other sign. */
  readonly sign: 1 | -1;
}

const stated = number(18);

/** Takes a MOA that only repeats what the document adds up to. Another sum refuses the document. */
export function takeStated(moa: SegmentSource, { sums, currency, sign }: Reckoned, work: Work): void {
  const amount = stated.read(moa.see(1, 2), work);
  const [first] = sums;
  if (amount === undefined || first === undefined) return;
  const said = new Big(amount).times(sign);
  moa.take(1, 1);
  moa.take(1, 2);
  if (sums.some((sum) => sum.minus(said).abs().lte(work.terms.tolerance))) return;
  const shown = (sum: Big) => sum.toFixed(currencyDecimals(currency));
  const message = `MOA ${moa.see(1, 1)}: the document comes to ${shown(first)}, it says ${shown(said)}.`;
  work.tell({ ...inSet(moa, 1), severity: 'reject', code: 'sums-differ', message });
}
