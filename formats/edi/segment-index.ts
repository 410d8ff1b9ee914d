import { readFileSync } from 'node:fs';
import { COMPONENT, CONTROL, ELEMENT, LETTER, ORDINARY, RELEASE, REPETITION, TAG, TERMINATOR } from './byte-kinds.ts';

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

interface SegmentScan {
  readonly memory: { readonly buffer: ArrayBuffer };
  scan(length: number, shift: number): number;
}

/** What is known of a segment besides the places of its separators. */
export const HAS_REPETITIONS = 0x10000;
export const HAS_LETTERS = 0x20000;
export const HAS_CONTROLS = 0x40000;
export const HAS_RELEASE = 0x80000;
/** The number of the mark that ends a segment, in what is said of it. */
export const MARK_NUMBER = 0xffff;

/** Blanks, line breaks, NUL and SUB between segments mean nothing. */
export const IS_NOISE = new Uint8Array(256);
for (const byte of [0x00, 0x09, 0x0a, 0x0d, 0x1a, 0x20]) IS_NOISE[byte] = 1;

/** The numbers that `segments` has for each, and which is which. */
export const SEGMENT_NUMBERS = 4;
export const START = 0;
export const PACKED_TAG = 1;
export const LAST_MARK = 2;
export const LAST_ELEMENT = 3;

/** A look at less than this costs more than it saves. */
const LEAST_BYTES = 64;
/** An index knows of no more bytes. */
export const MOST_BYTES = 8192;

// One for all: an instance costs more than a file, and each memory takes gigabytes of addresses.
const { memory, scan } = new WebAssembly.Instance(
  new WebAssembly.Module(readFileSync(new URL('./segment-scan.wasm', import.meta.url))),
).exports as SegmentScan;
const ACTIONS = new Int32Array(memory.buffer, 0, 256);
const ROWS = new Uint8Array(memory.buffer, 0x400, 16);
const SEGMENTS = new Int32Array(memory.buffer, 0x800, SEGMENT_NUMBERS * MOST_BYTES);
const MARKS = new Int32Array(memory.buffer, 0x20800, MOST_BYTES);
const ELEMENT_MARKS = new Int32Array(memory.buffer, 0x28800, MOST_BYTES);
const BYTES = new Uint8Array(memory.buffer, 0x30800, MOST_BYTES);

/** What the scan does at a byte, by its kind; the bits are those of segment-scan.wat. */
const ACTION_OF: Readonly<Record<number, number>> = {
  [ELEMENT]: 1 | 2,
  [REPETITION]: 1 | HAS_REPETITIONS,
  [COMPONENT]: 1,
  [TERMINATOR]: 1 | 2 | 4,
  [RELEASE]: 8 | HAS_RELEASE,
  [LETTER]: HAS_LETTERS,
  [CONTROL]: HAS_CONTROLS,
  [TAG]: 16,
};

/** What the scan goes by, in the form that it has in its memory. */
export interface ScanTable {
  readonly actions: Int32Array;
  readonly rows: Uint8Array;
}

export function scanTable(kinds: Uint8Array): ScanTable {
  const actions = Int32Array.from(kinds, (kind, byte) => (ACTION_OF[kind] ?? 0) | (IS_NOISE[byte] === 1 ? 32 : 0));
  const rows = new Uint8Array(16);
  for (let byte = 0; byte < 0x80; byte += 1) {
    if (kinds[byte] !== ORDINARY) rows[byte & 15] = (rows[byte & 15] as number) | (1 << (byte >> 4));
  }
  return { actions, rows };
}

let loaded: ScanTable | undefined;

function load(table: ScanTable): void {
  if (table === loaded) return;
  loaded = table;
  ACTIONS.set(table.actions);
  ROWS.set(table.rows);
}

/** Whose findings stand in the memory. */
let owner: SegmentIndex | undefined;

/**
 * Where the next whole segments end and are divided: one run over them costs less than one for each. It knows
 * nothing of headers, binary elements and limits, and nothing of a segment that has not ended.
 *
 * What it found stays in the memory of the scan until another index needs that; `moved` is told when it has been copied.
 */
export class SegmentIndex {
  /** Places of separators and terminators in the buffer. */
  marks = MARKS;
  /** The numbers of the marks that end a tag or an element. */
  elementMarks = ELEMENT_MARKS;
  /** Of each segment its first byte, its packed tag, the number of its last mark, with flags, and of its last element mark. */
  segments = SEGMENTS;
  /** Segments found, and not forgotten since. */
  length = 0;
  #found = 0;
  readonly #moved: () => void;

  constructor(moved: () => void) {
    this.#moved = moved;
  }

  /** Looks at bytes from the first of a tag on. */
  fill(bytes: Uint8Array, from: number, to: number, table: ScanTable): void {
    this.length = 0;
    if (to - from < LEAST_BYTES) return;
    if (owner !== this) this.#own();
    load(table);
    const length = Math.min(to - from, MOST_BYTES);
    BYTES.set(bytes.subarray(from, from + length));
    this.#found = scan(length, from - BYTES.byteOffset);
    this.length = this.#found;
  }

  /** What was found is not needed any more. */
  release(): void {
    if (owner === this) owner = undefined;
  }

  #own(): void {
    if (owner !== undefined) owner.#move();
    owner = this;
    this.marks = MARKS;
    this.elementMarks = ELEMENT_MARKS;
    this.segments = SEGMENTS;
  }

  #move(): void {
    const last = (this.#found - 1) * SEGMENT_NUMBERS;
    this.marks = MARKS.slice(0, ((SEGMENTS[last + LAST_MARK] ?? 0) & MARK_NUMBER) + 1);
    this.elementMarks = ELEMENT_MARKS.slice(0, (SEGMENTS[last + LAST_ELEMENT] ?? 0) + 1);
    this.segments = SEGMENTS.slice(0, last + SEGMENT_NUMBERS);
    this.#moved();
  }
}
