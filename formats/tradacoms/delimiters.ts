import type { Delimiters } from '../edi/delimiters.ts';

/** TRADACOMS has one set of service characters: `TAG=a:b+c'` with `?` before a character that is meant as such. */
export const TRADACOMS_DELIMITERS: Delimiters = {
  tag: 0x3d,
  element: 0x2b,
  component: 0x3a,
  release: 0x3f,
  terminator: 0x27,
  repetition: 0,
  newline: '',
};
