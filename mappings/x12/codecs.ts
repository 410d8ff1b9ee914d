import { Big } from 'big.js';
import { fromImplied } from '../../formats/x12/numbers.ts';
import { plainDecimal } from '../canonical/decimal.ts';
import type { Codec } from '../edi/codec.ts';

/** An amount of type N2: the point is implied, so 123.45 is `12345`. A written point is a partner's error and not understood. */
export function n2(digits: number): Codec {
  return {
    form: { kind: 'decimal', digits, decimals: 2, sign: 'any' },
    unfit: 'refuse',
    read(written) {
      const value = fromImplied(written, 2);
      return value === undefined ? undefined : plainDecimal(new Big(value));
    },
    write(value) {
      const cents = new Big(value).times(100);
      const text = cents.toFixed(0);
      return cents.eq(text) && text.replace('-', '').length <= digits ? { text } : undefined;
    },
  };
}
