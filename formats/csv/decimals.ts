import { Big } from 'big.js';

interface DecimalSigns {
  readonly decimalSign: '.' | ',';
  readonly thousandsSign: '' | '.' | ',' | ' ' | "'";
}

const WHOLE = /^[+-]?\d+$/;
const DIGITS = /^\d+$/;

/**
 * Reads a decimal as the partner writes it into our form, `-1250.5`: no sign but a minus, a point, no zeros at the end.
 * A minus may stand behind (`12,50-`), as some ledgers print it. Undefined when the text is no such decimal; thousands
 * signs must stand between groups of three, so that `1.25` is never taken for 125.
 */
export function readDecimal(text: string, signs: DecimalSigns): string | undefined {
  const trimmed = text.trim();
  const front = /^[^+-].*-$/.test(trimmed) ? `-${trimmed.slice(0, -1)}` : trimmed;
  const [whole = '', fraction, ...rest] = front.split(signs.decimalSign);
  const digits = withoutThousands(whole, signs.thousandsSign);
  if (digits === undefined || !WHOLE.test(digits) || rest.length > 0) return undefined;
  if (fraction === undefined) return normalDecimal(digits);
  return DIGITS.test(fraction) ? normalDecimal(`${digits}.${fraction}`) : undefined;
}

function withoutThousands(whole: string, sign: DecimalSigns['thousandsSign']): string | undefined {
  // Systems print a no-break space (U+00A0, U+202F) where people say "a space".
  const text = sign === ' ' ? whole.replace(/[\u00a0\u202f]/g, ' ') : whole;
  if (sign === '' || !text.includes(sign)) return text;
  const groups = text.split(sign);
  const wellFormed = /^[+-]?\d{1,3}$/.test(groups[0] ?? '') && groups.slice(1).every((group) => /^\d{3}$/.test(group));
  return wellFormed ? groups.join('') : undefined;
}

/** One text per value: `1.50` and `+1.5` are `1.5`, `-0.00` is `0`. Expects a plain decimal. */
export function normalDecimal(plain: string): string {
  const value = new Big(plain.replace('+', ''));
  return value.eq(0) ? '0' : value.toFixed();
}

/**
 * Writes our decimal (`-1250.5`) with the partner's signs. With `decimals` it is rounded half away from zero to so many
 * places; without, every digit is kept.
 */
export function writeDecimal(value: string, signs: DecimalSigns, decimals?: number): string {
  const rounded = decimals === undefined ? new Big(value).toFixed() : new Big(value).toFixed(decimals, Big.roundHalfUp);
  const [whole = '', fraction] = (new Big(rounded).eq(0) ? rounded.replace('-', '') : rounded).split('.');
  const grouped = signs.thousandsSign === '' ? whole : whole.replace(/\B(?=(\d{3})+$)/g, signs.thousandsSign);
  return fraction === undefined ? grouped : `${grouped}${signs.decimalSign}${fraction}`;
}
