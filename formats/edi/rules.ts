import type { CharacterSet } from './characters.ts';
import type { FindingCode } from './finding-codes.ts';
import type { GroupHeader, InterchangeHeader, SetHeader, Standard } from './header.ts';
import type { ReportFound, SetChecker } from './set-checker.ts';
import type { HeaderSegment } from './short-segment.ts';

/** Reports on the segment at hand. The element is that at fault, 0 for the segment. */
export type Note = (code: FindingCode, element?: number) => void;

/** The set before in the interchange, and the last one whose number was right; undefined for the first. */
export interface SetsBefore {
  readonly previous: SetHeader | undefined;
  readonly numbered: SetHeader | undefined;
}

/** What the envelope engine does not know of a standard: its service tags, packed, and what their elements mean. */
export interface EnvelopeRules {
  readonly standard: Standard;
  readonly interchangeOpen: number;
  readonly interchangeClose: number;
  readonly groupOpen: number;
  readonly groupClose: number;
  readonly setOpen: number;
  readonly setClose: number;
  /** Segments that may stand between sets and groups without being at fault. */
  readonly between: ReadonlySet<number>;
  readonly groupsAreOptional: boolean;
  /** What the first element of the interchange's trailer counts. */
  readonly interchangeCounts: 'groups' | 'groups-or-sets' | 'sets';
  /** Trailers repeat the control number of their header. */
  readonly trailersHaveControl: boolean;
  readonly tagPattern: RegExp;
  interchange(
    segment: HeaderSegment,
    note: Note,
  ): Omit<InterchangeHeader, 'standard' | 'offset' | 'delimiters' | 'una' | 'isImplied'>;
  group(segment: HeaderSegment, note: Note): Omit<GroupHeader, 'offset'>;
  set(segment: HeaderSegment, note: Note): Omit<SetHeader, 'offset'>;
  /** The character set that the header announces; undefined when it says nothing. */
  characters(segment: HeaderSegment): CharacterSet | undefined;
  /** Makes what checks the bodies of sets without a table: totals that one message gives of others. */
  totals?(report: ReportFound): SetChecker;
  /** What must hold between this set and those before it in the interchange. */
  follows?(set: SetHeader, before: SetsBefore, note: Note): void;
  /** What must hold of the last set when the interchange ends. */
  ends?(last: SetHeader, note: Note): void;
}
