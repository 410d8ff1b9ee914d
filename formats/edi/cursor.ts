import * as kindsOfBytes from './byte-kinds.ts';
import type { Characters } from './characters.ts';
import type { Delimiters } from './delimiters.ts';
import { type KindTables, kindTables } from './kind-tables.ts';
import type { Limits } from './limits.ts';
import { packTag, type Segment } from './segment.ts';
import * as segmentIndex from './segment-index.ts';
import { SegmentIndex } from './segment-index.ts';
import { tinyText } from './tiny-texts.ts';

// What crosses the border of a module is looked up at each use; what stands here is built into the compiled code.
const { COMPONENT, CONTROL, ELEMENT, LETTER, ORDINARY, RELEASE, REPETITION, TAG, TERMINATOR } = kindsOfBytes;
const { HAS_CONTROLS, HAS_LETTERS, HAS_RELEASE, HAS_REPETITIONS, IS_NOISE } = segmentIndex;
const { LAST_ELEMENT, LAST_MARK, MARK_NUMBER, PACKED_TAG, SEGMENT_NUMBERS, START } = segmentIndex;

/** What `next` found. */
export const MORE = 0;
export const SEGMENT = 1;
/** A segment begins whose tag may open an interchange with delimiters of its own: look before it is scanned. */
export const HEADER = 2;

/**
 * Bytes made a text at once, from which values are cut. A cut of more than 12 letters holds on to that text; and a longer text would
 * live until V8 collects, which has it take more memory for all that is young.
 */
const TEXT_BYTES = 512;
const LONGEST_CUT = 80;
const INITIAL_BYTES = 16_384;
const INITIAL_MARKS = 256;
const BIN = packTag('BIN');
const BDS = packTag('BDS');
const [ISA, UNA, UNB, UIB, STX] = ['ISA', 'UNA', 'UNB', 'UIB', 'STX'].map(packTag);

const TAG_SLOTS = 256;

/** Where a tag has its place among the trusted ones; two tags may have the same. */
function tagSlot(tag: number): number {
  return (tag ^ (tag >>> 5) ^ (tag >>> 13)) & (TAG_SLOTS - 1);
}

function packTagAt(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length < 1 || length > 3) return -1;
  const letters = ((bytes[from] as number) << 16) | ((bytes[from + 1] as number) << 8) | (bytes[from + 2] as number);
  return length === 3 ? letters : letters & (length === 2 ? 0xffff00 : 0xff0000);
}

/** Tags whose segments are looked at before they are scanned. */
function needsCare(tag: number): boolean {
  return tag === BIN || tag === BDS || opensInterchange(tag);
}

function opensInterchange(tag: number): boolean {
  return tag === ISA || tag === UNB || tag === UNA || tag === STX || tag === UIB;
}

const NO_MARK = -1;
/** As many digits as a number holds exactly. */
const MOST_DIGITS = 15;
const DIGIT_0 = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
const NO_KINDS = new Uint8Array(256);
const NO_TABLES: KindTables = {
  body: NO_KINDS,
  header: NO_KINDS,
  end: NO_KINDS,
  scan: segmentIndex.scanTable(NO_KINDS),
};
const NO_MARKS = new Int32Array(1);

/**
 * Takes bytes apart into segments, elements, repetitions and components. It serves every standard that has delimiters.
 *
 * Bytes are copied into one buffer that is used again and again, so nothing of the caller is held, and a value that the
 * caller keeps holds nothing of ours. A segment is the places of its separators (marks); there is no string before an
 * element is asked for. Whole segments come from an index of what lies ahead. What the index does not know - headers, binary
 * elements, limits, a segment whose end has not come - is scanned by itself into marks of its own; when the bytes run out,
 * the scan remembers where it stood and goes on from there: each byte is looked at a few times at most, however it arrives.
 */
export class SegmentCursor implements Segment {
  readonly #limits: Limits;
  #bytes = Buffer.allocUnsafeSlow(0);
  /** Bytes of the file before the first in the buffer. */
  #base = 0;
  #start = 0;
  #scan = 0;
  #end = 0;
  #isFinal = false;

  /** The marks of the segment at hand stand in here, from that which ends its tag to that which ends it. */
  #marks = NO_MARKS;
  #tagMark = 0;
  #lastMark = 0;
  /** The numbers of those of them that end its tag and its elements stand in here, from that of the tag on. */
  #elementMarks = NO_MARKS;
  #tagElement = 0;
  #elementCount = 0;
  #measures = NO_MARKS;
  #flags = 0;
  #packedTag = -1;
  #isComplete = false;

  readonly #index = new SegmentIndex(() => this.#followIndex());
  /** A segment of no more bytes, and of no more marks, passes no limit. */
  readonly #freelyLong: number;
  readonly #freelyMany: number;
  readonly #trustedTags = new Int32Array(TAG_SLOTS);
  #taken = 0;
  #nextMark = 0;
  #nextElement = 0;

  #scannedMarks = NO_MARKS;
  #scannedElements = NO_MARKS;
  #markCount = 0;
  #isIndexed = false;
  #isBegun = false;
  #isCut = false;
  #isUnterminated = false;
  #dropped = 0;
  #emptySegments = 0;
  /** Elements to come before one whose length the last of them announces, so that its bytes are not looked at; else 0. */
  #elementsToBinary = 0;
  #binaryLeft = 0;

  #kinds: Uint8Array = NO_KINDS;
  #tables = NO_TABLES;
  #delimiters: Delimiters | undefined;
  #terminator = 0;
  #release = 0;
  #characters: Characters | undefined;

  #text = '';
  #textFrom = 0;
  #textTo = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#scannedMarks = new Int32Array(Math.min(INITIAL_MARKS, limits.elementsPerSegment + 2));
    this.#freelyMany = limits.elementsPerSegment - 2;
    this.#freelyLong = Math.min(limits.bytesPerElement, limits.bytesPerSegment);
  }

  /** Takes over some bytes; the caller may use its array again. At most 64 KiB at once keep the memory flat. */
  push(chunk: Uint8Array): void {
    if (this.#end + chunk.length > this.#bytes.length - 1) this.#makeRoom(chunk.length);
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
    this.#textTo = 0;
  }

  /** No more bytes will come. */
  finish(): void {
    this.#isFinal = true;
  }

  /** Nothing will be read any more, nor asked of the segment at hand. */
  close(): void {
    this.#index.release();
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
    this.#forgetIndex();
  }

  /** From here on these delimiters hold. With `headerIsFixed` they first hold after the segment that begins here (ISA). */
  open(delimiters: Delimiters, characters: Characters, shape: { readonly headerIsFixed: boolean }): void {
    this.#delimiters = delimiters;
    this.#terminator = delimiters.terminator;
    this.#release = delimiters.release;
    this.useCharacters(characters);
    this.#kinds = shape.headerIsFixed ? this.#tables.header : this.#tables.body;
    this.#isBegun = true;
    this.#trustedTags.fill(0);
  }

  /** Scans a segment whose tag looked like a header and is none. */
  scanAnyway(): void {
    this.#isBegun = true;
  }

  /** Reads letters otherwise from here on; the delimiters stay. */
  useCharacters(characters: Characters): void {
    if (this.#delimiters === undefined) return;
    this.#characters = characters;
    this.#tables = kindTables(this.#delimiters, characters);
    this.#forgetIndex();
  }

  /** Goes on to the next segment. */
  next(): typeof MORE | typeof SEGMENT | typeof HEADER {
    if (this.#isComplete) this.#leave();
    if (!this.#isBegun) {
      if (this.#takeIndexed()) return SEGMENT;
      const found = this.#begin();
      if (found !== SEGMENT) return found;
    }
    return this.#scanSegment();
  }

  /**
   * Goes on to the next segment if that takes no more than a look: it is whole, its tag is trusted, and nothing is wrong
   * with it. False leaves it for `next`.
   */
  nextTrusted(): boolean {
    const { segments, length } = this.#index;
    if (!this.#isIndexed || this.#taken >= length) return false;
    const at = this.#taken * SEGMENT_NUMBERS;
    const tag = segments[at + PACKED_TAG] as number;
    const packed = segments[at + LAST_MARK] as number;
    if (this.#trustedTags[tagSlot(tag)] !== tag || (packed & MARK_NUMBER) === this.#nextMark) return false;
    if ((packed & HAS_CONTROLS) !== 0 || this.#emptySegments > 0) return false;
    if (this.#mayPassLimit(at)) return false;
    this.#become(at);
    return true;
  }

  /** `nextTrusted` may go on to segments with the tag of this one: it is well-formed and opens and closes nothing. */
  trustTag(): void {
    const tag = this.#packedTag;
    if (tag !== -1 && !needsCare(tag)) this.#trustedTags[tagSlot(tag)] = tag;
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

  /** Whether control characters may stand in the segment at hand. */
  get hasControlCharacters(): boolean {
    return (this.#flags & HAS_CONTROLS) !== 0;
  }

  #makeRoom(needed: number): void {
    const held = this.#end - this.#start;
    const target = held + needed > (this.#bytes.length - 1) >> 1 ? this.#grown(held + needed) : this.#bytes;
    this.#bytes.copy(target, 0, this.#start, this.#end);
    const shift = this.#start;
    const [marks, first, last] = this.#isIndexed
      ? [this.#marks, this.#tagMark, this.#lastMark]
      : [this.#scannedMarks, 0, this.#markCount];
    for (let mark = first; mark <= last; mark += 1) marks[mark] = (marks[mark] as number) - shift;
    this.#forgetIndex();
    this.#bytes = target;
    this.#base += shift;
    this.#start = 0;
    this.#scan -= shift;
    this.#end = held;
  }

  #grown(needed: number): Buffer<ArrayBuffer> {
    let size = INITIAL_BYTES;
    while (size < needed * 2) size *= 2;
    return Buffer.allocUnsafeSlow(size + 1);
  }

  #leave(): void {
    if (!this.#isIndexed) {
      this.#kinds = this.#tables.body;
      this.#passIndexed();
    }
    this.#beginAt(this.#nextStart);
  }

  get #nextStart(): number {
    return this.#isUnterminated ? this.#scan : this.#scan + 1;
  }

  #beginAt(position: number): void {
    this.#start = position;
    this.#scan = position;
    this.#flags = 0;
    this.#isComplete = false;
    this.#elementCount = 0;
    if (this.#isIndexed) {
      this.#isIndexed = false;
      return;
    }
    this.#base += this.#dropped;
    this.#dropped = 0;
    this.#isBegun = false;
    this.#isUnterminated = false;
    this.#isCut = false;
    this.#elementsToBinary = 0;
    this.#binaryLeft = 0;
    this.#markCount = 0;
  }

  /** Takes the next segment from the index, which is made when it has none left. False when it is to be scanned by itself. */
  #takeIndexed(): boolean {
    if (this.#taken === this.#index.length && !this.#lookAhead()) return false;
    const { segments } = this.#index;
    const at = this.#taken * SEGMENT_NUMBERS;
    const tag = segments[at + PACKED_TAG] as number;
    // An empty segment has no tag.
    if (tag === -1 || needsCare(tag) || this.#mayPassLimit(at)) return false;
    this.#become(at);
    return true;
  }

  /** Both take the place of the next segment in what the index says of its segments. */
  #mayPassLimit(at: number): boolean {
    const { segments, marks } = this.#index;
    const last = (segments[at + LAST_MARK] as number) & MARK_NUMBER;
    const length = (marks[last] as number) - (segments[at + START] as number);
    return length > this.#freelyLong || last - this.#nextMark > this.#freelyMany;
  }

  #become(at: number): void {
    const { segments, marks, elementMarks } = this.#index;
    const packed = segments[at + LAST_MARK] as number;
    const last = packed & MARK_NUMBER;
    const lastElement = segments[at + LAST_ELEMENT] as number;
    this.#start = segments[at + START] as number;
    this.#packedTag = segments[at + PACKED_TAG] as number;
    this.#flags = packed;
    this.#marks = marks;
    this.#tagMark = this.#nextMark;
    this.#lastMark = last;
    this.#nextMark = last + 1;
    this.#elementMarks = elementMarks;
    this.#tagElement = this.#nextElement;
    this.#elementCount = lastElement - this.#nextElement;
    this.#nextElement = lastElement + 1;
    this.#taken += 1;
    this.#scan = marks[last] as number;
    this.#isIndexed = true;
    this.#isComplete = true;
  }

  #lookAhead(): boolean {
    const bytes = this.#bytes;
    const end = this.#end;
    let at = this.#start;
    while (at < end && IS_NOISE[bytes[at] as number] === 1) at += 1;
    this.#index.fill(bytes, at, end, this.#tables.scan);
    this.#taken = 0;
    this.#nextMark = 0;
    this.#nextElement = 0;
    return this.#index.length > 0;
  }

  /** Goes past what the index knows of a segment that was scanned. */
  #passIndexed(): void {
    const { marks, segments, length } = this.#index;
    for (; this.#taken < length; this.#taken += 1) {
      const at = this.#taken * SEGMENT_NUMBERS;
      const last = (segments[at + LAST_MARK] as number) & MARK_NUMBER;
      const end = marks[last] as number;
      if (end > this.#scan) break;
      this.#nextMark = last + 1;
      this.#nextElement = (segments[at + LAST_ELEMENT] as number) + 1;
      if (end < this.#scan) continue;
      this.#taken += 1;
      return;
    }
    this.#forgetIndex();
  }

  /** The index has moved what it found to other arrays. */
  #followIndex(): void {
    if (!this.#isIndexed) return;
    this.#marks = this.#index.marks;
    this.#elementMarks = this.#index.elementMarks;
  }

  #forgetIndex(): void {
    this.#index.length = 0;
    this.#taken = 0;
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
    this.#elementsToBinary = this.#packedTag === BIN ? 2 : 3;
  }

  /** Scans byte by byte. A terminator stands behind the last byte, so that the loop needs no look at the end of the buffer. */
  #scanSegment(): typeof MORE | typeof SEGMENT {
    const bytes = this.#bytes;
    const end = this.#end;
    bytes[end] = this.#terminator;
    let kinds = this.#kinds;
    let marks = this.#scannedMarks;
    let markCount = this.#markCount;
    let at = this.#scan;
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
      if (kind <= COMPONENT || (kind === TAG && markCount === 0)) {
        if (markCount + 2 >= marks.length) {
          this.#markCount = markCount;
          if (!this.#growMarks()) {
            kinds = this.#cut();
            continue;
          }
          marks = this.#scannedMarks;
        }
        marks[markCount] = at;
        markCount += 1;
        at += 1;
        if (kind === ELEMENT && this.#elementsToBinary > 0) {
          this.#elementsToBinary -= 1;
          if (this.#elementsToBinary > 0) continue;
          this.#markCount = markCount;
          this.#binaryLeft = this.#announcedBytes();
          at = this.#passBinary(at);
          if (this.#binaryLeft > 0 && !this.#isFinal) return this.#suspend();
        }
      } else if (kind === TERMINATOR) {
        this.#scan = at;
        if (!this.#isCut) this.#markCount = markCount;
        if (at === end && !this.#isFinal) return this.#suspend();
        return this.#complete();
      } else if (kind === RELEASE) {
        if (at + 1 >= end) {
          if (this.#isFinal) {
            at = end;
            continue;
          }
          this.#scan = at;
          if (!this.#isCut) this.#markCount = markCount;
          return MORE;
        }
        this.#flags |= HAS_RELEASE;
        // The letter after it may be a high byte: then the element needs its decoder as well.
        if ((bytes[at + 1] as number) >= 0x80) this.#flags |= HAS_LETTERS;
        at += 2;
      } else {
        if (kind === LETTER) this.#flags |= HAS_LETTERS;
        else if (kind === CONTROL) this.#flags |= HAS_CONTROLS;
        at += 1;
      }
    }
  }

  #suspend(): typeof MORE {
    if (this.#isCut) {
      this.#drop();
      return MORE;
    }
    const last = this.#markCount === 0 ? this.#start : (this.#scannedMarks[this.#markCount - 1] as number) + 1;
    const { bytesPerElement, bytesPerSegment } = this.#limits;
    if (this.#end - last > bytesPerElement || this.#end - this.#start > bytesPerSegment) {
      this.#kinds = this.#cut();
      this.#drop();
    }
    return MORE;
  }

  #complete(): typeof SEGMENT {
    const marks = this.#scannedMarks;
    this.#isComplete = true;
    this.#isUnterminated = this.#scan === this.#end;
    if (this.#isUnterminated && !this.#isCut) this.#leaveNoise();
    const at = this.#scan;
    this.#marks = marks;
    this.#tagMark = 0;
    this.#lastMark = 0;
    if (!this.#isCut && this.#passesLimit(at)) this.#cut();
    if (this.#isCut) return SEGMENT;
    marks[this.#markCount] = at;
    this.#lastMark = this.#markCount;
    this.#layOut();
    this.#packedTag = packTagAt(this.#bytes, this.#start, marks[0] as number);
    return SEGMENT;
  }

  /** What a file without last terminator ends with - a line break, padding - is no part of its last segment. */
  #leaveNoise(): void {
    const from = this.#markCount === 0 ? this.#start : (this.#scannedMarks[this.#markCount - 1] as number) + 1;
    while (this.#scan > from && IS_NOISE[this.#bytes[this.#scan - 1] as number] === 1) this.#scan -= 1;
  }

  #passesLimit(end: number): boolean {
    const { bytesPerElement, bytesPerSegment } = this.#limits;
    if (end - this.#start <= bytesPerElement) return false;
    if (end - this.#start > bytesPerSegment) return true;
    let from = this.#start;
    for (let mark = 0; mark < this.#markCount; mark += 1) {
      const to = this.#scannedMarks[mark] as number;
      if (to - from > bytesPerElement) return true;
      from = to + 1;
    }
    return end - from > bytesPerElement;
  }

  /** Makes room for marks. False when the segment has more elements than it may. */
  #growMarks(): boolean {
    const limit = this.#limits.elementsPerSegment;
    if (this.#markCount >= limit) return false;
    const size = Math.min(this.#scannedMarks.length * 2, limit + 2);
    const marks = new Int32Array(size);
    marks.set(this.#scannedMarks);
    this.#scannedMarks = marks;
    return size > this.#markCount + 2;
  }

  /** From here on only the end of the segment matters. The tag stays, if it has ended; the answer is the table to go on with. */
  #cut(): Uint8Array {
    this.#isCut = true;
    const tagEnd = this.#markCount === 0 ? this.#start : (this.#scannedMarks[0] as number);
    this.#packedTag = packTagAt(this.#bytes, this.#start, tagEnd);
    this.#scannedMarks[0] = tagEnd;
    this.#markCount = 1;
    this.#elementCount = 0;
    this.#kinds = this.#tables.end;
    return this.#kinds;
  }

  /** Forgets what was read past of a cut segment, all but its tag. */
  #drop(): void {
    const keep = (this.#scannedMarks[0] as number) + 1;
    if (this.#end <= keep) return;
    this.#dropped += this.#end - keep;
    this.#end = keep;
    this.#scan = keep;
  }

  /** The number in the element before the one that begins at the last mark. */
  #announcedBytes(): number {
    const marks = this.#scannedMarks;
    const before = marks[this.#markCount - 2] as number;
    if (this.#kindAt(before) !== ELEMENT) return 0;
    const announced = this.#bytes.latin1Slice(before + 1, marks[this.#markCount - 1] as number).trim();
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
    return this.#isComplete ? this.#asciiText(this.#start, this.#marks[this.#tagMark] as number) : '';
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
    if (element < 1 || element > this.#elementCount) return '';
    const at = this.#tagElement + element;
    return this.#textBetween(this.#elementEnd(at - 1) + 1, this.#elementEnd(at));
  }

  value(element: number, component = 1, repetition = 1): string {
    if (element < 1 || element > this.#elementCount) return '';
    const before = this.#elementMarks[this.#tagElement + element - 1] as number;
    const last = this.#elementMarks[this.#tagElement + element] as number;
    const mark =
      (this.#flags & HAS_REPETITIONS) !== 0 || repetition > 1
        ? this.#markOf(element, component, repetition)
        : before + Math.max(component, 1);
    if (mark === NO_MARK || mark > last) return '';
    return this.#textBetween((this.#marks[mark - 1] as number) + 1, this.#marks[mark] as number);
  }

  isPresent(element: number): boolean {
    if (element > this.#elementCount || element < 1) return false;
    const at = this.#tagElement + element;
    return this.#elementEnd(at) > this.#elementEnd(at - 1) + 1;
  }

  #elementEnd(at: number): number {
    return this.#marks[this.#elementMarks[at] as number] as number;
  }

  repetitions(element: number): number {
    if (element > this.#elementCount || element < 1 || (this.#flags & HAS_REPETITIONS) === 0) return 1;
    let count = 1;
    const last = this.#firstMark(element + 1) - 1;
    for (let mark = this.#firstMark(element); mark < last; mark += 1) {
      if (this.#kindAt(this.#marks[mark] as number) === REPETITION) count += 1;
    }
    return count;
  }

  components(element: number, repetition = 1): number {
    if (element > this.#elementCount || element < 1) return 1;
    const first = this.#firstMark(element);
    const last = this.#firstMark(element + 1) - 1;
    if ((this.#flags & HAS_REPETITIONS) === 0) return repetition > 1 ? 1 : last - first + 1;
    let [count, current] = [1, 1];
    for (let mark = first; mark < last && current <= repetition; mark += 1) {
      if (this.#kindAt(this.#marks[mark] as number) === REPETITION) current += 1;
      else if (current === repetition) count += 1;
    }
    return count;
  }

  get partCount(): number {
    return this.#lastMark - this.#tagMark;
  }

  measureParts(): Int32Array {
    const [first, last] = [this.#tagMark, this.#lastMark];
    if (this.#measures.length <= last - first) this.#measures = new Int32Array(2 * (last - first + 1));
    const measures = this.#measures;
    if ((this.#flags & (HAS_LETTERS | HAS_RELEASE)) === 0) this.#measurePlain(measures);
    else this.#measureDecoded(measures);
    // Its kind is that of a terminator, or of nothing where the file ends.
    if (last > first) measures[last - first] = (measures[last - first] as number) & ~3;
    return measures;
  }

  #measurePlain(measures: Int32Array): void {
    const marks = this.#marks;
    const bytes = this.#bytes;
    const kinds = this.#kinds;
    const first = this.#tagMark;
    const last = this.#lastMark;
    let from = (marks[first] as number) + 1;
    for (let mark = first + 1; mark <= last; mark += 1) {
      const to = marks[mark] as number;
      measures[mark - first] = (to - from) * 4 + ((kinds[bytes[to] as number] as number) & 3);
      from = to + 1;
    }
  }

  #measureDecoded(measures: Int32Array): void {
    for (let mark = this.#tagMark + 1; mark <= this.#lastMark; mark += 1) {
      const [from, to] = [(this.#marks[mark - 1] as number) + 1, this.#marks[mark] as number];
      measures[mark - this.#tagMark] = this.#decoded(from, to).length * 4 + (this.#kindAt(to) & 3);
    }
  }

  partDigits(part: number): number {
    const bytes = this.#bytes;
    const mark = this.#tagMark + part;
    const from = (this.#marks[mark - 1] as number) + 1;
    const to = this.#marks[mark] as number;
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
    const mark = this.#tagMark + part;
    const from = (this.#marks[mark - 1] as number) + 1;
    const to = this.#marks[mark] as number;
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
    const mark = this.#tagMark + part;
    return this.#textBetween((this.#marks[mark - 1] as number) + 1, this.#marks[mark] as number);
  }

  offsetOf(element: number): number {
    if (element > this.#elementCount || element < 1) return this.offset;
    return this.#base + (this.#marks[this.#firstMark(element) - 1] as number) + 1;
  }

  copy(): Buffer {
    const to = this.#isCut ? (this.#marks[this.#tagMark] as number) : this.#scan;
    return Buffer.from(this.#bytes.subarray(this.#start, to));
  }

  /** Counts the elements of a segment that was scanned, and notes where each ends. */
  #layOut(): void {
    const last = this.#lastMark;
    if (this.#scannedElements.length <= last) this.#scannedElements = new Int32Array(last + INITIAL_MARKS);
    const elementMarks = this.#scannedElements;
    let count = 0;
    for (let mark = 0; mark <= last; mark += 1) {
      const kind = this.#kindAt(this.#marks[mark] as number);
      if (kind === REPETITION) this.#flags |= HAS_REPETITIONS;
      else if (kind !== COMPONENT) {
        elementMarks[count] = mark;
        count += 1;
      }
    }
    this.#elementMarks = elementMarks;
    this.#tagElement = 0;
    this.#elementCount = count - 1;
  }

  /** The mark that ends the first component of an element; for the one after the last element, that after the segment. */
  #firstMark(element: number): number {
    return (this.#elementMarks[this.#tagElement + element - 1] as number) + 1;
  }

  /** The mark that ends a component of an element that is there, when the segment has parts. */
  #markOf(element: number, component: number, repetition: number): number {
    const last = this.#firstMark(element + 1) - 1;
    let mark = this.#firstMark(element);
    for (let left = repetition; left > 1; mark += 1) {
      if (mark >= last) return NO_MARK;
      if (this.#kindAt(this.#marks[mark] as number) === REPETITION) left -= 1;
    }
    for (let left = component; left > 1; left -= 1, mark += 1) {
      if (mark >= last || this.#kindAt(this.#marks[mark] as number) !== COMPONENT) return NO_MARK;
    }
    return mark;
  }

  #kindAt(position: number): number {
    return this.#kinds[this.#bytes[position] as number] as number;
  }

  #textBetween(from: number, to: number): string {
    if ((this.#flags & (HAS_LETTERS | HAS_RELEASE)) !== 0) return this.#decoded(from, to);
    return this.#asciiText(from, to);
  }

  #asciiText(from: number, to: number): string {
    const length = to - from;
    if (length <= 2) return tinyText(this.#bytes, from, length);
    if (length > LONGEST_CUT) return this.#bytes.latin1Slice(from, to);
    if (from < this.#textFrom || to > this.#textTo) this.#takeText(from, to);
    return this.#text.slice(from - this.#textFrom, to - this.#textFrom);
  }

  /** Makes the text around a value: from the segment at hand on, or from the value where that is far. */
  #takeText(from: number, to: number): void {
    this.#textFrom = to - this.#start > TEXT_BYTES ? from : this.#start;
    this.#textTo = Math.min(this.#textFrom + TEXT_BYTES, this.#end);
    this.#text = this.#bytes.latin1Slice(this.#textFrom, this.#textTo);
  }

  #decoded(from: number, to: number): string {
    const bytes = (this.#flags & HAS_RELEASE) !== 0 ? this.#withoutRelease(from, to) : this.#bytes;
    const [first, last] = bytes === this.#bytes ? [from, to] : [0, bytes.length];
    if (this.#characters !== undefined && this.#hasLetters(bytes, first, last)) {
      return this.#characters.decode(bytes, first, last);
    }
    return bytes === this.#bytes ? this.#asciiText(from, to) : bytes.latin1Slice(first, last);
  }

  #hasLetters(bytes: Buffer, from: number, to: number): boolean {
    if ((this.#flags & HAS_LETTERS) === 0) return false;
    for (let at = from; at < to; at += 1) {
      if (this.#kinds[bytes[at] as number] === LETTER) return true;
    }
    return false;
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
