import { canDelimit, type Delimiters, isAlphanumeric, newlineAt } from '../edi/delimiters.ts';

/** What a set and a group begin with, and the elements before the last of that segment: after the last stands the terminator. */
const STARTS = [
  { pattern: /^ST(.)\d{3}\1[0-9A-Za-z]/s, separators: 2 },
  { pattern: /^GS(.)[A-Z]{2}\1/s, separators: 8 },
] as const;
const COMPONENT = 0x3e;

/**
 * Guesses the delimiters of a set or group that stands in the open: what follows the tag separates elements, what follows
 * the last element ends the segment, and `>` separates components. Undefined when it does not look like ST or GS.
 */
export function impliedX12Delimiters(bytes: Buffer, at: number, to: number): Delimiters | undefined {
  const start = bytes.latin1Slice(at, Math.min(at + 8, to));
  const wanted = STARTS.find(({ pattern }) => pattern.test(start))?.separators;
  const element = bytes[at + 2] ?? 0;
  if (wanted === undefined || !canDelimit(element)) return undefined;
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
