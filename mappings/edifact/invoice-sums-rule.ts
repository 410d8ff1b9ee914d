import type { Big } from 'big.js';
import { plainDecimal } from '../canonical/decimal.ts';
import type { Invoice } from '../canonical/invoice.ts';
import { sumOf } from '../canonical/money.ts';
import type { Adjustment } from '../canonical/trade.ts';
import { code, word } from '../edi/codec.ts';
import { turnCreditSigns } from '../edi/credit-signs.ts';
import type { Draft } from '../edi/draft.ts';
import { adjusted, reckonInvoice } from '../edi/invoice-sums.ts';
import { fixed, must } from '../edi/parts.ts';
import { inDocument, type Rule, type Work } from '../edi/rule.ts';
import { segment } from '../edi/rules.ts';
import type { LoopSource, SegmentSource } from '../edi/set-source.ts';
import { number } from './codecs.ts';
import { REASONS } from './codes.ts';
import { takeStated } from './stated-sums.ts';

/** 5025 of the whole: invoice, message, amount due. The first that is there is the total. */
const TOTALS = ['77', '86', '39', '9'];
const VAT_TOTALS = ['176', '124'];

const types = word({ allowance: 'A', charge: 'C' });
const reasons = code('reasons', REASONS);

const total = segment<Invoice>('MOA', [fixed([1, 1], '77'), must([1, 2], 'total', number(18))]);

/**
 * MOA of the summary, once all else was read: the document is held against its total, and each of the others against what it repeats.
 * An invoice that does not say its total is refused: a lost line would not be noticed.
 */
export const invoiceSums: Rule<Invoice> = {
  carries: total.carries,
  matches: () => true,
  read(from, into, work) {
    readMain(from, 'total', TOTALS, into, work);
    readMain(from, 'vatTotal', VAT_TOTALS, into, work);
    if (into.get('total') === undefined) {
      const message = 'The invoice does not say its total (MOA 77, 86, 39 or 9).';
      work.tell({ ...inDocument('total'), severity: 'reject', code: 'value-missing', message });
    }
    const sign = work.terms.creditAmounts === 'negative' && into.get('type') === 'creditNote' ? -1 : 1;
    turnCreditSigns(into, work.terms);
    reckonInvoice(into, work, 'note');
    const currency = into.get('currency');
    for (const [qualifier, sums] of reckonedSums(into)) {
      const moa = amountOf(from, qualifier);
      if (moa !== undefined) takeStated(moa, { sums, currency, sign }, work);
    }
    for (const loop of from.loops('ALC@summary')) takeRepeated(loop, into, sign, work);
  },
  write(from, to, work) {
    const lines = sumOf(from.items('lines').map((line) => line.see('amount') ?? '0'));
    const sums = { 79: plainDecimal(lines), 124: from.see('vatTotal'), 125: from.see('netTotal') };
    for (const [qualifier, sum] of Object.entries(sums)) {
      if (sum !== undefined) to.push({ tag: 'MOA', elements: [[qualifier, sum]] });
    }
    total.write(from, to, work);
  },
};

function readMain(
  from: LoopSource,
  path: 'total' | 'vatTotal',
  codes: readonly string[],
  into: Draft<Invoice>,
  work: Work,
): void {
  const moa = codes.map((code) => amountOf(from, code)).find((found) => found !== undefined);
  const amount = moa === undefined ? undefined : number(18).read(moa.see(1, 2), work);
  if (amount !== undefined) into.set(path, amount);
}

/** By 5025, what each amount of the summary repeats. */
function reckonedSums(invoice: Draft<Invoice>): readonly (readonly [string, readonly Big[]])[] {
  const said = (path: 'total' | 'netTotal' | 'vatTotal') => sumOf([invoice.get(path) ?? '0']);
  const lines = sumOf(invoice.items('lines').map((line) => line.get('amount') ?? '0'));
  const taxable = sumOf(invoice.items('taxes').map((tax) => tax.get('taxable') ?? '0'));
  const beside = adjusted(invoice.items('adjustments'));
  const charges = adjusted(invoice.items('adjustments').filter((one) => one.get('type') === 'charge'));
  const net = said('netTotal');
  return [
    ...TOTALS.map((code) => [code, [said('total')]] as const),
    ...VAT_TOTALS.map((code) => [code, [said('vatTotal')]] as const),
    ['79', [lines, net]],
    ['125', [net, taxable]],
    ['131', [beside]],
    ['259', [charges]],
    ['260', [charges.minus(beside)]],
  ];
}

/** ALC of the summary, which says again what the charges or allowances of a kind come to: those of the header, or all. */
function takeRepeated(loop: LoopSource, invoice: Draft<Invoice>, sign: 1 | -1, work: Work): void {
  const [alc] = loop.segments('ALC');
  const [moa, ...others] = loop.segments('MOA').filter((one) => ['131', '8'].includes(one.see(1, 1)));
  const type = types.read(alc?.see(1) ?? '', work);
  const reason = reasons.read(alc?.see(5, 1) ?? '', work);
  if (alc === undefined || moa === undefined || others.length > 0 || type === undefined) return;
  if (reason === undefined && alc.see(5, 1) !== '') return;
  const sumOfKind = (adjustments: readonly Draft<Adjustment>[]) => {
    const isOfKind = (one: Draft<Adjustment>) => one.get('type') === type && one.get('reason') === reason;
    return sumOf(adjustments.filter(isOfKind).map((one) => one.get('amount') ?? '0'));
  };
  const ofHeader = sumOfKind(invoice.items('adjustments'));
  const ofLines = invoice.items('lines').map((line) => sumOfKind(line.items('adjustments')));
  const all = ofLines.reduce((sum, one) => sum.plus(one), ofHeader);
  takeStated(moa, { sums: [ofHeader, all], currency: invoice.get('currency'), sign }, work);
  alc.take(1);
  alc.take(5, 1);
}

function amountOf(from: LoopSource, code: string): SegmentSource | undefined {
  return from.segments('MOA').find((moa) => moa.see(1, 1) === code);
}
