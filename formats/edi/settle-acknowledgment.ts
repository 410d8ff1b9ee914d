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

export interface Settled {
  /** Index of the set among those given. */
  readonly sent: number;
  readonly outcome: SetOutcome;
  readonly statement: AckStatement;
}

export interface AckWarning {
  /**
   * `unknown-number`: nothing of ours has it. `other-zeros`: it is ours as a number, not as text. `contradiction`: something
   * else was said before, which stands until a person decides.
   */
  readonly kind: 'unknown-number' | 'other-zeros' | 'contradiction';
  readonly statement: AckStatement;
}

/** What an acknowledgment settles, and what about it needs a look. */
export interface Settlement {
  readonly settled: readonly Settled[];
  readonly warnings: readonly AckWarning[];
}

/**
 * Tells which of our sets an acknowledgment speaks about, and what it says. A set named for itself goes before its group,
 * and a group before its interchange; a group without any set named speaks for all, but `partly-accepted` then leaves each
 * unknown, unless the rejected ones are listed. A receipt may be followed by a verdict; any other change of mind is a contradiction.
 */
export function settleAcknowledgment(statements: readonly AckStatement[], sent: readonly SentSet[]): Settlement {
  const matches = statements.map((statement) => ({ statement, ...match(statement, sent) }));
  const said = new Map<number, AckStatement>();
  for (const level of ['interchange', 'group', 'set'] as const) {
    for (const { statement, indexes } of matches) {
      if (statement.level === level)
        for (const index of indexes) if (overrides(statement, said.get(index))) said.set(index, statement);
    }
  }
  const warnings = matches.flatMap(({ statement, indexes, isExact }): AckWarning[] => {
    if (indexes.length === 0) return [{ kind: 'unknown-number', statement }];
    return isExact ? [] : [{ kind: 'other-zeros', statement }];
  });
  return settle(said, sent, statements, warnings);
}

function settle(
  said: ReadonlyMap<number, AckStatement>,
  sent: readonly SentSet[],
  statements: readonly AckStatement[],
  warnings: AckWarning[],
): Settlement {
  const settled: Settled[] = [];
  for (const [index, statement] of said) {
    const outcome = statement.outcome === 'partly-accepted' ? unlisted(statement, statements) : statement.outcome;
    const before = sent[index]?.outcome;
    if (before === undefined || before === 'received' || before === 'unknown')
      settled.push({ sent: index, outcome, statement });
    else if (before !== outcome && outcome !== 'received') warnings.push({ kind: 'contradiction', statement });
  }
  return { settled, warnings };
}

/** In a group that stands in part, the sets left out were accepted if those at fault are listed; else nobody can tell. */
function unlisted(group: AckStatement, statements: readonly AckStatement[]): SetOutcome {
  const listsFaults = statements.some(
    (one) => one.level === 'set' && one.group === group.group && one.outcome === 'rejected',
  );
  return listsFaults ? 'accepted' : 'unknown';
}

/** Whoever speaks of something larger cannot accept what was rejected, but can reject what was accepted. */
function overrides(statement: AckStatement, before: AckStatement | undefined): boolean {
  return before === undefined || before.outcome !== 'rejected' || statement.outcome === 'rejected';
}

function match(statement: AckStatement, sent: readonly SentSet[]): { indexes: number[]; isExact: boolean } {
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
