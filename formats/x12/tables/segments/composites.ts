import type { ElementForm } from '../../../tables/form.ts';

/** Unit of measure. */
export const UNIT: ElementForm = {
  element: 'C001 C',
  components: ['355 ID 2 2 M', '1018 R 1 15', '649 R 1 10', '355 ID 2 2', '1018 R 1 15', '649 R 1 10', '355 ID 2 2'],
};

/** References that belong to a reference. */
export const REFERENCE: ElementForm = {
  element: 'C040 O',
  components: ['128 ID 2 3 M', '127 AN 1 30 M', '128 ID 2 3 C', '127 AN 1 30 C', '128 ID 2 3 C', '127 AN 1 30 C'],
};

/** Qualifier and value of a product, as often as a segment has them; `pairedFrom` holds each pair together. */
export const productPairs = (pairs: number): ElementForm[] =>
  Array.from({ length: pairs }, (): ElementForm[] => ['235 ID 2 2 C', '234 AN 1 48 C']).flat();

/** `P0607`, `P0809`: pairs of elements from a first position on. */
export const pairedFrom = (first: number, pairs: number): string[] =>
  Array.from({ length: pairs }, (_, pair) => `P${two(first + 2 * pair)}${two(first + 2 * pair + 1)}`);

const two = (position: number) => String(position).padStart(2, '0');
