import { charactersOf } from './characters.ts';
import { ControlNumbers } from './control-numbers.ts';
import { HEADER, MORE, SegmentCursor } from './cursor.ts';
import { Envelope } from './envelope.ts';
import { BLANK_EVENT, type EdiEvent, type SegmentEvent } from './events.ts';
import { type FoundHeader, HEADER_BYTES, nextHeaderAt, seekHeader } from './find-header.ts';
import type { Finding } from './finding.ts';
import type { FindingCode } from './finding-codes.ts';
import { type FileStart, Intake } from './intake.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { FindingMaker } from './place-finding.ts';
import type { EnvelopeRules } from './rules.ts';
import { SegmentFindings } from './segment-findings.ts';
import type { EdiSettings } from './settings.ts';
import { Tally } from './tally.ts';

/**
 * Reads a file of EDI - X12, EDIFACT, TRADACOMS, several interchanges, in any mixture - as events. Push bytes, take events
 * until `next` has none, push more; after the last bytes call `end` and take the rest. Bytes pushed in pieces of at most
 * 64 KiB keep the memory flat. Nothing in a file makes it throw: what is wrong is a finding.
 */
export class EdiReader {
  readonly #settings: EdiSettings;
  readonly #cursor: SegmentCursor;
  readonly #intake: Intake;
  readonly #findings: FindingMaker;
  readonly #envelope: Envelope;
  readonly #fileFindings: Tally;
  #queue: EdiEvent[] = [];
  readonly #segmentEvent: { -readonly [Key in keyof SegmentEvent]: SegmentEvent[Key] };
  #awaited: FoundHeader | undefined;
  #told = 0;
  #interchanges = 0;
  #isStarted = false;
  #isInNoise = false;
  #isClosed = false;

  constructor(settings: EdiSettings = {}) {
    const limits: Limits = { ...DEFAULT_LIMITS, ...settings.limits };
    this.#settings = settings;
    this.#cursor = new SegmentCursor(limits);
    this.#intake = new Intake(this.#cursor, settings.wrapped ?? 'auto');
    this.#findings = new FindingMaker(settings.severities);
    this.#segmentEvent = { ...BLANK_EVENT, kind: 'segment', segment: this.#cursor.segment, position: 0 };
    this.#fileFindings = new Tally(limits.findingsPerSet);
    const controls = new ControlNumbers(limits.controlNumbersPerFile);
    const file = { settings, limits, controls, interchangeControls: new Set<string>() };
    const here = new SegmentFindings(this.#cursor.segment, (offset) => this.#intake.fileOffset(offset), this.#findings);
    this.#envelope = new Envelope(file, here, this.#findings, (event) => this.#queue.push(event));
  }

  push(bytes: Uint8Array): void {
    this.#judge(this.#intake.push(bytes));
  }

  /** Says that the file ends here. */
  end(): void {
    this.#judge(this.#intake.finish());
  }

  /** Adds a finding of another layer to the set that is open. */
  report(finding: Finding): void {
    this.#envelope.add(finding);
  }

  /** The next event, or undefined when it takes more bytes. A segment is valid until the next call. */
  next(): EdiEvent | undefined {
    if (this.#queue.length === 0 && this.#envelope.isInSet && this.#cursor.nextTrusted()) {
      this.#envelope.hashSegment();
      this.#segmentEvent.position = this.#envelope.countSegment();
      this.#envelope.checkSegment();
      return this.#segmentEvent;
    }
    return this.#nextOfAny();
  }

  /** As `next`, with a look at everything that a segment may be or do. */
  #nextOfAny(): EdiEvent | undefined {
    if (this.#told < this.#queue.length) {
      this.#told += 1;
      return this.#queue[this.#told - 1];
    }
    if (this.#told > 0) {
      this.#queue = [];
      this.#told = 0;
    }
    if (!this.#isStarted || this.#isClosed) return undefined;
    return this.#step();
  }

  #step(): EdiEvent | undefined {
    while (this.#queue.length === 0) {
      const rules = this.#envelope.rules;
      if (this.#awaited !== undefined) {
        if (this.#cursor.next() === MORE) return undefined;
        this.#begin(this.#awaited);
        continue;
      }
      if (rules === undefined) {
        if (!this.#seek()) return this.#queue.length > 0 ? this.#nextOfAny() : undefined;
        continue;
      }
      const found = this.#cursor.next();
      if (found === MORE) {
        if (!this.#cursor.isFinal) return undefined;
        this.#noteEmptySegments();
        this.#envelope.abandon();
      } else if (found === HEADER) {
        if (!this.#meetHeader()) return undefined;
      } else if (this.#envelope.isInSet && !isService(rules, this.#cursor.segment.packedTag)) {
        return this.#bodySegment(rules);
      } else this.#serviceSegment(rules);
    }
    return this.#nextOfAny();
  }

  #bodySegment(rules: EnvelopeRules): SegmentEvent {
    this.#segmentEvent.position = this.#envelope.countSegment();
    if (this.#checkSegment(rules)) this.#cursor.trustTag();
    this.#envelope.checkSegment();
    return this.#segmentEvent;
  }

  #serviceSegment(rules: EnvelopeRules): void {
    const tag = this.#cursor.segment.packedTag;
    if (tag === rules.setOpen) this.#envelope.openSet();
    else if (tag === rules.groupOpen) this.#envelope.openGroup();
    else if (tag !== rules.setClose) this.#envelope.abandonSet();
    const position = this.#envelope.countSegment();
    this.#segmentEvent.position = position;
    this.#checkSegment(rules);
    this.#queue.push(this.#segmentEvent);
    if (tag === rules.setClose) this.#envelope.closeSet();
    else if (tag === rules.groupClose) this.#envelope.closeGroup();
    else if (tag === rules.interchangeClose) this.#envelope.closeInterchange();
    else if (position === 0 && tag !== rules.groupOpen) this.#envelope.outsideSet();
  }

  /** Whether the tag is well-formed. */
  #checkSegment(rules: EnvelopeRules): boolean {
    const cursor = this.#cursor;
    this.#envelope.hashSegment();
    const isWellFormed = isService(rules, cursor.segment.packedTag) || rules.tagPattern.test(cursor.segment.tag);
    if (!isWellFormed) this.#envelope.note('tag-invalid');
    if (cursor.segment.isCut) this.#envelope.note('segment-too-long');
    else if (cursor.segment.elementCount === 0) this.#envelope.note('segment-empty');
    if (cursor.segment.hasControlCharacters) this.#noteControlCharacters();
    if (cursor.isUnterminated) this.#envelope.note('terminator-missing');
    this.#noteEmptySegments();
    return isWellFormed;
  }

  #noteControlCharacters(): void {
    for (let element = 1; element <= this.#cursor.segment.elementCount; element += 1) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
      if (/[\u0000-\u001f]/.test(this.#cursor.segment.element(element)))
        this.#envelope.note('character-invalid', element);
    }
  }

  #noteEmptySegments(): void {
    if (this.#cursor.takeEmptySegments() > 0) this.#envelope.note('empty-segments');
  }

  /** Inside an interchange a header begins a new one. False when it takes more bytes to say. */
  #meetHeader(): boolean {
    const { bytes, from, to } = this.#cursor.buffered;
    if (to - from < HEADER_BYTES && !this.#cursor.isFinal) return false;
    if (nextHeaderAt(bytes, from, to) === undefined) this.#cursor.scanAnyway();
    else this.#envelope.abandon();
    return true;
  }

  /** Between interchanges: goes to the next header and opens it. False when it takes more bytes, or the file is over. */
  #seek(): boolean {
    const { bytes, from, to } = this.#cursor.buffered;
    const { at, header } = seekHeader(bytes, from, to, this.#cursor.isFinal);
    this.#noteNoise(bytes.subarray(from, at), from);
    this.#cursor.skipTo(at);
    if (header === undefined) {
      if (this.#cursor.isFinal) this.#close();
      return false;
    }
    this.#isInNoise = false;
    if ('refused' in header) {
      this.#noteFile(header.refused, this.#intake.fileOffset(this.#cursor.fileOffset(at)));
      this.#cursor.skipTo(at + 3);
      this.#isInNoise = true;
      return true;
    }
    return this.#open(header);
  }

  #open(found: FoundHeader): boolean {
    this.#cursor.skipTo(found.segmentAt);
    const characters = charactersOf(this.#settings.characters ?? 'auto');
    this.#cursor.open(found.delimiters, characters, { headerIsFixed: found.headerIsFixed });
    this.#interchanges += 1;
    this.#awaited = found;
    return true;
  }

  /** The first segment of an interchange has been read whole. */
  #begin(found: FoundHeader): void {
    this.#awaited = undefined;
    const announced = found.isImplied ? undefined : found.rules.characters(this.#cursor.segment);
    if (this.#settings.characters === undefined && announced !== undefined) {
      this.#cursor.useCharacters(charactersOf(announced));
    }
    this.#envelope.openInterchange(found);
    if (found.isImplied) {
      this.#serviceSegment(found.rules);
      return;
    }
    this.#segmentEvent.position = 0;
    this.#checkSegment(found.rules);
    this.#queue.push(this.#segmentEvent);
  }

  #noteNoise(skipped: Uint8Array, from: number): void {
    if (this.#isInNoise || skipped.every((byte) => byte <= 0x20)) return;
    this.#isInNoise = true;
    this.#noteFile('noise-skipped', this.#intake.fileOffset(this.#cursor.fileOffset(from)));
  }

  #noteFile(code: FindingCode, offset: number): void {
    this.#fileFindings.add(this.#findings.make(code, { offset }));
  }

  #judge(start: FileStart | undefined): void {
    if (start === undefined) return;
    this.#isStarted = true;
    if (start.hasByteOrderMark) this.#noteFile('byte-order-mark', 0);
    if (start.isWrapped) this.#noteFile('wrapped', 0);
    if (!start.isOtherEncoding) return;
    this.#noteFile('encoding-refused', 0);
    this.#close();
  }

  #close(): void {
    this.#isClosed = true;
    this.#cursor.close();
    const { findings } = this.#fileFindings;
    this.#queue.push({ ...BLANK_EVENT, kind: 'file-closed', interchanges: this.#interchanges, findings });
  }
}

function isService(rules: EnvelopeRules, tag: number): boolean {
  return (
    tag === rules.setClose ||
    tag === rules.setOpen ||
    tag === rules.groupClose ||
    tag === rules.groupOpen ||
    tag === rules.interchangeClose
  );
}
