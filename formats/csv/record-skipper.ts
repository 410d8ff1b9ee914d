import type { Marks, SkipState } from './scan-record.ts';

const CR = 13;
const LF = 10;

type WalkState = SkipState | 'quote-seen' | 'ended';

/**
 * Walks over the rest of a record that is longer than the limit, keeping none of it, so that the rows behind it can be
 * read when its quote closes. Holds one state between blocks.
 */
export class RecordSkipper {
  /** Line ends passed so far, the record's own included. */
  lines = 0;
  readonly #marks: Marks;
  #state: WalkState;
  #previous: number | undefined;

  /** @param previous the byte before the first one that is skipped */
  constructor(state: SkipState, previous: number | undefined, marks: Marks) {
    this.#state = state;
    this.#previous = previous;
    this.#marks = marks;
  }

  /** The place behind the record's line end, or undefined when all bytes belong to it and more may follow. */
  skip(bytes: Uint8Array, from: number, last: boolean): number | undefined {
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at];
      // A CR has ended the record; an LF right behind it belongs to the same line end.
      if (this.#state === 'ended') return byte === LF ? at + 1 : at;
      if (byte === CR || (byte === LF && this.#previous !== CR)) this.lines += 1;
      this.#state = this.#after(byte);
      this.#previous = byte;
      if (this.#state === 'ended' && byte === LF) return at + 1;
    }
    return last ? bytes.length : undefined;
  }

  #after(byte: number | undefined): WalkState {
    const isQuote = byte === this.#marks.quote;
    if (this.#state === 'quoted') return isQuote ? 'quote-seen' : 'quoted';
    if (byte === LF || byte === CR) return 'ended';
    if (this.#state === 'broken') return 'broken';
    if (this.#state === 'quote-seen')
      return isQuote ? 'quoted' : byte === this.#marks.delimiter ? 'cell-start' : 'broken';
    if (byte === this.#marks.delimiter) return 'cell-start';
    if (!isQuote) return 'plain';
    return this.#state === 'cell-start' ? 'quoted' : 'broken';
  }
}
