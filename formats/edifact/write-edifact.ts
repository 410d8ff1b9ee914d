import { ediMoment } from '../edi/clock.ts';
import type { Delimiters } from '../edi/delimiters.ts';
import type { Party } from '../edi/header.ts';
import type { EdifactRepertoire } from '../edi/repertoire.ts';
import {
  SegmentWriter,
  type WriteChange,
  type WriteDialect,
  type WriteLengths,
  type WrittenElement,
} from '../edi/segment-writer.ts';

/** What an interchange to a partner looks like. */
export interface EdifactProfile {
  readonly sender: Party;
  readonly receiver: Party;
  /** What UNB announces. Default: the repertoire that is written. */
  readonly syntaxIdentifier?: string;
  readonly syntaxVersion: '1' | '2' | '3' | '4';
  readonly characters: WriteDialect['characters'] & { readonly repertoire: EdifactRepertoire };
  readonly delimiters: Delimiters;
  readonly writesUna: boolean;
  /** Empty elements and components at the end. Default: they are dropped, as the standard wants it. */
  readonly trailing?: WriteDialect['trailing'];
  readonly lengths?: WriteLengths;
  readonly timeZone: string;
  readonly isTest: boolean;
  readonly wantsAcknowledgment: boolean;
}

/** The service characters that hold without a UNA. */
export const EDIFACT_DELIMITERS: Delimiters = {
  component: 0x3a,
  element: 0x2b,
  release: 0x3f,
  repetition: 0,
  terminator: 0x27,
  tag: 0,
  newline: '',
};

/** Writes an EDIFACT interchange. Counts and references are right by construction. */
export class EdifactWriter {
  readonly #writer: SegmentWriter;
  readonly #control: string;
  #messages = 0;
  #segments = 0;
  #reference = '';

  constructor(profile: EdifactProfile, control: string, at: Date) {
    const { delimiters } = profile;
    this.#writer = new SegmentWriter(edifactDialect(profile));
    this.#control = control;
    if (profile.writesUna) this.#writer.verbatim(unaOf(delimiters) + delimiters.newline);
    this.#writer.segment('UNB', unbElements(profile, control, at));
  }

  get changes(): readonly WriteChange[] {
    return this.#writer.changes;
  }

  /** Messages are numbered from 1. `identifier` is S009: type, version, release, agency, association. */
  openMessage(identifier: readonly string[]): void {
    this.#messages += 1;
    this.#segments = 0;
    this.#reference = String(this.#messages);
    this.segment('UNH', [this.#reference, identifier]);
  }

  segment(tag: string, elements: readonly WrittenElement[]): void {
    this.#writer.segment(tag, elements);
    this.#segments += 1;
  }

  /** Segments of the message that is open which were written before, in the same dialect. */
  writtenSegments(bytes: Buffer, count: number): void {
    this.#writer.writtenBytes(bytes);
    this.#segments += count;
  }

  closeMessage(): void {
    this.segment('UNT', [String(this.#segments + 1), this.#reference]);
  }

  closeInterchange(): void {
    this.#writer.segment('UNZ', [String(this.#messages), this.#control]);
  }

  /** The bytes written since this was last asked. */
  take(): Buffer {
    return this.#writer.take();
  }
}

/** How segments are written by a profile; a delimiter in a value is released. */
export function edifactDialect(
  profile: Pick<EdifactProfile, 'delimiters' | 'characters' | 'trailing' | 'lengths'>,
): WriteDialect {
  return { ...profile, trailing: profile.trailing ?? 'drop', delimiterInValue: 'refuse' };
}

function unbElements(profile: EdifactProfile, control: string, at: Date): WrittenElement[] {
  const { sender, receiver, syntaxIdentifier, syntaxVersion, characters, timeZone, isTest, wantsAcknowledgment } =
    profile;
  const { yymmdd, ccyymmdd, hhmm } = ediMoment(at, timeZone);
  const date = syntaxVersion === '4' ? ccyymmdd : yymmdd;
  const options = ['', '', '', wantsAcknowledgment ? '1' : '', '', isTest ? '1' : ''];
  return [
    [syntaxIdentifier ?? characters.repertoire, syntaxVersion],
    [sender.id, sender.qualifier],
    [receiver.id, receiver.qualifier],
    [date, hhmm],
    control,
    ...options.slice(0, options.lastIndexOf('1') + 1),
  ];
}

function unaOf({ component, element, release, repetition, terminator }: Delimiters): string {
  const letter = (byte: number) => (byte === 0 ? ' ' : String.fromCharCode(byte));
  return `UNA${letter(component)}${letter(element)}.${letter(release)}${letter(repetition)}${letter(terminator)}`;
}
