import type { CodePlace, ConditionModel, Usage } from './model.ts';

const COUNT = String.raw`\d+`;
const OCCURRENCE = new RegExp(`^(${COUNT}) (${COUNT}|\\*)$`);
const LINE = new RegExp(`^([A-Z][A-Z0-9]{1,2}(?:@[a-z0-9-]+)?) (${COUNT} (?:${COUNT}|\\*))$`);
const TYPES = 'AN|ID|DT|TM|N[0-9]|R|B|an|a|n|X|9|9V[1-9]';
const SIMPLE = new RegExp(`^([A-Z0-9]+) (${TYPES}) (${COUNT}) (${COUNT})(?: ([MOCN]))?(?: x(${COUNT}|\\*))?$`);
const COMPOSITE = new RegExp(`^([A-Z][A-Z0-9]+)(?: ([MOCN]))?(?: x(${COUNT}|\\*))?$`);
const CONDITION = /^([PRECL])((?:\d\d){2,})$/;

export function readCount(text: string): number {
  return text === '*' ? Number.POSITIVE_INFINITY : Number(text);
}

/** `MIN MAX`. Undefined when it is none, or when the least is more than the most. */
export function readOccurrence(text: string): { readonly min: number; readonly max: number } | undefined {
  const [, min, max] = OCCURRENCE.exec(text) ?? [];
  if (min === undefined || max === undefined) return undefined;
  const occurrence = { min: Number(min), max: readCount(max) };
  return occurrence.min <= occurrence.max ? occurrence : undefined;
}

/** `TAG MIN MAX`, or `TAG@section MIN MAX`. */
export function readLine(
  text: string,
): { readonly id: string; readonly min: number; readonly max: number } | undefined {
  const [, id, rest] = LINE.exec(text) ?? [];
  const occurrence = rest === undefined ? undefined : readOccurrence(rest);
  return id === undefined || occurrence === undefined ? undefined : { id, ...occurrence };
}

export interface ElementText {
  readonly number: string;
  /** '' for a composite. */
  readonly type: string;
  readonly min: number;
  readonly max: number;
  readonly usage: Usage | undefined;
  readonly times: number | undefined;
}

/** `NUMBER TYPE MIN MAX [USAGE] [xTIMES]`, or `NUMBER [USAGE] [xTIMES]` for a composite. */
export function readElement(text: string): ElementText | undefined {
  const simple = SIMPLE.exec(text);
  const [, number, type = '', min = '0', max = '0', usage, times] = simple ?? [];
  if (number !== undefined) {
    const isSound = Number(min) <= Number(max) && Number(max) > 0;
    return isSound ? { number, type, min: Number(min), max: Number(max), ...optional(usage, times) } : undefined;
  }
  const [, composite, compositeUsage, compositeTimes] = COMPOSITE.exec(text) ?? [];
  if (composite === undefined) return undefined;
  return { number: composite, type: '', min: 0, max: 0, ...optional(compositeUsage, compositeTimes) };
}

function optional(usage: string | undefined, times: string | undefined): Pick<ElementText, 'usage' | 'times'> {
  return { usage: isUsage(usage) ? usage : undefined, times: times === undefined ? undefined : readCount(times) };
}

export function isUsage(text: string | undefined): text is Usage {
  return text === 'M' || text === 'O' || text === 'C' || text === 'N';
}

/** `R0203`: a letter, and the positions it is about. */
export function readCondition(text: string, origin: { readonly isOfProfile: boolean }): ConditionModel | undefined {
  const [, letter, digits] = CONDITION.exec(text) ?? [];
  if (letter === undefined || digits === undefined) return undefined;
  const positions = Array.from({ length: digits.length / 2 }, (_, index) =>
    Number(digits.slice(index * 2, index * 2 + 2)),
  );
  return { letter: letter as ConditionModel['letter'], positions, ...origin };
}

/** `01` or `01.1`. */
export function readCodePlace(text: string): CodePlace | undefined {
  const [, element, component] = /^(\d\d?)(?:\.(\d\d?))?$/.exec(text) ?? [];
  if (element === undefined || Number(element) === 0) return undefined;
  return { element: Number(element), component: Number(component ?? '1') };
}

/** One name of a path, with the variant it means: `N1[ST]`. */
export interface Step {
  readonly name: string;
  readonly code: string | undefined;
}

export interface Path {
  /** It begins at the set; else it means any place whose last names are these. */
  readonly isFromSet: boolean;
  readonly steps: readonly Step[];
  readonly element: CodePlace | undefined;
  /** `.01` has no component, `.01.1` has one. */
  readonly hasComponent: boolean;
  readonly isConditions: boolean;
}

/** `REF.02`, `N1/N3`, `/REF`, `N1[ST]/N4.02`, `C507` in `DTM.01.2`, `SAC.conditions`, and `/` for the set. */
export function readPath(text: string): Path | undefined {
  const [, slash, names, element, component, conditions] =
    /^(\/?)([^.]*?)(?:\.(\d\d?)(?:\.(\d\d?))?|\.(conditions))?$/.exec(text) ?? [];
  if (names === undefined || (names === '' && text !== '/')) return undefined;
  const steps = names === '' ? [] : names.split('/').map(readStep);
  if (!steps.every((step) => step !== undefined)) return undefined;
  return {
    isFromSet: slash === '/',
    steps,
    element:
      element === undefined ? undefined : readCodePlace(component === undefined ? element : `${element}.${component}`),
    hasComponent: component !== undefined,
    isConditions: conditions !== undefined,
  };
}

function readStep(text: string): Step | undefined {
  const [, name, code] = /^([A-Z][A-Z0-9]{1,2}(?:@[a-z0-9-]+)?)(?:\[([^\]]+)\])?$/.exec(text) ?? [];
  return name === undefined ? undefined : { name, code };
}

/** The tag of a place, or of the segment that opens a loop: its id without the section. */
export function tagOf(id: string): string {
  return id.split('@')[0] ?? id;
}
