const CR = 13;
const LF = 10;

/** The marks of a dialect as bytes; `quote` is -1 when there is none. */
export interface Marks {
  readonly delimiter: number;
  readonly quote: number;
}

/** How an over-long record stands where it was given up, for `RecordSkipper`. */
export type SkipState = 'cell-start' | 'plain' | 'quoted' | 'broken';

/**
 * What stands at the start of a record:
 * - `record`: `end` is behind its last byte, `next` behind its line end.
 * - `broken`: the quote at `at` is wrong; the record is taken to end at the first line end behind it, so that the rows
 *   below are not swallowed.
 * - `oversize`: no end within the limit; skipping goes on at `next` in `state`.
 * - `more`: cannot be told before more bytes are here.
 */
export type Scan =
  | { readonly kind: 'record'; readonly end: number; readonly next: number; readonly quoted: boolean }
  | { readonly kind: 'broken'; readonly end: number; readonly next: number; readonly at: number }
  | { readonly kind: 'oversize'; readonly next: number; readonly state: SkipState }
  | { readonly kind: 'more' };

/** The bytes at hand: a record begins at `start`; `last` says that nothing follows them; `limit` is the longest record. */
interface Window {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly limit: number;
  readonly last: boolean;
}

const MORE: Scan = { kind: 'more' };

/**
 * Finds the end of the record at `start`. Lines end with LF, CR or CRLF outside quotes; a quoted cell begins with a quote,
 * doubles the quotes within, and closes before a delimiter, a line end or the end of the file. The answer depends only on
 * the bytes of the file, never on where they are cut.
 */
export function scanRecord(window: Window, marks: Marks): Scan {
  const { bytes, start, last } = window;
  const { delimiter, quote } = marks;
  const stop = windowEnd(window);
  let quoted = false;
  let at = start;
  for (;;) {
    at = plainEnd(bytes, at, stop, quote);
    if (at >= stop) return unfinished(window, at, quoted, delimiter);
    if (bytes[at] !== quote) return ended(window, at, quoted);
    if (at > start && bytes[at - 1] !== delimiter) return broken(window, at);
    const opening = at;
    at = closingQuote(bytes, opening + 1, stop, quote);
    if (at >= stop) return unclosed(window, opening, at);
    at += 1;
    if (at === bytes.length && !last) return MORE;
    if (at < bytes.length && !closes(bytes[at], delimiter)) return broken(window, opening);
    quoted = true;
  }
}

/** A line end is looked for up to and including the byte behind the longest record allowed. */
function windowEnd({ bytes, start, limit }: Window): number {
  return Math.min(bytes.length, start + limit + 1);
}

function isOversize({ bytes, start, limit }: Window): boolean {
  return bytes.length > start + limit;
}

function closes(byte: number | undefined, delimiter: number): boolean {
  return byte === delimiter || byte === LF || byte === CR;
}

function plainEnd(bytes: Uint8Array, from: number, stop: number, quote: number): number {
  let at = from;
  while (at < stop) {
    const byte = bytes[at];
    if (byte === LF || byte === CR || byte === quote) return at;
    at += 1;
  }
  return at;
}

/** The first quote that is not doubled, or where to go on when none stands before `stop`. */
function closingQuote(bytes: Uint8Array, from: number, stop: number, quote: number): number {
  let at = from;
  while (at < stop) {
    if (bytes[at] !== quote) at += 1;
    else if (bytes[at + 1] === quote) at += 2;
    else return at;
  }
  return at;
}

function ended({ bytes, last }: Window, at: number, quoted: boolean): Scan {
  const next = behindLineEnd(bytes, at, last);
  return next === undefined ? MORE : { kind: 'record', end: at, next, quoted };
}

/** Undefined when a CR is the last byte at hand and an LF may follow. */
function behindLineEnd(bytes: Uint8Array, at: number, last: boolean): number | undefined {
  if (bytes[at] === LF) return at + 1;
  if (at + 1 === bytes.length && !last) return undefined;
  return bytes[at + 1] === LF ? at + 2 : at + 1;
}

function unfinished(window: Window, at: number, quoted: boolean, delimiter: number): Scan {
  if (isOversize(window)) {
    return { kind: 'oversize', next: at, state: window.bytes[at - 1] === delimiter ? 'cell-start' : 'plain' };
  }
  return window.last ? { kind: 'record', end: at, next: at, quoted } : MORE;
}

function unclosed(window: Window, opening: number, at: number): Scan {
  if (isOversize(window)) return { kind: 'oversize', next: at, state: 'quoted' };
  return window.last ? broken(window, opening) : MORE;
}

function broken(window: Window, at: number): Scan {
  const stop = windowEnd(window);
  const end = plainEnd(window.bytes, at, stop, -1);
  if (end < stop) {
    const next = behindLineEnd(window.bytes, end, window.last);
    return next === undefined ? MORE : { kind: 'broken', end, next, at };
  }
  if (isOversize(window)) return { kind: 'oversize', next: stop, state: 'broken' };
  return window.last ? { kind: 'broken', end, next: end, at } : MORE;
}

/** How many line ends (LF, CR or CRLF) stand between two places. */
export function countLineEnds(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    if (bytes[at] === LF ? bytes[at - 1] !== CR || at === from : bytes[at] === CR) count += 1;
  }
  return count;
}

/** Which cell of the record the byte at `to` belongs to, from 1. */
export function cellAt(bytes: Uint8Array, start: number, to: number, marks: Marks): number {
  let cell = 1;
  let inQuotes = false;
  for (let at = start; at < to; at += 1) {
    if (bytes[at] === marks.quote) inQuotes = !inQuotes;
    else if (bytes[at] === marks.delimiter && !inQuotes) cell += 1;
  }
  return cell;
}
