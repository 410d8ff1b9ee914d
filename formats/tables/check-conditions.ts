import type { ConditionRule, SegmentRule } from './segment-rule.ts';

/** Where a condition is broken: the element at fault, and whether it must not stand or is missing. */
export interface BrokenCondition {
  readonly element: number;
  readonly isExcluded: boolean;
}

/** Whether every condition of a segment holds; `present` has the bit of each position, less one, that stands. */
export function conditionsHold(present: number, { pairs, required, others, leads }: SegmentRule): boolean {
  // Where two neighbours differ there is a bit; it may not be one of a pair.
  if (((present ^ (present >>> 1)) & pairs) !== 0) return false;
  for (const mask of required) if ((present & mask) === 0) return false;
  if ((present & leads) !== 0) for (const condition of others) if (!holds(present, condition)) return false;
  return true;
}

/** P: all or none. R: at least one. E: at most one. C: if the first, then all. L: if the first, then one of the others. */
function holds(present: number, { letter, mask, first }: ConditionRule): boolean {
  const standing = present & mask;
  if (letter === 'P') return standing === 0 || standing === mask;
  if (letter === 'R') return standing !== 0;
  // A number and the one before it have no bit in common when it has one bit, or none.
  if (letter === 'E') return (standing & (standing - 1)) === 0;
  if ((standing & first) === 0) return true;
  return letter === 'C' ? standing === mask : standing !== first;
}

/** Where one condition is broken; undefined where it holds. */
export function brokenCondition(present: number, condition: ConditionRule): BrokenCondition | undefined {
  if (holds(present, condition)) return undefined;
  const { letter, positions } = condition;
  const isThere = (position: number) => (present & (1 << (position - 1))) !== 0;
  if (letter === 'E') return { element: positions.filter(isThere)[1] ?? 0, isExcluded: true };
  return { element: positions.find((position) => !isThere(position)) ?? 0, isExcluded: false };
}
