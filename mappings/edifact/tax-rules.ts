import { Big } from 'big.js';
import { plainDecimal } from '../canonical/decimal.ts';
import type { Invoice } from '../canonical/invoice.ts';
import { sumOf } from '../canonical/money.ts';
import { code } from '../edi/codec.ts';
import { decimalIn } from '../edi/decimals.ts';
import type { Draft } from '../edi/draft.ts';
import { at, fixed } from '../edi/parts.ts';
import type { ItemOf } from '../edi/paths.ts';
import type { Part, Rule, Work } from '../edi/rule.ts';
import { loops, segment, writeOnly } from '../edi/rules.ts';
import type { LoopSource, SegmentSource } from '../edi/set-source.ts';
import { number } from './codecs.ts';
import { TAXES } from './codes.ts';
import { amount } from './trade-rules.ts';

type Tax = ItemOf<Invoice, 'taxes'>;

/** 5278. It is an..17 and holds a number. */
const rate = number(6, 'positive');
const type = code('taxes', TAXES);

/** C241: VAT, or a tax that has a name here. */
const taxType: Part<Tax> = {
  carries: [{ path: 'type', form: type.form }],
  matches: (tax, work) => tax.see(2) === 'VAT' || type.read(tax.see(2), work) !== undefined,
  fits: () => true,
  read(tax, into, work) {
    const meant = type.read(tax.see(2), work);
    if (meant !== undefined) into.set('type', meant);
    tax.take(2);
  },
  write(from, to, work) {
    const written = type.write(from.see('type') ?? '', work);
    if (written !== undefined) from.take('type');
    to.put(written?.text ?? 'VAT', 2);
  },
};

/**
 * 5305: S where there is a rate, Z where it is zero. Lower and higher rates (AA, H) are told by the rate itself; others (E, AE) mean
 * something else and are left.
 */
const category: Part<Tax> = {
  carries: [],
  matches: () => true,
  fits: () => true,
  read: readCategory,
  write(from, to) {
    const written = from.see('rate');
    if (written !== undefined) to.fill(new Big(written).eq(0) ? 'Z' : 'S', 6);
  },
};

const tax: readonly Rule<Tax>[] = [
  segment<Tax>('TAX', [fixed(1, '7'), taxType, at([5, 4], 'rate', rate), category]),
  amount<Tax>('amount', '124'),
  amount<Tax>('taxable', '125'),
];

/** TAX of the summary with its MOA 124 and 125. */
export const taxesWritten: Rule<Invoice> = writeOnly(loops('taxes', 'TAX@summary', tax, 10));

/**
 * The taxes of an invoice: each TAX of header or summary that has an amount. Without one they are those of the lines by rate, or all
 * that MOA 124 or 176 says where there is one rate at most. A TAX elsewhere with a rate that is among them, or without tax, only
 * repeats; with another one it is left, and so refused. It has to be read before the lines.
 */
export const taxesRead: Rule<Invoice> = {
  carries: [],
  matches: () => true,
  read(from, into, work) {
    for (const id of ['TAX@summary', 'TAX']) withAmount(id).read(from, into, work);
    if (into.items('taxes').length === 0) taxesOfLines(from, into, work);
    const rates = into.items('taxes').map((one) => one.get('rate') ?? '0');
    for (const loop of taxLoops(from)) repeat(loop, rates, work);
  },
  write: () => undefined,
};

function withAmount(id: string): Rule<Invoice> {
  const [first, ...rest] = tax;
  if (first === undefined) return taxesWritten;
  const matches: Rule<Tax>['matches'] = (loop, work) =>
    first.matches(loop, work) && amountIn(loop, work, '124') !== undefined;
  return loops('taxes', id, [{ ...first, matches }, ...rest]);
}

function taxesOfLines(from: LoopSource, into: Draft<Invoice>, work: Work): void {
  const lines = from.loops('LIN').flatMap((line) => line.loops('TAX'));
  const rates = [...new Set([...lines, ...from.loops('TAX')].map((loop) => rateIn(loop)))];
  const amounts = lines.map((loop) => amountIn(loop, work, '124'));
  const whole = amountIn(from, work, '124', '176');
  if (lines.length > 0 && amounts.every((one) => one !== undefined)) {
    for (const one of rates) addTax(into, one, sumAt(lines, one, work));
  } else if (rates.length <= 1 && whole !== undefined && (rates.length === 1 || !new Big(whole).eq(0))) {
    addTax(into, rates[0], whole);
  }
}

function addTax(into: Draft<Invoice>, rateOfTax: string | undefined, sum: string): void {
  const added = into.add('taxes');
  if (rateOfTax !== undefined) added.set('rate', rateOfTax);
  added.set('amount', sum);
}

function sumAt(loops: readonly LoopSource[], wanted: string, work: Work): string {
  const amounts = loops.filter((loop) => rateIn(loop) === wanted).map((loop) => amountIn(loop, work, '124') ?? '0');
  return plainDecimal(sumOf(amounts));
}

function taxLoops(from: LoopSource): LoopSource[] {
  const lines = from.loops('LIN');
  const charges = [from, ...lines].flatMap((holder) => holder.loops('ALC'));
  return [from, ...lines, ...charges].flatMap((holder) => holder.loops('TAX'));
}

function repeat(loop: LoopSource, rates: readonly string[], work: Work): void {
  const [found] = loop.segments('TAX');
  const isKnown = ['0', ...rates].includes(rateIn(loop));
  if (found === undefined || !isKnown || tax[0]?.matches(loop, work) !== true) return;
  found.take(1);
  found.take(2);
  found.take(5, 4);
  readCategory(found);
  for (const moa of loop.segments('MOA').filter((one) => ['124', '125'].includes(one.see(1, 1)))) {
    moa.take(1, 1);
    moa.take(1, 2);
  }
}

function amountIn(loop: LoopSource, work: Work, ...codes: string[]): string | undefined {
  const moa = loop.segments('MOA').find((one) => codes.includes(one.see(1, 1)));
  return moa === undefined ? undefined : number(18).read(moa.see(1, 2), work);
}

function rateIn(loop: LoopSource): string {
  const [found] = loop.segments('TAX');
  return found === undefined ? '0' : rateOf(found);
}

function rateOf(segment: SegmentSource): string {
  return decimalIn(segment.see(5, 4).replace(',', '.')) ?? '0';
}

function readCategory(segment: SegmentSource): void {
  const meant = rateOf(segment) === '0' ? ['Z'] : ['S', 'AA', 'H'];
  if (meant.includes(segment.see(6))) segment.take(6);
}
