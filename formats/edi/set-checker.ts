import type { Layer } from './finding.ts';
import type { FindingCode } from './finding-codes.ts';
import type { GroupHeader, InterchangeHeader, SetHeader } from './header.ts';
import type { Segment } from './segment.ts';

/** Where in the segment at hand something was found; what is left out is 0 or ''. */
export interface FoundAt {
  readonly element?: number;
  readonly component?: number;
  readonly repetition?: number;
  /** The segment that is meant where it is not the one at hand: one that is missing. */
  readonly tag?: string;
  readonly layer?: Layer;
  /** The segment that is meant where it is an earlier one: its number in the set, and its own offset. */
  readonly earlier?: { readonly segment: number; readonly offset: number };
  /** What the table would have, in place of the message of the code. It holds no value of the document. */
  readonly message?: string;
}

/** Reports on the segment at hand, or on the end of the set. */
export type ReportFound = (code: FindingCode, at?: FoundAt) => void;

export interface SetAt {
  readonly set: SetHeader;
  readonly group: GroupHeader;
  readonly interchange: InterchangeHeader;
}

/**
 * Checks the segments of sets beyond what the envelope says. A reader opens it with each set, hands over each segment between
 * header and trailer, and closes it at the trailer, before the verdict.
 */
export interface SetChecker {
  open(at: SetAt): void;
  /** `position` is the number of the segment in its set. */
  take(segment: Segment, position: number): void;
  close(): void;
}
