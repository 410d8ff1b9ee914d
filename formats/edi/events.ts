import type { Finding, Verdict } from './finding.ts';
import type { GroupHeader, InterchangeHeader, SetHeader } from './header.ts';
import type { Segment } from './segment.ts';

/** How a set came out. It is provisional until its group and its interchange have closed: they may reject it. */
export interface SetResult {
  readonly header: SetHeader;
  /** Segments read, header and trailer included. */
  readonly segments: number;
  readonly verdict: 'A' | 'E' | 'R';
  readonly findings: readonly Finding[];
}

export interface GroupResult {
  readonly header: GroupHeader;
  /** Sets as its trailer counts them; null when there is no such number. */
  readonly claimed: number | null;
  readonly received: number;
  /** Sets that stand: 0 when the group is rejected. */
  readonly accepted: number;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

export interface InterchangeResult {
  readonly header: InterchangeHeader;
  readonly groups: number;
  readonly sets: number;
  /** R rejects every group and set that was handed on. */
  readonly verdict: 'A' | 'E' | 'R';
  readonly findings: readonly Finding[];
  /** SHA-256 of its segments, noise left out; '' when the reader was given no `seen`. */
  readonly hash: string;
}

export interface SegmentEvent {
  readonly kind: 'segment';
  /** Valid until the reader goes on. */
  readonly segment: Segment;
  /** Number in its set from 1; 0 outside of one. */
  readonly position: number;
}

/**
 * What a reader tells, in the order of the file. Service segments come as segments too: after the event that opens what
 * they open, and before the one that closes it.
 */
export type EdiEvent =
  | { readonly kind: 'interchange-opened'; readonly interchange: InterchangeHeader }
  | { readonly kind: 'group-opened'; readonly group: GroupHeader }
  | { readonly kind: 'set-opened'; readonly set: SetHeader }
  | SegmentEvent
  | { readonly kind: 'set-closed'; readonly set: SetResult }
  | { readonly kind: 'group-closed'; readonly group: GroupResult }
  | { readonly kind: 'interchange-closed'; readonly interchange: InterchangeResult }
  | { readonly kind: 'file-closed'; readonly interchanges: number; readonly findings: readonly Finding[] };

/** What each event is made from, so that all have one shape: V8 then reads of any what it is without a search. */
export const BLANK_EVENT = {
  kind: undefined,
  segment: undefined,
  position: undefined,
  set: undefined,
  group: undefined,
  interchange: undefined,
  interchanges: undefined,
  findings: undefined,
};
