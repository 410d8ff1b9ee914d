import { Big } from 'big.js';

/**
 * The decimal of a JSON number. JavaScript prints the shortest digits that mean the number, which are the digits that
 * stood in the JSON as long as there were at most 15 of them: every amount an ERP holds.
 */
export function decimalOf(value: number): string {
  return plainDecimal(new Big(String(value)));
}

/** A sum or product as our decimal text: no exponent, no zeros at the end, no minus before zero. */
export function plainDecimal(value: Big): string {
  return value.eq(0) ? '0' : value.toFixed();
}
