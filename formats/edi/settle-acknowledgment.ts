import type { AckStatement } from './acknowledgment.ts';
import { type Match, matchStatement, type SentSet, type SetOutcome } from './match-statement.ts';

export interface Settled {
  /** Index of the set among those given. */
  readonly sent: number;
  readonly outcome: SetOutcome;
  readonly statement: AckStatement;
}

export interface AckWarning {
  /**
   * `unknown-number`: nothing of ours has it. `other-zeros`: it is ours as a number, not as text. `contradiction`: something
   * else was said before, which stands until a person decides. `damaged`: the acknowledgment is broken itself and settles nothing.
   */
  readonly kind: 'unknown-number' | 'other-zeros' | 'contradiction' | 'damaged';
  readonly statement: AckStatement;
}

/** What an acknowledgment settles, and what about it needs a look. */
export interface Settlement {
  readonly settled: readonly Settled[];
  readonly warnings: readonly AckWarning[];
}

/**
 * Tells which of our sets an acknowledgment speaks about, and what it says. A set named for itself goes before its group,
 * and a group before its interchange; a group speaks for all sets that are not named, as far as its counts cover them, and leaves
 * them unknown otherwise. A receipt may be followed by a verdict; any other change of mind is a contradiction.
 */
export function settleAcknowledgment(statements: readonly AckStatement[], sent: readonly SentSet[]): Settlement {
  const [damaged, sound] = [
    statements.filter(({ isDamaged }) => isDamaged),
    statements.filter((one) => !one.isDamaged),
  ];
  const matches = sound.map((statement) => ({ statement, ...matchStatement(statement, sent) }));
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
  warnings.push(...damaged.map((statement) => ({ kind: 'damaged', statement }) as const));
  return settle(said, sent, matches, warnings);
}

function settle(
  said: ReadonlyMap<number, AckStatement>,
  sent: readonly SentSet[],
  matches: readonly Match[],
  warnings: AckWarning[],
): Settlement {
  const settled: Settled[] = [];
  const byGroup = groupOutcomes(matches);
  for (const [index, statement] of said) {
    const outcome = byGroup.get(statement) ?? ownOutcome(statement);
    const before = sent[index]?.outcome;
    const isNews = before === undefined || ((before === 'received' || before === 'unknown') && outcome !== 'received');
    if (isNews) settled.push({ sent: index, outcome, statement });
    else if (before !== outcome && outcome !== 'received') warnings.push({ kind: 'contradiction', statement });
  }
  return { settled, warnings };
}

/**
 * What each group says of those sets that are not named. It accepts as many as AK904 counts: where that is fewer than those not
 * named, nobody can tell which. Without counts it speaks for all, unless it stands in part.
 */
function groupOutcomes(matches: readonly Match[]): ReadonlyMap<AckStatement, SetOutcome> {
  const named = new Map<number, AckStatement>();
  for (const { statement, indexes } of matches) {
    if (statement.level === 'set') for (const index of indexes) named.set(index, statement);
  }
  const groups = matches.filter(({ statement }) => statement.level === 'group');
  return new Map(groups.map((group) => [group.statement, groupOutcome(group, named)]));
}

function groupOutcome({ statement, indexes }: Match, named: ReadonlyMap<number, AckStatement>): SetOutcome {
  const { outcome, counts } = statement;
  if (outcome === 'rejected' || counts === undefined) return ownOutcome(statement);
  const said = indexes.flatMap((index) => named.get(index) ?? []);
  const acceptedByName = said.filter((one) => one.outcome !== 'rejected').length;
  if (counts.accepted - acceptedByName < indexes.length - said.length) return 'unknown';
  return outcome === 'partly-accepted' ? 'accepted' : outcome;
}

function ownOutcome({ outcome }: AckStatement): SetOutcome {
  return outcome === 'partly-accepted' ? 'unknown' : outcome;
}

/** Whoever speaks of something larger cannot accept what was rejected, but can reject what was accepted. */
function overrides(statement: AckStatement, before: AckStatement | undefined): boolean {
  return before === undefined || before.outcome !== 'rejected' || statement.outcome === 'rejected';
}
