import type { Characters } from './characters.ts';
import type { Delimiters } from './delimiters.ts';

/** What a byte means to the scan. 1 to 3 are kept in the low two bits of a mark, with the terminator as 0 there. */
export const ORDINARY = 0;
export const ELEMENT = 1;
export const REPETITION = 2;
export const COMPONENT = 3;
export const TERMINATOR = 4;
export const RELEASE = 5;
/** A byte whose element cannot be taken over letter by letter: a high byte, or a national letter of ISO 646. */
export const LETTER = 6;
/** A control character, line breaks included: no standard allows one inside a value. */
export const CONTROL = 7;
export const TAG = 8;

/** The table of one interchange: the kind of each byte value. */
export function byteKinds(delimiters: Delimiters, characters: Characters): Uint8Array {
  const kinds = new Uint8Array(256);
  kinds.fill(CONTROL, 0, 0x20);
  for (const byte of characters.letters) kinds[byte] = LETTER;
  place(kinds, delimiters.tag, TAG);
  place(kinds, delimiters.repetition, REPETITION);
  place(kinds, delimiters.component, COMPONENT);
  place(kinds, delimiters.element, ELEMENT);
  place(kinds, delimiters.release, RELEASE);
  place(kinds, delimiters.terminator, TERMINATOR);
  return kinds;
}

/** The table of a header that is fixed by position (ISA): its own delimiters stand in it as data. */
export function headerKinds({ element, terminator }: Delimiters): Uint8Array {
  const kinds = new Uint8Array(256);
  place(kinds, element, ELEMENT);
  place(kinds, terminator, TERMINATOR);
  return kinds;
}

/** The table for the rest of a segment that passed a limit: only its end matters. */
export function endKinds({ release, terminator }: Delimiters): Uint8Array {
  const kinds = new Uint8Array(256);
  place(kinds, release, RELEASE);
  place(kinds, terminator, TERMINATOR);
  return kinds;
}

function place(kinds: Uint8Array, byte: number, kind: number): void {
  if (byte !== 0) kinds[byte] = kind;
}
