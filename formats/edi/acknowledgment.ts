/** What a partner says about one thing of ours. */
export type AckOutcome =
  | 'accepted'
  | 'accepted-with-errors'
  /** Of a group: some sets stand, and which is only known where they are listed. */
  | 'partly-accepted'
  | 'rejected'
  /** It arrived; nothing is said about its syntax. */
  | 'received';

export interface AckError {
  readonly code: string;
  /** Number of the segment in its set, from 1; 0 when the error is about the whole. */
  readonly segment: number;
  readonly tag: string;
  /** Position of element and component, from 1; 0 when it is about the segment. */
  readonly element: number;
  readonly component: number;
}

/** A statement about an interchange, group or set of ours. Numbers are as the partner wrote them; '' where it names none. */
export interface AckStatement {
  readonly level: 'interchange' | 'group' | 'set';
  /** ISA13 or UNB 0020 of ours: X12 names it in a TA1 only. */
  readonly interchange: string;
  /** GS06 or UNG 0048 of ours. */
  readonly group: string;
  /** ST02 or UNH 0062 of ours. */
  readonly set: string;
  /** GS01, ST01 or message type. */
  readonly type: string;
  readonly outcome: AckOutcome;
  readonly errors: readonly AckError[];
  /** Of a group, how many sets the partner received and accepted, as AK9 counts them; undefined where it does not say. */
  readonly counts: { readonly received: number; readonly accepted: number } | undefined;
  /** The acknowledgment that says so is broken itself (cut off, miscounted, sent twice): it settles nothing. */
  readonly isDamaged: boolean;
}
