import { canDelimit, type Delimiters, isAlphanumeric, newlineAt } from '../edi/delimiters.ts';

/** Elements before the last of a header, by tag: after the last stands the terminator. */
const SEPARATORS: Readonly<Record<string, number>> = { ST: 2, GS: 8 };
const COMPONENT = 0x3e;

/**
 * Guesses the delimiters of a set or group that stands in the open: what follows the tag separates elements, what follows
 * the last element ends the segment, and `>` separates components. Undefined when it does not look like ST or GS.
 */
export function impliedX12Delimiters(bytes: Buffer, at: number, to: number): Delimiters | undefined {
  const wanted = SEPARATORS[bytes.latin1Slice(at, Math.min(at + 2, to))];
  const element = bytes[at + 2] ?? 0;
  if (wanted === undefined || !canDelimit(element) || !isAlphanumeric(bytes[at + 3] ?? 0)) return undefined;
  let place = at + 2;
  for (let count = 1; count < wanted; count += 1) {
    place = bytes.indexOf(element, place + 1);
    if (place === -1 || place >= Math.min(to, at + 200)) return undefined;
  }
  do place += 1;
  while (place < to && (isAlphanumeric(bytes[place] as number) || bytes[place] === element));
  const terminator = bytes[place] ?? 0;
  if (place >= to || terminator === COMPONENT) return undefined;
  const newline = terminator === 0x0a ? '' : newlineAt(bytes, place + 1, to);
  return { element, component: COMPONENT, repetition: 0, release: 0, terminator, tag: 0, newline };
}
