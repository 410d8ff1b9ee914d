import { Big } from 'big.js';
import { plainDecimal } from '../canonical/decimal.ts';
import type { SupplierInvoice } from '../canonical/invoice.ts';
import type { Draft } from '../edi/draft.ts';
import { reckonInvoice } from '../edi/invoice-sums.ts';
import { inDocument, inSet, type Rule, type Work } from '../edi/rule.ts';
import type { SegmentSource } from '../edi/set-source.ts';
import { StatedSums, type SumName } from './stated-sums.ts';
import { readRate } from './vat-rates.ts';

const SUMMED: readonly SumName[] = [
  'lines',
  'quantityDiscount',
  'valueDiscount',
  'surcharge',
  'subsidy',
  'net',
  'settlement',
  'afterSettlement',
  'vat',
  'payable',
  'payableInTime',
];

/**
 * STL and TLR, once the lines were read: each rate against its lines, and the trailer against the rates. The total is what is payable
 * without the discount for settlement in time.
 */
export const invoiceSums: Rule<SupplierInvoice> = {
  carries: [
    { path: 'total', form: { kind: 'decimal', digits: 12, decimals: 2, sign: 'positive' } },
    { path: 'paymentTerms.discountAmount', form: { kind: 'decimal', digits: 12, decimals: 2, sign: 'positive' } },
  ],
  matches: () => true,
  read(from, into, work) {
    const lines = ratedLines(from.everySegment(), into);
    refuseMixedRates(lines, work);
    const rates = from.segments('STL').map((stl) => readRate(stl, lines, into, work));
    const [tlr] = from.segments('TLR');
    if (tlr === undefined) {
      const message = 'The invoice has no TLR, which says its total.';
      work.tell({ ...inDocument('total'), severity: 'reject', code: 'value-missing', message });
      return;
    }
    readTrailer(tlr, rates, into, work);
    reckonInvoice(into, work, 'note');
  },
  write: () => undefined,
};

function ratedLines(segments: readonly SegmentSource[], into: Draft<SupplierInvoice>) {
  const drafts = into.items('lines');
  const ilds = segments.filter(({ tag }) => tag === 'ILD');
  return ilds.flatMap((ild, index) => {
    const line = drafts[index];
    return line === undefined ? [] : [{ ild, line }];
  });
}

/** VATC A: a product with parts of two rates, which three ILDs tell of together. */
function refuseMixedRates(lines: readonly { readonly ild: SegmentSource }[], work: Work): void {
  for (const { ild } of lines.filter((one) => one.ild.see(10) === 'A')) {
    const message = 'A line of mixed rates would be counted twice: its parts are lines as well.';
    work.tell({ ...inSet(ild, 10), severity: 'reject', code: 'value-not-understood', message });
  }
}

function readTrailer(tlr: SegmentSource, rates: readonly StatedSums[], into: Draft<SupplierInvoice>, work: Work): void {
  const stated = new StatedSums(tlr, work);
  if (Number(tlr.take(1)) !== rates.length) {
    const message = 'NSTL counts other STL segments than the invoice has.';
    work.tell({ ...inSet(tlr, 1), severity: 'note', code: 'count-differs', message });
  }
  for (const name of SUMMED) stated.check(name, sumOfRates(rates, name));
  const total = stated.of('net').plus(stated.of('vat'));
  into.set('total', plainDecimal(total));
  const discount = stated.of('settlement');
  if (discount.gt(0)) into.set('paymentTerms.discountAmount', plainDecimal(discount));
}

function sumOfRates(rates: readonly StatedSums[], name: SumName): Big {
  return rates.reduce((all, rate) => all.plus(rate.of(name)), new Big(0));
}
