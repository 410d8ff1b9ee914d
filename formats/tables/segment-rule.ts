import type { ElementModel, SegmentModel, TableModel, Trait } from './model.ts';

/** What can be checked of a value without knowing its letters. */
export const TEXT = 0;
/** Digits, perhaps with a sign: N0 to N9, 9 and 9V1 to 9V9. */
export const WHOLE = 1;
/** R of X12. */
export const DECIMAL = 2;
/** n of EDIFACT: the mark may be a comma. */
export const NUMERIC = 3;
/** a of EDIFACT: no digits. */
export const ALPHABETIC = 4;
export const DATE = 5;
export const TIME = 6;
export const BINARY = 7;

/** An element as it is checked. */
export interface ElementRule {
  readonly number: string;
  readonly kind: number;
  readonly min: number;
  readonly max: number;
  readonly isMandatory: boolean;
  readonly isUnused: boolean;
  readonly times: number;
  readonly components: readonly ElementRule[];
  /** Undefined where the codes are not all known. */
  readonly codes: ReadonlySet<string> | undefined;
  readonly ofProfile: ReadonlySet<Trait>;
}

/** A condition between elements; the bits of a mask are their positions less one. */
export interface ConditionRule {
  readonly letter: 'P' | 'R' | 'E' | 'C' | 'L';
  readonly positions: readonly number[];
  readonly mask: number;
  readonly first: number;
  readonly isOfProfile: boolean;
}

/** A segment as it is checked. */
export interface SegmentRule {
  readonly elements: readonly ElementRule[];
  readonly conditions: readonly ConditionRule[];
  /** Position of the last element that must stand; 0 when none must. */
  readonly lastMandatory: number;
  readonly isClosed: boolean;
}

export function segmentRule(
  { elements, conditions }: SegmentModel,
  { isClosed }: Pick<TableModel, 'isClosed'>,
): SegmentRule {
  const rules = elements.map(elementRule);
  return {
    elements: rules,
    conditions: conditions.map(({ letter, positions, isOfProfile }) => {
      const bits = positions.map((position) => 1 << (position - 1));
      return { letter, positions, isOfProfile, mask: bits.reduce((mask, bit) => mask | bit, 0), first: bits[0] ?? 0 };
    }),
    lastMandatory: rules.findLastIndex(({ isMandatory }) => isMandatory) + 1,
    isClosed,
  };
}

function elementRule(element: ElementModel): ElementRule {
  const { number, type, min, max, usage, times, components, codes, isComplete, ofProfile } = element;
  return {
    ...{ number, min, max, times, ofProfile },
    kind: kindOf(type),
    isMandatory: usage === 'M',
    isUnused: usage === 'N',
    components: components.map(elementRule),
    codes: isComplete && codes !== undefined ? new Set(codes.keys()) : undefined,
  };
}

function kindOf(type: string): number {
  if (/^N\d$|^9/.test(type)) return WHOLE;
  return { R: DECIMAL, n: NUMERIC, a: ALPHABETIC, DT: DATE, TM: TIME, B: BINARY }[type] ?? TEXT;
}
