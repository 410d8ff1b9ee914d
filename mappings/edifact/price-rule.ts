import { Big } from 'big.js';
import { plainDecimal } from '../canonical/decimal.ts';
import type { Adjustment } from '../canonical/trade.ts';
import { freeCode, pattern } from '../edi/codec.ts';
import type { DocumentSource } from '../edi/document-source.ts';
import { Elements, inDocument, inSet, type Rule, type Work } from '../edi/rule.ts';
import type { LoopSource, SegmentSource } from '../edi/set-source.ts';
import { number } from './codecs.ts';

interface Priced {
  readonly unit?: string | undefined;
  readonly unitPrice?: string | undefined;
  readonly priceBasis?: string | undefined;
  readonly adjustments?: Adjustment[] | undefined;
}

/** 5118 in C509. */
const price = number(15);
/** 5284. A price for one is a price without a basis. */
const basis = pattern(/^([2-9]|[1-9]\d{1,3})$/);
const unit = freeCode('units', 3);
/** A price for three has no end as a price for one. */
const PRICE_DECIMALS = 10;

/**
 * PRI: the price and for how many units it is (5284, 6411); ours is for one. AAA is the net price. Where the line has allowances or
 * charges it is AAB, before them, since line amounts have them beside the price. A price that is not understood refuses the document
 * unless the line states its amount.
 */
export const linePrice: Rule<Priced> = {
  carries: [
    { path: 'unitPrice', form: { kind: 'decimal', digits: 10, decimals: 4, sign: 'any' } },
    { path: 'priceBasis', form: basis.form },
  ],
  matches: (from) => from.segments('PRI').length > 0,
  read(from, into, work) {
    const pri = chosen(from);
    if (pri === undefined) return;
    const [stated, per] = [price.read(pri.see(1, 2), work), basisOf(pri)];
    const per6411 = pri.see(1, 6);
    const isOfUnit = per6411 === '' || [undefined, unit.read(per6411, work)].includes(into.get('unit'));
    if (stated === undefined || per === undefined || !isOfUnit) {
      const severity = statesAmount(from) ? 'note' : 'reject';
      const message = 'The price is no number, or is for another unit than the quantity has.';
      work.tell({ ...inSet(pri, 1), severity, code: 'value-not-understood', message });
      return;
    }
    for (const component of [1, 2, 5, 6]) pri.take(1, component);
    into.set('unitPrice', plainDecimal(new Big(stated).div(per).round(PRICE_DECIMALS)));
    if (basis.read(per, work) !== undefined) into.set('priceBasis', per);
  },
  write(from, to, work) {
    const elements = new Elements();
    writePrice(from, elements, work);
    if (elements.count > 0) to.push({ tag: 'PRI', elements: elements.written() });
  },
};

function chosen(from: LoopSource): SegmentSource | undefined {
  const order = from.loops('ALC').length > 0 ? ['AAB', 'AAA', 'INV'] : ['AAA', 'INV', 'AAB'];
  const prices = from.segments('PRI');
  return order.map((code) => prices.find((pri) => pri.see(1, 1) === code)).find((pri) => pri !== undefined);
}

function basisOf(pri: SegmentSource): string | undefined {
  const written = pri.see(1, 5).replace(/[.,]0*$/, '');
  if (written === '') return '1';
  return /^0*[1-9]\d*$/.test(written) ? written.replace(/^0+/, '') : undefined;
}

function statesAmount(line: LoopSource): boolean {
  return line.everySegment().some((one) => one.tag === 'MOA' && one.see(1, 1) === '203');
}

function writePrice(from: DocumentSource<Priced>, to: Elements, work: Work): void {
  const value = from.see('unitPrice');
  if (value === undefined) return;
  const per = basis.write(from.see('priceBasis') ?? '', work)?.text;
  const stated = price.write(new Big(value).times(per ?? 1).toFixed(), work);
  if (stated === undefined) {
    const message = 'The price has more digits than the set can hold.';
    work.tell({ ...inDocument(from.where('unitPrice')), severity: 'reject', code: 'value-unfit', message });
    return;
  }
  from.take('unitPrice');
  to.fill(from.items('adjustments').length > 0 ? 'AAB' : 'AAA', 1, 1);
  to.put(stated.text, 1, 2);
  if (from.see('priceBasis') === '1') from.take('priceBasis');
  if (per === undefined) return;
  from.take('priceBasis');
  to.fill(per, 1, 5);
  const ofUnit = unit.write(from.see('unit') ?? '', work);
  if (ofUnit !== undefined) to.fill(ofUnit.text, 1, 6);
}
