import { Big } from 'big.js';
import { plainDecimal } from '../canonical/decimal.ts';
import { code } from '../edi/codec.ts';
import { decimalIn, real } from '../edi/decimals.ts';
import { inDocument, type Part } from '../edi/rule.ts';
import { PRICE_BASES, UNIT_PRICES } from './codes.ts';

interface Priced {
  readonly unitPrice?: string | undefined;
  readonly priceBasis?: string | undefined;
}

const price = real(17);
const basis = code('priceBases', PRICE_BASES);
/** A price for a dozen has no end as a price for one. */
const PRICE_DECIMALS = 10;

/**
 * Price and basis of price, as PO104 and PO105. Ours is for one unit. A price whose basis is not known is left, which refuses the
 * document.
 */
export function priceAt(element: number): Part<Priced> {
  return {
    carries: [
      { path: 'unitPrice', form: { kind: 'decimal', digits: 11, decimals: 4, sign: 'any' } },
      { path: 'priceBasis', form: basis.form },
    ],
    matches: () => true,
    fits: () => true,
    read(segment, into, work) {
      const [stated, per] = [decimalIn(segment.see(element)), segment.see(element + 1)];
      const units = basis.read(per, work);
      if (stated === undefined || (units === undefined && per !== '' && !UNIT_PRICES.includes(per))) return;
      segment.take(element);
      segment.take(element + 1);
      if (units !== undefined) into.set('priceBasis', units);
      into.set('unitPrice', plainDecimal(new Big(stated).div(units ?? 1).round(PRICE_DECIMALS)));
    },
    write(from, to, work) {
      const value = from.see('unitPrice');
      if (value === undefined) return;
      const units = from.see('priceBasis') ?? '1';
      const per = basis.write(units, work);
      const stated = price.write(new Big(value).times(per === undefined ? 1 : units).toFixed(), work);
      if (stated === undefined) {
        const message = 'The price has more digits than the set can hold.';
        work.tell({ ...inDocument(from.where('unitPrice')), severity: 'reject', code: 'value-unfit', message });
        return;
      }
      from.take('unitPrice');
      to.put(stated.text, element);
      if (per === undefined) return;
      from.take('priceBasis');
      to.fill(per.text, element + 1);
    },
  };
}
