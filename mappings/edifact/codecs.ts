import { type Codec, pattern } from '../edi/codec.ts';
import { real } from '../edi/decimals.ts';

/** A number of type n. Its decimal mark is a point or a comma, whatever the UNA says; a point is written. */
export function number(digits: number, sign: 'any' | 'positive' = 'any'): Codec {
  const plain = real(digits, sign);
  return { ...plain, read: (written, context) => plain.read(written.replace(',', '.'), context) };
}

/** A country of ISO 3166-1 (3207). */
export const country: Codec = { ...pattern(/^[A-Z]{2}$/), unfit: 'lose' };
