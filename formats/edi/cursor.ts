import {
  byteKinds,
  COMPONENT,
  CONTROL,
  ELEMENT,
  endKinds,
  headerKinds,
  LETTER,
  ORDINARY,
  RELEASE,
  REPETITION,
  TAG,
  TERMINATOR,
} from './byte-kinds.ts';
import type { Characters } from './characters.ts';
import type { Delimiters } from './delimiters.ts';
import type { Limits } from './limits.ts';
import { packTag, type Segment } from './segment.ts';

/** What `next` found. */
export const MORE = 0;
export const SEGMENT = 1;
/** A segment begins whose tag may open an interchange with delimiters of its own: look before it is scanned. */
export const HEADER = 2;

/** Up to here V8 copies a slice; a longer one would hold on to the whole text it was cut from. */
const LONGEST_COPIED_SLICE = 12;
const INITIAL_BYTES = 131_072;
const BIN = packTag('BIN');
const BDS = packTag('BDS');
const [ISA, UNA, UNB, UIB, STX] = ['ISA', 'UNA', 'UNB', 'UIB', 'STX'].map(packTag);

/** Blanks, line breaks, NUL and SUB between segments mean nothing. */
const IS_NOISE = new Uint8Array(256);
for (const byte of [0x00, 0x09, 0x0a, 0x0d, 0x1a, 0x20]) IS_NOISE[byte] = 1;

function opensInterchange(tag: number): boolean {
  return tag === ISA || tag === UNB || tag === UNA || tag === STX || tag === UIB;
}

const NO_BINARY = -1;
/** No mark: the component does not stand. */
const ABSENT = -1;
/** As many digits as a number holds exactly. */
const MOST_DIGITS = 15;
const [DIGIT_0, MINUS, POINT] = [0x30, 0x2d, 0x2e];
const EMPTY_TABLE = new Uint8Array(256);

/**
 * Takes bytes apart into segments, elements, repetitions and components. It serves every standard that has delimiters.
 *
 * Bytes are copied into one buffer that is used again and again, so nothing of the caller is held, and a value that the
 * caller keeps holds nothing of ours. The scan writes where each element ends into a table that is used again for the
 * next segment (a mark is position * 4 + kind), and makes no string: that happens when an element is asked for. When the
 * bytes run out it remembers where it stood, and goes on from there: each byte is looked at once, however it arrives.
 */
export class SegmentCursor implements Segment {
  readonly #limits: Limits;
  #bytes = Buffer.allocUnsafeSlow(INITIAL_BYTES + 1);
  /** Bytes of the file before the first in the buffer. */
  #base = 0;
  #start = 0;
  #scan = 0;
  #end = 0;
  #isFinal = false;

  #marks: Int32Array;
  #markCount = 0;
  /** For each element the number of its first mark; element 0 is the tag. */
  #firstMarks: Int32Array;
  #elementCount = 0;
  #isComplete = false;
  #isBegun = false;
  #isLetterSeen = false;
  #isReleaseSeen = false;
  #isControlSeen = false;
  #isCut = false;
  #isUnterminated = false;
  #dropped = 0;
  #emptySegments = 0;
  /** The element whose length is announced by the one before it; its bytes are not looked at. */
  #binaryElement = NO_BINARY;
  #binaryLeft = 0;
  #packedTag = -1;

  #kinds: Uint8Array = EMPTY_TABLE;
  #bodyKinds: Uint8Array = EMPTY_TABLE;
  #endKinds: Uint8Array = EMPTY_TABLE;
  #delimiters: Delimiters | undefined;
  #terminator = 0;
  #release = 0;
  #characters: Characters | undefined;

  #text = '';
  #textFrom = -1;
  readonly #tags = new Map<number, string>();

  constructor(limits: Limits) {
    this.#limits = limits;
    const size = Math.min(256, limits.elementsPerSegment + 2);
    this.#marks = new Int32Array(size);
    this.#firstMarks = new Int32Array(size);
  }

  /** Takes over some bytes; the caller may use its array again. At most 64 KiB at once keep the memory flat. */
  push(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#bytes.length - 1) this.#makeRoom(chunk.length);
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
    this.#textFrom = -1;
  }

  /** No more bytes will come. */
  finish(): void {
    this.#isFinal = true;
  }

  get isFinal(): boolean {
    return this.#isFinal;
  }

  /** The bytes that wait, and their bounds; for whoever looks for a header. Valid until the next call of anything. */
  get buffered(): { readonly bytes: Buffer; readonly from: number; readonly to: number } {
    return { bytes: this.#bytes, from: this.#isComplete ? this.#nextStart : this.#start, to: this.#end };
  }

  /** The place in the file of a position in the buffer. */
  fileOffset(position: number): number {
    return this.#base + position;
  }

  /** Leaves bytes out, up to a position in the buffer. */
  skipTo(position: number): void {
    this.#beginAt(Math.min(position, this.#end));
  }

  /** From here on these delimiters hold. With `headerIsFixed` they first hold after the segment that begins here (ISA). */
  open(delimiters: Delimiters, characters: Characters, shape: { readonly headerIsFixed: boolean }): void {
    this.#delimiters = delimiters;
    this.#terminator = delimiters.terminator;
    this.#release = delimiters.release;
    this.#characters = characters;
    this.#bodyKinds = byteKinds(delimiters, characters);
    this.#endKinds = endKinds(delimiters);
    this.#kinds = shape.headerIsFixed ? headerKinds(delimiters) : this.#bodyKinds;
    this.#isBegun = true;
  }

  /** Scans a segment whose tag looked like a header and is none. */
  scanAnyway(): void {
    this.#isBegun = true;
  }

  /** Reads letters otherwise from here on; the delimiters stay. */
  useCharacters(characters: Characters): void {
    if (this.#delimiters === undefined) return;
    this.#characters = characters;
    this.#bodyKinds = byteKinds(this.#delimiters, characters);
  }

  /** Goes on to the next segment. */
  next(): typeof MORE | typeof SEGMENT | typeof HEADER {
    if (this.#isComplete) this.#leave();
    if (!this.#isBegun) {
      const found = this.#begin();
      if (found !== SEGMENT) return found;
    }
    return this.#scanSegment();
  }

  /** Empty segments passed over since this was last asked. */
  takeEmptySegments(): number {
    const count = this.#emptySegments;
    this.#emptySegments = 0;
    return count;
  }

  /** The file ended before the terminator of this segment. */
  get isUnterminated(): boolean {
    return this.#isUnterminated;
  }

  get hasControlCharacters(): boolean {
    return this.#isControlSeen;
  }

  #makeRoom(needed: number): void {
    const held = this.#end - this.#start;
    const target = held + needed > (this.#bytes.length - 1) >> 1 ? this.#grown(held + needed) : this.#bytes;
    this.#bytes.copy(target, 0, this.#start, this.#end);
    const shift = this.#start;
    for (let mark = 0; mark < this.#markCount; mark += 1) this.#marks[mark] = (this.#marks[mark] as number) - shift * 4;
    this.#bytes = target;
    this.#base += shift;
    this.#start = 0;
    this.#scan -= shift;
    this.#end = held;
  }

  #grown(needed: number): Buffer<ArrayBuffer> {
    let size = this.#bytes.length - 1;
    while (size < needed * 2) size *= 2;
    return Buffer.allocUnsafeSlow(size + 1);
  }

  #leave(): void {
    this.#kinds = this.#bodyKinds;
    this.#beginAt(this.#nextStart);
  }

  get #nextStart(): number {
    return this.#isUnterminated ? this.#scan : this.#scan + 1;
  }

  #beginAt(position: number): void {
    this.#base += this.#dropped;
    this.#start = position;
    this.#scan = position;
    this.#dropped = 0;
    this.#isComplete = false;
    this.#isBegun = false;
    this.#isLetterSeen = false;
    this.#isReleaseSeen = false;
    this.#isControlSeen = false;
    this.#isUnterminated = false;
    this.#isCut = false;
    this.#binaryElement = NO_BINARY;
    this.#binaryLeft = 0;
    this.#markCount = 0;
    this.#elementCount = 0;
  }

  /** Passes over noise and empty segments to the first byte of a tag, and looks at the tag. */
  #begin(): typeof MORE | typeof SEGMENT | typeof HEADER {
    const bytes = this.#bytes;
    const end = this.#end;
    const terminator = this.#terminator;
    let at = this.#start;
    for (; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (byte === terminator) this.#emptySegments += IS_NOISE[byte] === 1 ? 0 : 1;
      else if (IS_NOISE[byte] === 0) break;
    }
    this.#start = at;
    this.#scan = at;
    if (at === end || (end - at < 4 && !this.#isFinal)) return MORE;
    this.#packedTag = ((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number);
    if (opensInterchange(this.#packedTag) && end - at >= 3) return HEADER;
    this.#isBegun = true;
    this.#findBinary();
    return SEGMENT;
  }

  /** BIN01 and BDS02 say how many bytes the element after them has; those may hold anything. */
  #findBinary(): void {
    if (this.#packedTag !== BIN && this.#packedTag !== BDS) return;
    if (this.#release !== 0 || this.#kinds[this.#bytes[this.#start + 3] as number] !== ELEMENT) return;
    this.#binaryElement = this.#packedTag === BIN ? 2 : 3;
  }

  /** The hot loop. A terminator stands behind the last byte, so that the loop needs no look at the end of the buffer. */
  #scanSegment(): typeof MORE | typeof SEGMENT {
    const bytes = this.#bytes;
    const end = this.#end;
    bytes[end] = this.#terminator;
    let kinds = this.#kinds;
    let marks = this.#marks;
    let firstMarks = this.#firstMarks;
    let markCount = this.#markCount;
    let elementCount = this.#elementCount;
    let at = this.#scan;
    const binaryElement = this.#binaryElement;
    if (this.#binaryLeft > 0) {
      at = this.#passBinary(at);
      if (this.#binaryLeft > 0 && !this.#isFinal) return this.#suspend();
    }
    for (;;) {
      let kind = kinds[bytes[at] as number] as number;
      while (kind === ORDINARY) {
        at += 1;
        kind = kinds[bytes[at] as number] as number;
      }
      if (kind === ELEMENT || (kind === TAG && markCount === 0)) {
        if (markCount + 2 >= marks.length) {
          this.#markCount = markCount;
          this.#elementCount = elementCount;
          if (!this.#growMarks()) {
            kinds = this.#cut();
            continue;
          }
          marks = this.#marks;
          firstMarks = this.#firstMarks;
        }
        marks[markCount] = at * 4 + ELEMENT;
        markCount += 1;
        elementCount += 1;
        firstMarks[elementCount] = markCount;
        at += 1;
        if (elementCount === binaryElement) {
          this.#markCount = markCount;
          this.#elementCount = elementCount;
          this.#binaryLeft = this.#announcedBytes();
          at = this.#passBinary(at);
          if (this.#binaryLeft > 0 && !this.#isFinal) return this.#suspend();
        }
      } else if (kind === COMPONENT || kind === REPETITION) {
        if (markCount + 2 >= marks.length) {
          this.#markCount = markCount;
          this.#elementCount = elementCount;
          if (!this.#growMarks()) {
            kinds = this.#cut();
            continue;
          }
          marks = this.#marks;
          firstMarks = this.#firstMarks;
        }
        marks[markCount] = at * 4 + kind;
        markCount += 1;
        at += 1;
      } else if (kind === TERMINATOR) {
        this.#scan = at;
        if (!this.#isCut) {
          this.#markCount = markCount;
          this.#elementCount = elementCount;
        }
        if (at === end && !this.#isFinal) return this.#suspend();
        return this.#complete();
      } else if (kind === RELEASE) {
        if (at + 1 >= end) {
          if (this.#isFinal) {
            at = end;
            continue;
          }
          this.#scan = at;
          if (!this.#isCut) {
            this.#markCount = markCount;
            this.#elementCount = elementCount;
          }
          return MORE;
        }
        this.#isReleaseSeen = true;
        // The letter after it may be a high byte: then the element needs its decoder as well.
        if ((bytes[at + 1] as number) >= 0x80) this.#isLetterSeen = true;
        at += 2;
      } else {
        if (kind === LETTER) this.#isLetterSeen = true;
        else if (kind === CONTROL) this.#isControlSeen = true;
        at += 1;
      }
    }
  }

  #suspend(): typeof MORE {
    if (this.#isCut) {
      this.#drop();
      return MORE;
    }
    const last = this.#markCount === 0 ? this.#start : ((this.#marks[this.#markCount - 1] as number) >>> 2) + 1;
    const { bytesPerElement, bytesPerSegment } = this.#limits;
    if (this.#end - last > bytesPerElement || this.#end - this.#start > bytesPerSegment) {
      this.#kinds = this.#cut();
      this.#drop();
    }
    return MORE;
  }

  #complete(): typeof SEGMENT {
    const at = this.#scan;
    this.#isComplete = true;
    this.#isUnterminated = at === this.#end;
    if (!this.#isCut && this.#passesLimit(at)) this.#cut();
    if (this.#isCut) return SEGMENT;
    this.#marks[this.#markCount] = at * 4;
    this.#markCount += 1;
    this.#firstMarks[this.#elementCount + 1] = this.#markCount;
    this.#packedTag = this.#packTagAt(this.#start, (this.#marks[0] as number) >>> 2);
    return SEGMENT;
  }

  #passesLimit(end: number): boolean {
    const { bytesPerElement, bytesPerSegment } = this.#limits;
    if (end - this.#start <= bytesPerElement) return false;
    if (end - this.#start > bytesPerSegment) return true;
    let from = this.#start;
    for (let mark = 0; mark < this.#markCount; mark += 1) {
      const to = (this.#marks[mark] as number) >>> 2;
      if (to - from > bytesPerElement) return true;
      from = to + 1;
    }
    return end - from > bytesPerElement;
  }

  #packTagAt(from: number, to: number): number {
    const bytes = this.#bytes;
    if (to - from === 3) {
      return ((bytes[from] as number) << 16) | ((bytes[from + 1] as number) << 8) | (bytes[from + 2] as number);
    }
    if (to - from === 2) return ((bytes[from] as number) << 16) | ((bytes[from + 1] as number) << 8);
    return to - from === 1 ? (bytes[from] as number) << 16 : -1;
  }

  /** Makes room for marks. False when the segment has more elements than it may. */
  #growMarks(): boolean {
    const limit = this.#limits.elementsPerSegment;
    if (this.#markCount >= limit) return false;
    const size = Math.min(this.#marks.length * 2, limit + 2);
    const [marks, firstMarks] = [new Int32Array(size), new Int32Array(size)];
    marks.set(this.#marks);
    firstMarks.set(this.#firstMarks);
    this.#marks = marks;
    this.#firstMarks = firstMarks;
    return size > this.#markCount + 2;
  }

  /** From here on only the end of the segment matters. The tag stays, if it has ended; the answer is the table to go on with. */
  #cut(): Uint8Array {
    this.#isCut = true;
    const tagEnd = this.#markCount === 0 ? this.#start : (this.#marks[0] as number) >>> 2;
    this.#packedTag = this.#packTagAt(this.#start, tagEnd);
    this.#marks[0] = tagEnd * 4;
    this.#markCount = 1;
    this.#elementCount = 0;
    this.#kinds = this.#endKinds;
    return this.#endKinds;
  }

  /** Forgets what was read past of a cut segment, all but its tag. */
  #drop(): void {
    const keep = ((this.#marks[0] as number) >>> 2) + 1;
    if (this.#end <= keep) return;
    this.#dropped += this.#end - keep;
    this.#end = keep;
    this.#scan = keep;
  }

  #announcedBytes(): number {
    const announced = this.element(this.#elementCount - 1).trim();
    return /^\d{1,15}$/.test(announced) ? Number(announced) : 0;
  }

  /** Goes past announced bytes; beyond the limit of an element they are not kept. */
  #passBinary(at: number): number {
    const passed = Math.min(this.#binaryLeft, this.#end - at);
    this.#binaryLeft -= passed;
    this.#scan = at + passed;
    return this.#scan;
  }

  get tag(): string {
    if (!this.#isComplete) return '';
    const known = this.#tags.get(this.#packedTag);
    if (known !== undefined) return known;
    const tag = this.#bytes.latin1Slice(this.#start, (this.#marks[0] as number) >>> 2);
    if (this.#packedTag !== -1 && this.#tags.size < 4096) this.#tags.set(this.#packedTag, tag);
    return tag;
  }

  get packedTag(): number {
    return this.#packedTag;
  }

  get offset(): number {
    return this.#base + this.#start;
  }

  get elementCount(): number {
    return this.#elementCount;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  element(element: number): string {
    if (element > this.#elementCount || element < 0) return '';
    const first = this.#firstMarks[element] as number;
    const last = this.#lastMark(element);
    return this.#between(
      first === 0 ? this.#start : ((this.#marks[first - 1] as number) >>> 2) + 1,
      (this.#marks[last] as number) >>> 2,
    );
  }

  value(element: number, component = 1, repetition = 1): string {
    const mark = this.#markOf(element, component, repetition);
    if (mark === ABSENT) return '';
    return this.#between(this.#startOf(mark), (this.#marks[mark] as number) >>> 2);
  }

  isPresent(element: number): boolean {
    if (element > this.#elementCount || element < 0) return false;
    const first = this.#firstMarks[element] as number;
    const from = first === 0 ? this.#start : ((this.#marks[first - 1] as number) >>> 2) + 1;
    return (this.#marks[this.#lastMark(element)] as number) >>> 2 > from;
  }

  repetitions(element: number): number {
    if (element > this.#elementCount || element < 1) return 1;
    let count = 1;
    const last = this.#lastMark(element);
    for (let mark = this.#firstMarks[element] as number; mark < last; mark += 1) {
      if (((this.#marks[mark] as number) & 3) === REPETITION) count += 1;
    }
    return count;
  }

  components(element: number, repetition = 1): number {
    if (element > this.#elementCount || element < 1) return 1;
    const last = this.#lastMark(element);
    let [count, current] = [1, 1];
    for (let mark = this.#firstMarks[element] as number; mark < last && current <= repetition; mark += 1) {
      const kind = (this.#marks[mark] as number) & 3;
      if (kind === REPETITION) current += 1;
      else if (kind === COMPONENT && current === repetition) count += 1;
    }
    return count;
  }

  get partCount(): number {
    return this.#markCount - 1;
  }

  partEnd(part: number): number {
    return (this.#marks[part] as number) & 3;
  }

  partLength(part: number): number {
    const from = this.#startOf(part);
    const to = (this.#marks[part] as number) >>> 2;
    return this.#isLetterSeen || this.#isReleaseSeen ? this.#between(from, to).length : to - from;
  }

  partDigits(part: number): number {
    const bytes = this.#bytes;
    const from = this.#startOf(part);
    const to = (this.#marks[part] as number) >>> 2;
    if (to === from || to - from > MOST_DIGITS) return -1;
    let digits = 0;
    for (let at = from; at < to; at += 1) {
      const digit = (bytes[at] as number) - DIGIT_0;
      if (digit < 0 || digit > 9) return -1;
      digits = digits * 10 + digit;
    }
    return digits;
  }

  partNumber(part: number): number {
    const bytes = this.#bytes;
    const from = this.#startOf(part);
    const to = (this.#marks[part] as number) >>> 2;
    let [digits, points] = [0, 0];
    for (let at = bytes[from] === MINUS ? from + 1 : from; at < to; at += 1) {
      const digit = (bytes[at] as number) - DIGIT_0;
      if (digit >= 0 && digit <= 9) digits += 1;
      else if (bytes[at] === POINT && points === 0 && digits > 0 && at + 1 < to) points = 1;
      else return 0;
    }
    return points === 0 ? digits : -digits;
  }

  partText(part: number): string {
    return this.#between(this.#startOf(part), (this.#marks[part] as number) >>> 2);
  }

  offsetOf(element: number): number {
    if (element > this.#elementCount || element < 1) return this.offset;
    return this.#base + ((this.#marks[(this.#firstMarks[element] as number) - 1] as number) >>> 2) + 1;
  }

  copy(): Buffer {
    return Buffer.from(this.#bytes.subarray(this.#start, this.#isCut ? (this.#marks[0] as number) >>> 2 : this.#scan));
  }

  /** The mark that ends a component, or ABSENT. */
  #markOf(element: number, component: number, repetition: number): number {
    if (element > this.#elementCount || element < 0) return ABSENT;
    const marks = this.#marks;
    const last = this.#lastMark(element);
    let mark = this.#firstMarks[element] as number;
    for (let left = repetition; left > 1; mark += 1) {
      if (mark >= last) return ABSENT;
      if (((marks[mark] as number) & 3) === REPETITION) left -= 1;
    }
    for (let left = component; left > 1; left -= 1, mark += 1) {
      if (mark >= last || ((marks[mark] as number) & 3) !== COMPONENT) return ABSENT;
    }
    return mark;
  }

  #startOf(mark: number): number {
    return mark === 0 ? this.#start : ((this.#marks[mark - 1] as number) >>> 2) + 1;
  }

  /** The mark that ends an element: the one before the first of the next, and the segment's end for the last. */
  #lastMark(element: number): number {
    return (this.#firstMarks[element + 1] as number) - 1;
  }

  #between(from: number, to: number): string {
    if (from >= to) return '';
    if (this.#isLetterSeen || this.#isReleaseSeen) return this.#decoded(from, to);
    if (to - from > 2 * LONGEST_COPIED_SLICE) return this.#bytes.latin1Slice(from, to);
    if (this.#textFrom === -1) {
      this.#text = this.#bytes.latin1Slice(this.#start, this.#end);
      this.#textFrom = this.#start;
    }
    const first = from - this.#textFrom;
    const last = to - this.#textFrom;
    if (last - first <= LONGEST_COPIED_SLICE) return this.#text.slice(first, last);
    // Two copies joined cost less than a call into the buffer's own code.
    const middle = first + LONGEST_COPIED_SLICE;
    return this.#text.slice(first, middle) + this.#text.slice(middle, last);
  }

  #decoded(from: number, to: number): string {
    const bytes = this.#isReleaseSeen ? this.#withoutRelease(from, to) : this.#bytes;
    const [first, last] = bytes === this.#bytes ? [from, to] : [0, bytes.length];
    if (!this.#isLetterSeen || this.#characters === undefined) return bytes.latin1Slice(first, last);
    return this.#characters.decode(bytes, first, last);
  }

  #withoutRelease(from: number, to: number): Buffer {
    const bytes = this.#bytes;
    const found = bytes.indexOf(this.#release, from);
    if (found === -1 || found >= to) return bytes;
    const kept = Buffer.allocUnsafe(to - from);
    let length = 0;
    for (let at = from; at < to; at += 1) {
      if (bytes[at] === this.#release && at + 1 < to) at += 1;
      kept[length] = bytes[at] as number;
      length += 1;
    }
    return kept.subarray(0, length);
  }
}
