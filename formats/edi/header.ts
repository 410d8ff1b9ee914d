import type { Delimiters } from './delimiters.ts';

export type Standard = 'X12' | 'EDIFACT' | 'TRADACOMS';

/** A segment kept as text: elements from the first after the tag, each with its components. */
export type Elements = readonly (readonly string[])[];

export interface Party {
  readonly id: string;
  readonly qualifier: string;
}

/** What an interchange says of itself. Texts are as received, blanks and zeros included; ids of parties are trimmed. */
export interface InterchangeHeader {
  readonly standard: Standard;
  readonly offset: number;
  readonly delimiters: Delimiters;
  /** The UNA as received, or undefined when there was none. */
  readonly una: string | undefined;
  readonly version: string;
  readonly sender: Party;
  readonly receiver: Party;
  readonly control: string;
  readonly isTest: boolean;
  readonly wantsAcknowledgment: boolean;
  readonly elements: Elements;
  /** There was no header: a set or group stood in the open. */
  readonly isImplied: boolean;
}

/** A functional group. `functionalId` and `control` are null where sets stand outside any group. */
export interface GroupHeader {
  readonly offset: number;
  readonly functionalId: string | null;
  readonly control: string | null;
  readonly version: string;
  readonly elements: Elements;
}

/** A transaction set or message. */
export interface SetHeader {
  readonly offset: number;
  /** `850`, `ORDERS`. */
  readonly type: string;
  readonly control: string;
  /** ST03 or the whole of S009 (`ORDERS:D:96A:UN`); '' when there is none. */
  readonly version: string;
  readonly elements: Elements;
}
