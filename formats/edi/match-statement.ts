import type { AckOutcome, AckStatement } from './acknowledgment.ts';
import { isSameNumber } from './control-numbers.ts';

/** A set of ours that was sent, with what has been said about it so far. */
export interface SentSet {
  readonly interchange: string;
  /** Null where sets stand outside any group. */
  readonly group: string | null;
  /** GS01; null outside any group. */
  readonly functionalId: string | null;
  readonly set: string;
  readonly type: string;
  readonly outcome: SetOutcome | undefined;
}

/** `unknown`: the group stands in part, and this set was not listed; a person has to ask. */
export type SetOutcome = Exclude<AckOutcome, 'partly-accepted'> | 'unknown';

/** What a statement speaks about. */
export interface Match {
  readonly statement: AckStatement;
  /** Our sets that it speaks about. */
  readonly indexes: readonly number[];
  readonly isExact: boolean;
}

/** Which of our sets a statement speaks about. */
export function matchStatement(statement: AckStatement, sent: readonly SentSet[]): Omit<Match, 'statement'> {
  const exact = indexesOf(statement, sent, (ours, theirs) => ours === theirs);
  if (exact.length > 0) return { indexes: exact, isExact: true };
  return {
    indexes: indexesOf(statement, sent, (ours, theirs) => ours === theirs || isSameNumber(ours, theirs)),
    isExact: false,
  };
}

/** X12 names the interchange in TA1 only, EDIFACT always; what is not named is not compared. */
function indexesOf(
  statement: AckStatement,
  sent: readonly SentSet[],
  isSame: (ours: string, theirs: string) => boolean,
): number[] {
  const { level, interchange, group, set, type } = statement;
  const isOurs = (one: SentSet): boolean => {
    if (interchange !== '' && !isSame(one.interchange, interchange)) return false;
    if (level === 'interchange') return true;
    if (group !== '' && (one.group === null || !isSame(one.group, group))) return false;
    if (level === 'group') return type === '' || one.functionalId === type;
    return isSame(one.set, set) && (type === '' || one.type === type);
  };
  return sent.flatMap((one, index) => (isOurs(one) ? [index] : []));
}
