import type { ConditionModel, ElementModel, SegmentModel, TableModel, Trait } from './model.ts';

/** As long as a measure can say. */
const LONGEST = 2 ** 28;
/** The composite of a point in time with its format, in EDIFACT. */
const DATED = 'C507';

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
  /** It has no components. */
  readonly isSimple: boolean;
  /** What the parts of one repetition are: the components, or the simple element itself. */
  readonly parts: readonly ElementRule[];
  /** The bits of the components, less one, that must stand where one does. */
  readonly mandatoryParts: number;
  /** Its second component is a point in time, its third the format of that. */
  readonly isDated: boolean;
  /**
   * The least and the greatest measure, as `measureParts` has them, of a value that its length alone makes sound. The greatest is -1
   * where more is to be checked than the length.
   */
  readonly least: number;
  readonly most: number;
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
  /** The bits of the first positions of all conditions P of two neighbours; they hold together or are looked at one by one. */
  readonly pairs: number;
  /** The masks of all conditions R. */
  readonly required: readonly number[];
  /** The conditions that are among neither, and the bits of the positions of which one must stand for any of them to be broken. */
  readonly others: readonly ConditionRule[];
  readonly leads: number;
  /** Position of the last element that must stand; 0 when none must. */
  readonly lastMandatory: number;
  readonly isClosed: boolean;
}

export function segmentRule(
  { elements, conditions }: SegmentModel,
  { isClosed }: Pick<TableModel, 'isClosed'>,
): SegmentRule {
  const rules = elements.map(elementRule);
  const all = conditions.map(conditionRule);
  const others = all.filter((condition) => condition.letter !== 'R' && !isOfNeighbours(condition));
  return {
    elements: rules,
    conditions: all,
    pairs: all.filter(isOfNeighbours).reduce((bits, { first }) => bits | first, 0),
    required: all.filter(({ letter }) => letter === 'R').map(({ mask }) => mask),
    others,
    leads: others.reduce((bits, condition) => bits | leadsOf(condition), 0),
    lastMandatory: rules.findLastIndex(({ isMandatory }) => isMandatory) + 1,
    isClosed,
  };
}

function conditionRule({ letter, positions, isOfProfile }: ConditionModel): ConditionRule {
  const bits = positions.map((position) => 1 << (position - 1));
  return { letter, positions, isOfProfile, mask: bits.reduce((mask, bit) => mask | bit, 0), first: bits[0] ?? 0 };
}

function isOfNeighbours({ letter, positions: [one = 0, other = 0, ...more] }: ConditionRule): boolean {
  return letter === 'P' && other === one + 1 && more.length === 0;
}

/** Only the first position makes C and L apply. */
function leadsOf({ letter, mask, first }: ConditionRule): number {
  return letter === 'C' || letter === 'L' ? first : mask;
}

// Written key by key: what comes into an object by spreading lies in a second place of memory, and every element is looked at here.
function elementRule(element: ElementModel): ElementRule {
  const { number, type, min, max, usage, times, codes, isComplete, ofProfile } = element;
  const components = element.components.map(elementRule);
  const isSimple = components.length === 0;
  const known = isComplete && codes !== undefined ? new Set(codes.keys()) : undefined;
  const isPlain = isSimple && kindOf(type) === TEXT && known === undefined && usage !== 'N';
  const rule: ElementRule & { parts: readonly ElementRule[] } = {
    least: 4 * Math.max(1, min),
    most: isPlain ? 4 * Math.min(max, LONGEST) + 3 : -1,
    isSimple,
    isMandatory: usage === 'M',
    isUnused: usage === 'N',
    kind: kindOf(type),
    min,
    max,
    codes: known,
    times,
    parts: components,
    mandatoryParts: components.reduce((bits, { isMandatory }, at) => bits | (isMandatory ? 1 << at : 0), 0),
    isDated: number === DATED,
    number,
    components,
    ofProfile,
  };
  if (isSimple) rule.parts = [rule];
  return rule;
}

function kindOf(type: string): number {
  if (/^N\d$|^9/.test(type)) return WHOLE;
  return { R: DECIMAL, n: NUMERIC, a: ALPHABETIC, DT: DATE, TM: TIME, B: BINARY }[type] ?? TEXT;
}
