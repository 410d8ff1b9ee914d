import { Big } from 'big.js';
import { plainDecimal } from '../canonical/decimal.ts';
import type { Codec } from '../edi/codec.ts';

/** A number of a picture such as 9(10)V9(4): the point is implied, so 120.29 is `1202900` in one and `12029` in 9(10)V9(2). */
export function picture(digits: number, decimals: 0 | 2 | 3 | 4): Codec {
  return {
    form: { kind: 'decimal', digits: digits + decimals, decimals, sign: 'positive' },
    unfit: 'refuse',
    read: (written) => (/^\d+$/.test(written) ? plainDecimal(new Big(written).div(10 ** decimals)) : undefined),
    write(value) {
      const text = new Big(value).times(10 ** decimals);
      return text.gte(0) && text.eq(text.round(0)) ? { text: text.toFixed(0) } : undefined;
    },
  };
}

/** 9(15). */
export const units = picture(15, 0);
/** 9(10)V9(3), and 9(3)V9(3) of percentages. */
export const measure = picture(10, 3);
/** 9(10)V9(4), of a unit and of a line. */
export const cost = picture(10, 4);
/** 9(10)V9(2), of an invoice and of a file. */
export const sum = picture(10, 2);
