import * as kindsOfBytes from './byte-kinds.ts';
import type { Characters } from './characters.ts';
import type { Segment } from './segment.ts';
import * as segmentIndex from './segment-index.ts';
import * as tinyTexts from './tiny-texts.ts';

// What crosses the border of a module is looked up at each use; what stands here is built into the compiled code.
const { COMPONENT, ELEMENT, LETTER, REPETITION } = kindsOfBytes;
const { HAS_CONTROLS, HAS_LETTERS, HAS_RELEASE, HAS_REPETITIONS } = segmentIndex;
const { tinyText } = tinyTexts;

/**
 * Bytes made a text at once, from which values are cut. A cut of more than 12 letters holds on to that text; and a longer text would
 * live until V8 collects, which has it take more memory for all that is young.
 */
const TEXT_BYTES = 1024;
const LONGEST_CUT = 80;
const NO_MARK = -1;
/** As many digits as a number holds exactly. */
const MOST_DIGITS = 15;
const DIGIT_0 = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
export const NO_MARKS = new Int32Array(1);
export const NO_KINDS = new Uint8Array(256);

/** The segment at hand in the buffer of the cursor. The cursor sets what stands here; others see a `Segment`. */
export class SegmentView implements Segment {
  bytes = Buffer.allocUnsafeSlow(0);
  /** Bytes of the file before the first in the buffer. */
  base = 0;
  start = 0;
  /** Where the bytes in the buffer end. */
  end = 0;
  /** Its marks stand in here, from that which ends its tag to that which ends it. */
  marks = NO_MARKS;
  tagMark = 0;
  lastMark = 0;
  /** The numbers of those of them that end its tag and its elements stand in here, from that of the tag on. */
  elementMarks = NO_MARKS;
  tagElement = 0;
  elementCount = 0;
  flags = 0;
  packedTag = -1;
  /** All of it has been found. */
  isComplete = false;
  isCut = false;
  kinds: Uint8Array = NO_KINDS;
  release = 0;
  characters: Characters | undefined;

  #measures = NO_MARKS;
  #text = '';
  #textFrom = 0;
  #textTo = 0;

  /** Other bytes stand in the buffer. */
  forgetText(): void {
    this.#textTo = 0;
  }

  /** Whether control characters may stand in it. */
  get hasControlCharacters(): boolean {
    return (this.flags & HAS_CONTROLS) !== 0;
  }

  get tag(): string {
    return this.isComplete ? this.#asciiText(this.start, this.marks[this.tagMark] as number) : '';
  }

  get offset(): number {
    return this.base + this.start;
  }

  element(element: number): string {
    if (element < 1 || element > this.elementCount) return '';
    const at = this.tagElement + element;
    return this.#textBetween(this.#elementEnd(at - 1) + 1, this.#elementEnd(at));
  }

  value(element: number, component = 1, repetition = 1): string {
    if (element < 1 || element > this.elementCount) return '';
    const before = this.elementMarks[this.tagElement + element - 1] as number;
    const last = this.elementMarks[this.tagElement + element] as number;
    const mark =
      (this.flags & HAS_REPETITIONS) !== 0 || repetition > 1
        ? this.#markOf(element, component, repetition)
        : before + Math.max(component, 1);
    if (mark === NO_MARK || mark > last) return '';
    return this.#textBetween((this.marks[mark - 1] as number) + 1, this.marks[mark] as number);
  }

  isPresent(element: number): boolean {
    if (element > this.elementCount || element < 1) return false;
    const at = this.tagElement + element;
    return this.#elementEnd(at) > this.#elementEnd(at - 1) + 1;
  }

  #elementEnd(at: number): number {
    return this.marks[this.elementMarks[at] as number] as number;
  }

  repetitions(element: number): number {
    if (element > this.elementCount || element < 1 || (this.flags & HAS_REPETITIONS) === 0) return 1;
    let count = 1;
    const last = this.#firstMark(element + 1) - 1;
    for (let mark = this.#firstMark(element); mark < last; mark += 1) {
      if (this.#kindAt(this.marks[mark] as number) === REPETITION) count += 1;
    }
    return count;
  }

  components(element: number, repetition = 1): number {
    if (element > this.elementCount || element < 1) return 1;
    const first = this.#firstMark(element);
    const last = this.#firstMark(element + 1) - 1;
    if ((this.flags & HAS_REPETITIONS) === 0) return repetition > 1 ? 1 : last - first + 1;
    let [count, current] = [1, 1];
    for (let mark = first; mark < last && current <= repetition; mark += 1) {
      if (this.#kindAt(this.marks[mark] as number) === REPETITION) current += 1;
      else if (current === repetition) count += 1;
    }
    return count;
  }

  get partCount(): number {
    return this.lastMark - this.tagMark;
  }

  measureParts(): Int32Array {
    const [first, last] = [this.tagMark, this.lastMark];
    if (this.#measures.length <= last - first) this.#measures = new Int32Array(2 * (last - first + 1));
    const measures = this.#measures;
    if ((this.flags & (HAS_LETTERS | HAS_RELEASE)) !== 0) this.#measureDecoded(measures);
    else if (last - first === this.elementCount) this.#measureElements(measures);
    else this.#measurePlain(measures);
    // Its kind is that of a terminator, or of nothing where the file ends.
    if (last > first) measures[last - first] = (measures[last - first] as number) & ~3;
    return measures;
  }

  /** Where each element is one part. */
  #measureElements(measures: Int32Array): void {
    const marks = this.marks;
    const first = this.tagMark;
    const last = this.lastMark;
    let from = (marks[first] as number) + 1;
    for (let mark = first + 1; mark <= last; mark += 1) {
      const to = marks[mark] as number;
      measures[mark - first] = (to - from) * 4 + ELEMENT;
      from = to + 1;
    }
  }

  #measurePlain(measures: Int32Array): void {
    const marks = this.marks;
    const bytes = this.bytes;
    const kinds = this.kinds;
    const first = this.tagMark;
    const last = this.lastMark;
    let from = (marks[first] as number) + 1;
    for (let mark = first + 1; mark <= last; mark += 1) {
      const to = marks[mark] as number;
      measures[mark - first] = (to - from) * 4 + ((kinds[bytes[to] as number] as number) & 3);
      from = to + 1;
    }
  }

  #measureDecoded(measures: Int32Array): void {
    for (let mark = this.tagMark + 1; mark <= this.lastMark; mark += 1) {
      const [from, to] = [(this.marks[mark - 1] as number) + 1, this.marks[mark] as number];
      measures[mark - this.tagMark] = this.#decoded(from, to).length * 4 + (this.#kindAt(to) & 3);
    }
  }

  partDigits(part: number): number {
    const bytes = this.bytes;
    const mark = this.tagMark + part;
    const from = (this.marks[mark - 1] as number) + 1;
    const to = this.marks[mark] as number;
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
    const bytes = this.bytes;
    const mark = this.tagMark + part;
    const from = (this.marks[mark - 1] as number) + 1;
    const to = this.marks[mark] as number;
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
    const mark = this.tagMark + part;
    return this.#textBetween((this.marks[mark - 1] as number) + 1, this.marks[mark] as number);
  }

  offsetOf(element: number): number {
    if (element > this.elementCount || element < 1) return this.offset;
    return this.base + (this.marks[this.#firstMark(element) - 1] as number) + 1;
  }

  copy(): Buffer {
    return Buffer.from(this.bytes.subarray(this.start, this.marks[this.lastMark] as number));
  }

  /** The mark that ends the first component of an element; for the one after the last element, that after the segment. */
  #firstMark(element: number): number {
    return (this.elementMarks[this.tagElement + element - 1] as number) + 1;
  }

  /** The mark that ends a component of an element that is there, when the segment has parts. */
  #markOf(element: number, component: number, repetition: number): number {
    const last = this.#firstMark(element + 1) - 1;
    let mark = this.#firstMark(element);
    for (let left = repetition; left > 1; mark += 1) {
      if (mark >= last) return NO_MARK;
      if (this.#kindAt(this.marks[mark] as number) === REPETITION) left -= 1;
    }
    for (let left = component; left > 1; left -= 1, mark += 1) {
      if (mark >= last || this.#kindAt(this.marks[mark] as number) !== COMPONENT) return NO_MARK;
    }
    return mark;
  }

  #kindAt(position: number): number {
    return this.kinds[this.bytes[position] as number] as number;
  }

  #textBetween(from: number, to: number): string {
    if ((this.flags & (HAS_LETTERS | HAS_RELEASE)) !== 0) return this.#decoded(from, to);
    return this.#asciiText(from, to);
  }

  #asciiText(from: number, to: number): string {
    const length = to - from;
    if (length <= 2) return tinyText(this.bytes, from, length);
    if (length > LONGEST_CUT) return this.bytes.latin1Slice(from, to);
    if (from < this.#textFrom || to > this.#textTo) this.#takeText(from, to);
    return this.#text.slice(from - this.#textFrom, to - this.#textFrom);
  }

  /** Makes the text around a value: from the segment at hand on, or from the value where that is far. */
  #takeText(from: number, to: number): void {
    this.#textFrom = to - this.start > TEXT_BYTES ? from : this.start;
    this.#textTo = Math.min(this.#textFrom + TEXT_BYTES, this.end);
    this.#text = this.bytes.latin1Slice(this.#textFrom, this.#textTo);
  }

  #decoded(from: number, to: number): string {
    const bytes = (this.flags & HAS_RELEASE) !== 0 ? this.#withoutRelease(from, to) : this.bytes;
    const [first, last] = bytes === this.bytes ? [from, to] : [0, bytes.length];
    if (this.characters !== undefined && this.#hasLetters(bytes, first, last)) {
      return this.characters.decode(bytes, first, last);
    }
    return bytes === this.bytes ? this.#asciiText(from, to) : bytes.latin1Slice(first, last);
  }

  #hasLetters(bytes: Buffer, from: number, to: number): boolean {
    if ((this.flags & HAS_LETTERS) === 0) return false;
    for (let at = from; at < to; at += 1) {
      if (this.kinds[bytes[at] as number] === LETTER) return true;
    }
    return false;
  }

  #withoutRelease(from: number, to: number): Buffer {
    const { bytes, release } = this;
    let at = from;
    while (at < to && bytes[at] !== release) at += 1;
    if (at === to) return bytes;
    const kept = Buffer.allocUnsafe(to - from);
    let length = bytes.copy(kept, 0, from, at);
    for (; at < to; at += 1) {
      if (bytes[at] === release && at + 1 < to) at += 1;
      kept[length] = bytes[at] as number;
      length += 1;
    }
    return kept.subarray(0, length);
  }
}
