import * as kindsOfBytes from './byte-kinds.ts';
import type { Characters } from './characters.ts';
import type { Delimiters } from './delimiters.ts';
import { type KindTables, kindTables } from './kind-tables.ts';
import type { Limits } from './limits.ts';
import { packTag } from './segment.ts';
import * as segmentIndex from './segment-index.ts';
import { SegmentIndex } from './segment-index.ts';
import { NO_KINDS, NO_MARKS, SegmentView } from './segment-view.ts';

// What crosses the border of a module is looked up at each use; what stands here is built into the compiled code.
const { COMPONENT, CONTROL, ELEMENT, LETTER, ORDINARY, RELEASE, REPETITION, TAG, TERMINATOR } = kindsOfBytes;
const { HAS_CONTROLS, HAS_LETTERS, HAS_RELEASE, HAS_REPETITIONS, IS_NOISE } = segmentIndex;
const { LAST_ELEMENT, LAST_MARK, MARK_NUMBER, MOST_BYTES, PACKED_TAG, SEGMENT_NUMBERS, START } = segmentIndex;

/** What `next` found. */
export const MORE = 0;
export const SEGMENT = 1;
/** A segment begins whose tag may open an interchange with delimiters of its own: look before it is scanned. */
export const HEADER = 2;

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

const NO_TABLES: KindTables = {
  body: NO_KINDS,
  header: NO_KINDS,
  end: NO_KINDS,
  scan: segmentIndex.scanTable(NO_KINDS),
};

/**
 * Takes bytes apart into segments, elements, repetitions and components. It serves every standard that has delimiters.
 *
 * Bytes are copied into one buffer that is used again and again, so nothing of the caller is held, and a value that the
 * caller keeps holds nothing of ours. A segment is the places of its separators (marks); there is no string before an
 * element is asked for. Whole segments come from an index of what lies ahead. What the index does not know - headers, binary
 * elements, limits, a segment whose end has not come - is scanned by itself into marks of its own; when the bytes run out,
 * the scan remembers where it stood and goes on from there: each byte is looked at a few times at most, however it arrives.
 */
export class SegmentCursor {
  readonly #limits: Limits;
  /** The segment at hand. */
  readonly segment = new SegmentView();
  #scan = 0;
  #isFinal = false;

  readonly #index = new SegmentIndex(() => this.#followIndex());
  /** A segment of no more bytes, and of no more marks, passes no limit. */
  readonly #freelyLong: number;
  readonly #freelyMany: number;
  /** None that is indexed does. */
  readonly #isFree: boolean;
  readonly #trustedTags = new Int32Array(TAG_SLOTS);
  #taken = 0;
  #nextMark = 0;
  #nextElement = 0;

  #scannedMarks = NO_MARKS;
  #scannedElements = NO_MARKS;
  #markCount = 0;
  #isIndexed = false;
  #isBegun = false;
  #isUnterminated = false;
  #dropped = 0;
  #emptySegments = 0;
  /** Elements to come before one whose length the last of them announces, so that its bytes are not looked at; else 0. */
  #elementsToBinary = 0;
  #binaryLeft = 0;

  #tables = NO_TABLES;
  #delimiters: Delimiters | undefined;
  #terminator = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#scannedMarks = new Int32Array(Math.min(INITIAL_MARKS, limits.elementsPerSegment + 2));
    this.#freelyMany = limits.elementsPerSegment - 2;
    this.#freelyLong = Math.min(limits.bytesPerElement, limits.bytesPerSegment);
    this.#isFree = Math.min(this.#freelyMany, this.#freelyLong) >= MOST_BYTES;
  }

  /** Takes over some bytes; the caller may use its array again. At most 64 KiB at once keep the memory flat. */
  push(chunk: Uint8Array): void {
    const { segment } = this;
    if (segment.end + chunk.length > segment.bytes.length - 1) this.#makeRoom(chunk.length);
    segment.bytes.set(chunk, segment.end);
    segment.end += chunk.length;
    segment.forgetText();
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
    return {
      bytes: this.segment.bytes,
      from: this.segment.isComplete ? this.#nextStart : this.segment.start,
      to: this.segment.end,
    };
  }

  /** The place in the file of a position in the buffer. */
  fileOffset(position: number): number {
    return this.segment.base + position;
  }

  /** Leaves bytes out, up to a position in the buffer. */
  skipTo(position: number): void {
    this.#beginAt(Math.min(position, this.segment.end));
    this.#forgetIndex();
  }

  /** From here on these delimiters hold. With `headerIsFixed` they first hold after the segment that begins here (ISA). */
  open(delimiters: Delimiters, characters: Characters, shape: { readonly headerIsFixed: boolean }): void {
    this.#delimiters = delimiters;
    this.#terminator = delimiters.terminator;
    this.segment.release = delimiters.release;
    this.useCharacters(characters);
    this.segment.kinds = shape.headerIsFixed ? this.#tables.header : this.#tables.body;
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
    this.segment.characters = characters;
    this.#tables = kindTables(this.#delimiters, characters);
    this.#forgetIndex();
  }

  /** Goes on to the next segment. */
  next(): typeof MORE | typeof SEGMENT | typeof HEADER {
    if (this.segment.isComplete) this.#leave();
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
    const tag = this.segment.packedTag;
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

  #makeRoom(needed: number): void {
    const { segment } = this;
    const held = segment.end - segment.start;
    const target = held + needed > (segment.bytes.length - 1) >> 1 ? this.#grown(held + needed) : segment.bytes;
    segment.bytes.copy(target, 0, segment.start, segment.end);
    const shift = segment.start;
    const [marks, first, last] = this.#isIndexed
      ? [segment.marks, segment.tagMark, segment.lastMark]
      : [this.#scannedMarks, 0, this.#markCount];
    for (let mark = first; mark <= last; mark += 1) marks[mark] = (marks[mark] as number) - shift;
    this.#forgetIndex();
    segment.bytes = target;
    segment.base += shift;
    segment.start = 0;
    this.#scan -= shift;
    segment.end = held;
  }

  #grown(needed: number): Buffer<ArrayBuffer> {
    let size = INITIAL_BYTES;
    while (size < needed * 2) size *= 2;
    return Buffer.allocUnsafeSlow(size + 1);
  }

  #leave(): void {
    if (!this.#isIndexed) {
      this.segment.kinds = this.#tables.body;
      this.#passIndexed();
    }
    this.#beginAt(this.#nextStart);
  }

  get #nextStart(): number {
    return this.#isUnterminated ? this.#scan : this.#scan + 1;
  }

  #beginAt(position: number): void {
    const { segment } = this;
    segment.start = position;
    this.#scan = position;
    segment.flags = 0;
    segment.isComplete = false;
    segment.elementCount = 0;
    if (this.#isIndexed) {
      this.#isIndexed = false;
      return;
    }
    segment.base += this.#dropped;
    this.#dropped = 0;
    this.#isBegun = false;
    this.#isUnterminated = false;
    segment.isCut = false;
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
    this.#isIndexed = true;
    this.segment.isComplete = true;
    this.#followIndex();
    return true;
  }

  /** Both take the place of the next segment in what the index says of its segments. */
  #mayPassLimit(at: number): boolean {
    if (this.#isFree) return false;
    const { segments, marks } = this.#index;
    const last = (segments[at + LAST_MARK] as number) & MARK_NUMBER;
    const length = (marks[last] as number) - (segments[at + START] as number);
    return length > this.#freelyLong || last - this.#nextMark > this.#freelyMany;
  }

  #become(at: number): void {
    const { segments, marks } = this.#index;
    const { segment } = this;
    const packed = segments[at + LAST_MARK] as number;
    const last = packed & MARK_NUMBER;
    const lastElement = segments[at + LAST_ELEMENT] as number;
    segment.start = segments[at + START] as number;
    segment.packedTag = segments[at + PACKED_TAG] as number;
    segment.flags = packed;
    segment.tagMark = this.#nextMark;
    segment.lastMark = last;
    segment.tagElement = this.#nextElement;
    segment.elementCount = lastElement - this.#nextElement;
    this.#nextMark = last + 1;
    this.#nextElement = lastElement + 1;
    this.#taken += 1;
    this.#scan = marks[last] as number;
  }

  #lookAhead(): boolean {
    const bytes = this.segment.bytes;
    const end = this.segment.end;
    let at = this.segment.start;
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

  /** The marks of an indexed segment stand in the arrays of the index, which may be others than before. */
  #followIndex(): void {
    if (!this.#isIndexed) return;
    this.segment.marks = this.#index.marks;
    this.segment.elementMarks = this.#index.elementMarks;
  }

  #forgetIndex(): void {
    this.#index.length = 0;
    this.#taken = 0;
  }

  /** Passes over noise and empty segments to the first byte of a tag, and looks at the tag. */
  #begin(): typeof MORE | typeof SEGMENT | typeof HEADER {
    const { segment } = this;
    const bytes = segment.bytes;
    const end = segment.end;
    const terminator = this.#terminator;
    let at = segment.start;
    for (; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (byte === terminator) this.#emptySegments += IS_NOISE[byte] === 1 ? 0 : 1;
      else if (IS_NOISE[byte] === 0) break;
    }
    segment.start = at;
    this.#scan = at;
    if (at === end || (end - at < 4 && !this.#isFinal)) return MORE;
    segment.packedTag = ((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number);
    if (opensInterchange(segment.packedTag) && end - at >= 3) return HEADER;
    this.#isBegun = true;
    this.#findBinary();
    return SEGMENT;
  }

  /** BIN01 and BDS02 say how many bytes the element after them has; those may hold anything. */
  #findBinary(): void {
    const { segment } = this;
    if (segment.packedTag !== BIN && segment.packedTag !== BDS) return;
    if (segment.release !== 0 || segment.kinds[segment.bytes[segment.start + 3] as number] !== ELEMENT) return;
    this.#elementsToBinary = segment.packedTag === BIN ? 2 : 3;
  }

  /** Scans byte by byte. A terminator stands behind the last byte, so that the loop needs no look at the end of the buffer. */
  #scanSegment(): typeof MORE | typeof SEGMENT {
    const bytes = this.segment.bytes;
    const end = this.segment.end;
    bytes[end] = this.#terminator;
    let kinds = this.segment.kinds;
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
        if (!this.segment.isCut) this.#markCount = markCount;
        if (at === end && !this.#isFinal) return this.#suspend();
        return this.#complete();
      } else if (kind === RELEASE) {
        if (at + 1 >= end) {
          if (this.#isFinal) {
            at = end;
            continue;
          }
          this.#scan = at;
          if (!this.segment.isCut) this.#markCount = markCount;
          return MORE;
        }
        this.segment.flags |= HAS_RELEASE;
        // The letter after it may be a high byte: then the element needs its decoder as well.
        if ((bytes[at + 1] as number) >= 0x80) this.segment.flags |= HAS_LETTERS;
        at += 2;
      } else {
        if (kind === LETTER) this.segment.flags |= HAS_LETTERS;
        else if (kind === CONTROL) this.segment.flags |= HAS_CONTROLS;
        at += 1;
      }
    }
  }

  #suspend(): typeof MORE {
    const { segment } = this;
    if (segment.isCut) {
      this.#drop();
      return MORE;
    }
    const last = this.#markCount === 0 ? segment.start : (this.#scannedMarks[this.#markCount - 1] as number) + 1;
    const { bytesPerElement, bytesPerSegment } = this.#limits;
    if (segment.end - last > bytesPerElement || segment.end - segment.start > bytesPerSegment) {
      segment.kinds = this.#cut();
      this.#drop();
    }
    return MORE;
  }

  #complete(): typeof SEGMENT {
    const { segment } = this;
    const marks = this.#scannedMarks;
    segment.isComplete = true;
    this.#isUnterminated = this.#scan === segment.end;
    if (this.#isUnterminated && !segment.isCut) this.#leaveNoise();
    const at = this.#scan;
    segment.marks = marks;
    segment.tagMark = 0;
    segment.lastMark = 0;
    if (!segment.isCut && this.#passesLimit(at)) this.#cut();
    if (segment.isCut) return SEGMENT;
    marks[this.#markCount] = at;
    segment.lastMark = this.#markCount;
    this.#layOut();
    segment.packedTag = packTagAt(segment.bytes, segment.start, marks[0] as number);
    return SEGMENT;
  }

  /** What a file without last terminator ends with - a line break, padding - is no part of its last segment. */
  #leaveNoise(): void {
    const from = this.#markCount === 0 ? this.segment.start : (this.#scannedMarks[this.#markCount - 1] as number) + 1;
    while (this.#scan > from && IS_NOISE[this.segment.bytes[this.#scan - 1] as number] === 1) this.#scan -= 1;
  }

  #passesLimit(end: number): boolean {
    const { segment } = this;
    const { bytesPerElement, bytesPerSegment } = this.#limits;
    if (end - segment.start <= bytesPerElement) return false;
    if (end - segment.start > bytesPerSegment) return true;
    let from = segment.start;
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
    const { segment } = this;
    segment.isCut = true;
    const tagEnd = this.#markCount === 0 ? segment.start : (this.#scannedMarks[0] as number);
    segment.packedTag = packTagAt(segment.bytes, segment.start, tagEnd);
    this.#scannedMarks[0] = tagEnd;
    this.#markCount = 1;
    segment.elementCount = 0;
    segment.kinds = this.#tables.end;
    return segment.kinds;
  }

  /** Forgets what was read past of a cut segment, all but its tag. */
  #drop(): void {
    const { segment } = this;
    const keep = (this.#scannedMarks[0] as number) + 1;
    if (segment.end <= keep) return;
    this.#dropped += segment.end - keep;
    segment.end = keep;
    this.#scan = keep;
  }

  /** The number in the element before the one that begins at the last mark. */
  #announcedBytes(): number {
    const marks = this.#scannedMarks;
    const before = marks[this.#markCount - 2] as number;
    if (this.#kindAt(before) !== ELEMENT) return 0;
    const announced = this.segment.bytes.latin1Slice(before + 1, marks[this.#markCount - 1] as number).trim();
    return /^\d{1,15}$/.test(announced) ? Number(announced) : 0;
  }

  /** Goes past announced bytes; beyond the limit of an element they are not kept. */
  #passBinary(at: number): number {
    const passed = Math.min(this.#binaryLeft, this.segment.end - at);
    this.#binaryLeft -= passed;
    this.#scan = at + passed;
    return this.#scan;
  }

  /** Counts the elements of a segment that was scanned, and notes where each ends. */
  #layOut(): void {
    const { segment } = this;
    const last = segment.lastMark;
    if (this.#scannedElements.length <= last) this.#scannedElements = new Int32Array(last + INITIAL_MARKS);
    const elementMarks = this.#scannedElements;
    let count = 0;
    for (let mark = 0; mark <= last; mark += 1) {
      const kind = this.#kindAt(segment.marks[mark] as number);
      if (kind === REPETITION) segment.flags |= HAS_REPETITIONS;
      else if (kind !== COMPONENT) {
        elementMarks[count] = mark;
        count += 1;
      }
    }
    segment.elementMarks = elementMarks;
    segment.tagElement = 0;
    segment.elementCount = count - 1;
  }

  #kindAt(position: number): number {
    return this.segment.kinds[this.segment.bytes[position] as number] as number;
  }
}
