import { Big } from 'big.js';
import { plainDecimal } from '../canonical/decimal.ts';
import type { SupplierInvoice } from '../canonical/invoice.ts';
import type { Adjustment } from '../canonical/trade.ts';
import type { Draft } from '../edi/draft.ts';
import { inSet, type Work } from '../edi/rule.ts';
import type { SegmentSource } from '../edi/set-source.ts';
import { measure } from './pictures.ts';
import { StatedSums, type SumName } from './stated-sums.ts';

/** A line with what its ILD says of VAT: VATC and VATP. */
export interface RatedLine {
  readonly ild: SegmentSource;
  readonly line: Draft<SupplierInvoice['lines'][number]>;
}

/** STL of one rate of VAT: its lines have to come to it. It becomes a tax, and adjustments of the invoice. */
export function readRate(
  stl: SegmentSource,
  lines: readonly RatedLine[],
  into: Draft<SupplierInvoice>,
  work: Work,
): StatedSums {
  const stated = new StatedSums(stl, work);
  const ofRate = lines.filter(({ ild }) => rateKey(ild, 10) === rateKey(stl, 2));
  roundTogether(ofRate.map(({ line }) => line));
  stl.take(1);
  for (const { ild } of ofRate) for (const element of [10, 11]) ild.take(element);
  if (Number(stl.take(4)) !== ofRate.length) {
    const message = 'NRIL counts other lines of this rate than the invoice has.';
    work.tell({ ...inSet(stl, 4), severity: 'note', code: 'count-differs', message });
  }
  stated.check(
    'lines',
    ofRate.reduce((all, { line }) => all.plus(line.get('amount') ?? 0), new Big(0)),
  );
  const adjusted = ADJUSTMENTS.reduce((all, one) => all.plus(readAdjustment(one, stated, into)), stated.of('lines'));
  stated.check('net', adjusted);
  stated.check('afterSettlement', stated.of('net').minus(stated.take('settlement')));
  readTax(stl, stated, into, work);
  stated.check('payable', stated.of('net').plus(stated.of('vat')));
  stated.check('payableInTime', stated.of('afterSettlement').plus(stated.of('vat')));
  return stated;
}

function readTax(stl: SegmentSource, stated: StatedSums, into: Draft<SupplierInvoice>, work: Work): void {
  const tax = into.add('taxes');
  const rate = measure.read(stl.see(3), work);
  if (rate !== undefined) tax.set('rate', rate);
  for (const element of [2, 3]) stl.take(element);
  tax.set('taxable', plainDecimal(stated.of('afterSettlement')));
  tax.set('amount', plainDecimal(stated.take('vat')));
}

interface AdjustmentSum {
  readonly name: SumName;
  readonly type: Adjustment['type'];
  readonly description: string;
}

const ADJUSTMENTS: readonly AdjustmentSum[] = [
  { name: 'quantityDiscount', type: 'allowance', description: 'Quantity discount' },
  { name: 'valueDiscount', type: 'allowance', description: 'Value discount' },
  { name: 'surcharge', type: 'charge', description: 'Surcharge' },
  { name: 'subsidy', type: 'allowance', description: 'Subsidy' },
];

/** What the adjustment adds to the net sum. */
function readAdjustment(
  { name, type, description }: AdjustmentSum,
  stated: StatedSums,
  into: Draft<SupplierInvoice>,
): Big {
  const amount = stated.take(name);
  if (amount.eq(0)) return amount;
  const added = into.add('adjustments');
  added.set('type', type);
  added.set('description', description);
  added.set('amount', plainDecimal(amount));
  return type === 'charge' ? amount : amount.times(-1);
}

/**
 * LEXC has parts of a penny, and only the sum of a rate is rounded. So that the lines come to that sum, each gets what the rounded sum
 * of the lines up to it has more than the one before.
 */
function roundTogether(lines: readonly RatedLine['line'][]): void {
  let exact = new Big(0);
  let rounded = new Big(0);
  for (const line of lines) {
    exact = exact.plus(line.get('amount') ?? 0);
    const next = exact.round(2, Big.roundHalfUp);
    if (line.get('amount') !== undefined) line.set('amount', plainDecimal(next.minus(rounded)));
    rounded = next;
  }
}

function rateKey(segment: SegmentSource, element: number): string {
  return `${segment.see(element)} ${Number(segment.see(element + 1))}`;
}
