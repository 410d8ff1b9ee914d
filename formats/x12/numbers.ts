import { Big } from 'big.js';
import { Failure } from '../../failures/failure.ts';

/**
 * A decimal string as an element of type N2 (or N0 to N9): the point is implied, so 123.45 is `12345` and 5 is `500`.
 *
 * @throws Failure EDI_VALUE_UNWRITABLE when it has more decimals than the type
 */
export function toImplied(value: string, decimals: number): string {
  const shifted = new Big(value).times(new Big(10).pow(decimals));
  if (shifted.eq(shifted.round(0, Big.roundDown))) return shifted.toFixed(0);
  throw new Failure('EDI_VALUE_UNWRITABLE', { message: `An amount has more than ${decimals} decimals.` });
}

/** An element of type N2 (or N0 to N9) as a decimal string. Undefined when it is none: a written point is a partner's error. */
export function fromImplied(text: string, decimals: number): string | undefined {
  if (!/^-?\d+$/.test(text)) return undefined;
  return new Big(text).div(new Big(10).pow(decimals)).toFixed(decimals);
}

/** A decimal string as an element of type R: no zeros at the end, no point when whole. */
export function toReal(value: string): string {
  return new Big(value).toFixed();
}
