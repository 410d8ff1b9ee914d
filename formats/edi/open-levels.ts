import type { Hash } from 'node:crypto';
import type { ControlScope } from './control-numbers.ts';
import type { GroupResult, InterchangeResult, SetResult } from './events.ts';
import type { Verdict } from './finding.ts';
import type { GroupHeader, InterchangeHeader, SetHeader } from './header.ts';
import type { SetsBefore } from './rules.ts';
import type { Tally } from './tally.ts';

/** An interchange that has not closed. */
export interface OpenInterchange {
  readonly header: InterchangeHeader;
  readonly tally: Tally;
  readonly groupControls: ControlScope;
  readonly hash: Hash | undefined;
  readonly earlierHash: string | undefined;
  /** Groups with a header of their own. */
  groups: number;
  /** Sets outside of those. */
  looseSets: number;
  sets: number;
  before: SetsBefore;
  hasOtherSegments: boolean;
}

/** A group that has not closed, or the sets that stand outside of any. */
export interface OpenGroup {
  readonly header: GroupHeader;
  readonly tally: Tally;
  readonly setControls: ControlScope;
  received: number;
  accepted: number;
  hasErrors: boolean;
  /** Findings kept of its rejected sets. */
  findingsOfRejected: number;
}

/** A set that has not closed. */
export interface OpenSet {
  readonly header: SetHeader;
  readonly tally: Tally;
  segments: number;
}

export function closedSet({ header, tally, segments }: OpenSet): SetResult {
  return { header, segments, verdict: tally.verdict, findings: tally.findings };
}

/** AK9's rule: A and E accept the group, P says that some sets stand and some do not, R that none does. */
export function closedGroup(group: OpenGroup, claimed: number | null): GroupResult {
  const { header, tally, received } = group;
  const accepted = tally.verdict === 'R' ? 0 : group.accepted;
  const verdict = groupVerdict(group, accepted);
  return { header, claimed, received, accepted, verdict, findings: tally.findings };
}

function groupVerdict({ tally, received, hasErrors }: OpenGroup, accepted: number): Verdict {
  if (tally.verdict === 'R' || (received > 0 && accepted === 0)) return 'R';
  if (accepted < received) return 'P';
  return hasErrors || tally.verdict === 'E' ? 'E' : 'A';
}

export function closedInterchange(interchange: OpenInterchange, hash: string): InterchangeResult {
  const { header, groups, sets, tally } = interchange;
  return { header, groups, sets, verdict: tally.verdict, findings: tally.findings, hash };
}
