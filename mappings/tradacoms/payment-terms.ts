import type { PaymentTerms } from '../canonical/trade.ts';
import { text } from '../edi/codec.ts';
import { dayIn } from '../edi/days.ts';
import { at } from '../edi/parts.ts';
import type { Part, Rule } from '../edi/rule.ts';
import { readParts, segment } from '../edi/rules.ts';
import { redundant } from './file-header.ts';
import { measure } from './pictures.ts';

interface Terms {
  readonly dueDate?: string | undefined;
  readonly creditTerms?: string | undefined;
  readonly paymentTerms?: PaymentTerms | undefined;
}

/** PAYD: the day of payment, with a discount of so many percent. */
const fixedDay: Part<Terms> = {
  carries: [{ path: 'dueDate', form: { kind: 'day' } }],
  matches: () => true,
  fits: () => true,
  read(pyt, into, work) {
    const day = dayIn(pyt.see(3, 1), work.at);
    if (day === undefined) return;
    pyt.take(3, 1);
    into.set('dueDate', day);
    const percent = measure.read(pyt.see(3, 2), work);
    if (percent === undefined) return;
    pyt.take(3, 2);
    if (percent !== '0') into.set('paymentTerms.discountPercent', percent);
  },
  write: () => undefined,
};

/** PAYY: so many days, after which it is due, or until which there is a discount. */
const days: Part<Terms> = {
  carries: [
    { path: 'paymentTerms.netDays', form: { kind: 'pattern', pattern: /^\d{1,3}$/ } },
    { path: 'paymentTerms.discountDays', form: { kind: 'pattern', pattern: /^\d{1,3}$/ } },
    { path: 'paymentTerms.discountPercent', form: measure.form },
  ],
  matches: () => true,
  fits: () => true,
  read(pyt, into, work) {
    if (!/^\d{1,3}$/.test(pyt.see(4, 1))) return;
    const percent = pyt.see(4, 2) === '' ? '0' : measure.read(pyt.see(4, 2), work);
    if (percent === undefined) return;
    const number = pyt.take(4, 1);
    pyt.take(4, 2);
    if (percent === '0') into.set('paymentTerms.netDays', number);
    else {
      into.set('paymentTerms.discountDays', number);
      into.set('paymentTerms.discountPercent', percent);
    }
  },
  write: () => undefined,
};

const parts: readonly Part<Terms>[] = [redundant(1), at(2, 'creditTerms', text(40)), fixedDay, days];

/** PYT: the terms of settlement, one after the other. */
export const settlementTerms: Rule<Terms> = {
  ...segment('PYT', parts),
  read(from, into, work) {
    for (const pyt of from.segments('PYT')) readParts(pyt, parts, into, work);
  },
};
