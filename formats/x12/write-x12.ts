import { Failure } from '../../failures/failure.ts';
import { ediMoment } from '../edi/clock.ts';
import { type Delimiters, unusableDelimiters } from '../edi/delimiters.ts';
import type { Party } from '../edi/header.ts';
import type { OutboundCharacters } from '../edi/repertoire.ts';
import {
  SegmentWriter,
  type WriteChange,
  type WriteDialect,
  type WriteLengths,
  type WrittenElement,
} from '../edi/segment-writer.ts';

/** What an interchange to a partner looks like. */
export interface X12Profile {
  readonly sender: Party;
  readonly receiver: Party;
  /** ISA12, such as `00401`. */
  readonly version: string;
  readonly usage: 'P' | 'T' | 'I';
  readonly wantsAcknowledgment: boolean;
  readonly delimiters: Delimiters;
  readonly characters: OutboundCharacters;
  readonly delimiterInValue: WriteDialect['delimiterInValue'];
  /** Empty elements at the end of segments. Default: they are dropped, as the standard wants it. */
  readonly trailing?: WriteDialect['trailing'];
  readonly lengths?: WriteLengths;
  /** Time zone of the dates in the envelope. */
  readonly timeZone: string;
  /** GS06 and ST02 are padded with zeros to this many digits; 1 pads nothing. */
  readonly groupControlDigits: number;
  readonly setControlDigits: number;
}

export interface X12Group {
  readonly functionalId: string;
  readonly sender: string;
  readonly receiver: string;
  readonly control: number;
  /** GS08, such as `004010`. */
  readonly version: string;
}

/** Writes an X12 interchange. Counts and control numbers are right by construction: only opening and closing is up to the caller. */
export class X12Writer {
  readonly #profile: X12Profile;
  readonly #writer: SegmentWriter;
  readonly #control: string;
  readonly #at: Date;
  #groups = 0;
  #sets = 0;
  #segments = 0;
  #groupControl = '';
  #setControl = '';

  /** @throws Failure EDI_VALUE_UNWRITABLE when delimiters collide or a value does not fit the fixed widths of the ISA */
  constructor(profile: X12Profile, control: number, at: Date) {
    if (unusableDelimiters(profile.delimiters).length > 0)
      throw unwritable('Delimiters are alphanumeric, blank or equal.');
    this.#profile = profile;
    this.#control = String(control).padStart(9, '0');
    this.#at = at;
    this.#writer = new SegmentWriter({ ...profile, trailing: profile.trailing ?? 'drop' });
    this.#writer.verbatim(this.#isa());
  }

  get changes(): readonly WriteChange[] {
    return this.#writer.changes;
  }

  openGroup(group: X12Group): void {
    const { groupControlDigits, timeZone } = this.#profile;
    const { ccyymmdd, yymmdd, hhmm } = ediMoment(this.#at, timeZone);
    const date = group.version >= '004010' ? ccyymmdd : yymmdd;
    this.#groupControl = String(group.control).padStart(groupControlDigits, '0');
    const parties = [group.functionalId, group.sender, group.receiver];
    this.#writer.segment('GS', [...parties, date, hhmm, this.#groupControl, 'X', group.version]);
    this.#groups += 1;
    this.#sets = 0;
  }

  /** Sets of a group are numbered from 1. `implementation` is ST03, known from 005010 on. */
  openSet(type: string, implementation = ''): void {
    this.#sets += 1;
    this.#segments = 0;
    this.#setControl = String(this.#sets).padStart(this.#profile.setControlDigits, '0');
    const header = [type, this.#setControl];
    this.segment('ST', implementation === '' ? header : [...header, implementation]);
  }

  segment(tag: string, elements: readonly WrittenElement[]): void {
    this.#writer.segment(tag, elements);
    this.#segments += 1;
  }

  /** Segments of the set that is open which were written before, with the same delimiters. */
  writtenSegments(bytes: Buffer, count: number): void {
    this.#writer.writtenBytes(bytes);
    this.#segments += count;
  }

  /** A segment that stands between ISA and GS: TA1. */
  interchangeSegment(tag: string, elements: readonly WrittenElement[]): void {
    this.#writer.segment(tag, elements);
  }

  closeSet(): void {
    this.segment('SE', [String(this.#segments + 1), this.#setControl]);
  }

  closeGroup(): void {
    this.#writer.segment('GE', [String(this.#sets), this.#groupControl]);
  }

  closeInterchange(): void {
    this.#writer.segment('IEA', [String(this.#groups), this.#control]);
  }

  /** The bytes written since this was last asked. */
  take(): Buffer {
    return this.#writer.take();
  }

  #isa(): string {
    const { sender, receiver, version, usage, wantsAcknowledgment, delimiters, timeZone } = this.#profile;
    const { yymmdd, hhmm } = ediMoment(this.#at, timeZone);
    const standards = delimiters.repetition === 0 ? 'U' : String.fromCharCode(delimiters.repetition);
    const blank = ' '.repeat(10);
    const elements = [
      ...['ISA', '00', blank, '00', blank],
      ...[fixed(sender.qualifier, 2), fixed(sender.id, 15), fixed(receiver.qualifier, 2), fixed(receiver.id, 15)],
      ...[yymmdd, hhmm, standards, fixed(version, 5), fixed(this.#control, 9), wantsAcknowledgment ? '1' : '0', usage],
      String.fromCharCode(delimiters.component),
    ];
    const [element, terminator] = [String.fromCharCode(delimiters.element), String.fromCharCode(delimiters.terminator)];
    if (elements.slice(0, -1).some((text) => text.includes(element) || text.includes(terminator))) {
      throw unwritable('A value of the ISA holds a delimiter.');
    }
    return elements.join(element) + terminator + delimiters.newline;
  }
}

function fixed(text: string, width: number): string {
  if (text.length > width || !/^[ -~]*$/.test(text))
    throw unwritable(`A value of the ISA does not fit its ${width} characters.`);
  return text.padEnd(width);
}

function unwritable(message: string): Failure {
  return new Failure('EDI_VALUE_UNWRITABLE', { message });
}
