import { canDelimit, type Delimiters, newlineAt } from '../edi/delimiters.ts';

/** ST and GS whole, as far as they tell delimiters: what follows the tag separates elements, what follows the last one ends the segment. */
const STARTS = [
  /^ST(.)\d{3}\1[0-9A-Za-z]{1,9}(?:\1[0-9A-Za-z]{0,35})?(.)/s,
  /^GS(.)[A-Z]{2}\1.{0,15}?\1.{0,15}?\1\d{6,8}\1\d{4,8}\1[0-9A-Za-z]{0,9}\1[A-Z]{1,2}\1[0-9A-Za-z]{1,12}(.)/s,
] as const;
const LONGEST_START = 128;
const COMPONENT = 0x3e;

/** Guesses the delimiters of a set or group that stands in the open; `>` separates components. Undefined when it is none. */
export function impliedX12Delimiters(bytes: Buffer, at: number, to: number): Delimiters | undefined {
  const text = bytes.latin1Slice(at, Math.min(at + LONGEST_START, to));
  const found = STARTS.map((pattern) => pattern.exec(text)).find((match) => match !== null);
  const [start = '', separator = '', end = ''] = found ?? [];
  const [element, terminator] = [separator.charCodeAt(0), end.charCodeAt(0)];
  if (found === undefined || !canDelimit(element) || terminator === COMPONENT) return undefined;
  const newline = terminator === 0x0a ? '' : newlineAt(bytes, at + start.length, to);
  return { element, component: COMPONENT, repetition: 0, release: 0, terminator, tag: 0, newline };
}
