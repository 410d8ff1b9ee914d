import type { GroupResult, SetResult } from '../edi/events.ts';
import type { Finding } from '../edi/finding.ts';

/** Accepted sets of one group that are named at most; the ones beyond are left to AK9. */
export const MOST_LISTED = 100_000;

/** A set as AK2 names it. */
export interface NamedSet {
  readonly offset: number;
  readonly type: string;
  readonly control: string;
  readonly version: string;
  readonly verdict: SetResult['verdict'];
}

/** A set that has an AK2. */
export interface AnsweredSet {
  readonly name: NamedSet;
  readonly findings: readonly Finding[];
}

/**
 * The sets that have an AK2, in their order: those at fault, and where all are to be listed the accepted ones - but not in a
 * group that is rejected whole, where an AK5 that accepts would contradict AK9. A set whose header lacks its type or number
 * cannot be named: its group answers for it.
 */
export function answeredSets({ faultySets, findings }: GroupResult, names: readonly NamedSet[]): AnsweredSet[] {
  const isRejected = findings.some(({ severity }) => severity === 'reject');
  const faulty = new Map(faultySets.map((set) => [set.header.offset, set]));
  const listed = isRejected ? [] : names.filter(({ offset }) => !faulty.has(offset));
  const accepted = listed.map((name) => ({ name, findings: [] }));
  const rest = faultySets.map(({ header, verdict, findings: found }) => ({
    name: { ...header, verdict },
    findings: found,
  }));
  return [...accepted, ...rest]
    .filter(({ name }) => name.type !== '' && name.control !== '')
    .sort((a, b) => a.name.offset - b.name.offset);
}
