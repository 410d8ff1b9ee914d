import * as byteKinds from './byte-kinds.ts';

/** What is known of a segment besides the places of its separators. */
export const HAS_PARTS = 0x10000;
export const HAS_LETTERS = 0x20000;
export const HAS_CONTROLS = 0x40000;
export const HAS_RELEASE = 0x80000;
/** The number of the mark that ends a segment, in what `ends` says of it. */
export const MARK_NUMBER = 0xffff;

/** Blanks, line breaks, NUL and SUB between segments mean nothing. */
export const IS_NOISE = new Uint8Array(256);
for (const byte of [0x00, 0x09, 0x0a, 0x0d, 0x1a, 0x20]) IS_NOISE[byte] = 1;

// What crosses the border of a module is looked up at each use; what stands here is built into the compiled loop.
const { ORDINARY, REPETITION, TERMINATOR, TAG, RELEASE, LETTER, CONTROL } = byteKinds;
const [PARTS, LETTERS, CONTROLS, RELEASED] = [HAS_PARTS, HAS_LETTERS, HAS_CONTROLS, HAS_RELEASE];
const NOISE = IS_NOISE;

/** A look at less than this costs more than it saves. */
const LEAST_BYTES = 64;
const MOST_MARKS = 2048;
const MOST_SEGMENTS = 256;

/**
 * Where the next whole segments end and are divided: one run over them costs less than one for each. It knows
 * nothing of headers, binary elements and limits, and nothing of a segment that has not ended.
 */
export class SegmentIndex {
  /** Places of separators and terminators in the buffer. */
  readonly marks = new Int32Array(MOST_MARKS);
  /** For each segment the number of the mark that ends it, with flags. */
  readonly ends = new Int32Array(MOST_SEGMENTS);
  /** Segments found. */
  length = 0;
  #markCount = 0;

  /** Looks at bytes from the first of a tag on. A terminator must stand behind the last of them. */
  fill(bytes: Uint8Array, from: number, to: number, kinds: Uint8Array): void {
    this.length = 0;
    if (to - from < LEAST_BYTES) return;
    const { marks, ends } = this;
    // Declared one by one, and no loop before the other: else the compiled loop is slower by a third.
    let at = from;
    let markCount = 0;
    let tagMark = 0;
    let length = 0;
    let flags = 0;
    for (;;) {
      let kind = kinds[bytes[at] as number] as number;
      while (kind === ORDINARY) {
        at += 1;
        kind = kinds[bytes[at] as number] as number;
      }
      if (kind <= TERMINATOR) {
        if (at >= to || markCount === MOST_MARKS) break;
        marks[markCount] = at;
        markCount += 1;
        at += 1;
        if (kind === TERMINATOR) {
          ends[length] = (markCount - 1) | flags;
          length += 1;
          if (length === MOST_SEGMENTS) break;
          flags = 0;
          tagMark = markCount;
          while (NOISE[bytes[at] as number] === 1 && at < to) at += 1;
        } else if (kind >= REPETITION) flags |= PARTS;
      } else if (kind === RELEASE) {
        if (at + 1 >= to) break;
        flags |= (bytes[at + 1] as number) < 0x80 ? RELEASED : RELEASED | LETTERS;
        at += 2;
      } else {
        if (kind === LETTER) flags |= LETTERS;
        else if (kind === CONTROL) flags |= CONTROLS;
        else if (kind === TAG && markCount === tagMark && markCount < MOST_MARKS) {
          marks[markCount] = at;
          markCount += 1;
        }
        at += 1;
      }
    }
    this.length = length;
    this.#markCount = markCount;
  }

  /** The bytes have moved toward the beginning of the buffer. */
  shift(by: number): void {
    const { marks } = this;
    for (let mark = 0; mark < this.#markCount; mark += 1) marks[mark] = (marks[mark] as number) - by;
  }
}
