import { Big } from 'big.js';
import { plainDecimal } from '../canonical/decimal.ts';
import type { Codec } from './codec.ts';

const DECIMAL = /^-?(\d+\.?\d*|\.\d+)$/;

/** A decimal with its point, as X12 type R: no zeros at the end. `digits` counts neither sign nor point. */
export function real(digits: number, sign: 'any' | 'positive' = 'any'): Codec {
  return {
    form: { kind: 'decimal', digits, decimals: Math.min(digits - 1, 6), sign },
    unfit: 'refuse',
    read: (written) => signed(decimalIn(written), sign),
    write(value) {
      const text = plainDecimal(new Big(value));
      return text.replace(/\D/g, '').length > digits || signed(text, sign) === undefined ? undefined : { text };
    },
  };
}

/** A decimal text of a partner as ours; undefined when it is none. */
export function decimalIn(written: string): string | undefined {
  return DECIMAL.test(written) ? plainDecimal(new Big(written.replace(/\.$/, ''))) : undefined;
}

function signed(value: string | undefined, sign: 'any' | 'positive'): string | undefined {
  return sign === 'positive' && value?.startsWith('-') ? undefined : value;
}

/** For a field that is never negative, though partners may write it so in a credit note. */
export function magnitude(codec: Codec): Codec {
  return codec.form.kind === 'decimal' ? { ...codec, form: { ...codec.form, sign: 'positive' } } : codec;
}
