import type { ElementForm, SegmentForm } from './form.ts';
import { readCondition, readElement } from './grammar.ts';
import type { ConditionModel, ElementModel, Fault, SegmentModel, Trait } from './model.ts';

/** Whose word it is: a profile's, or that of the table and its releases. */
export interface Origin {
  readonly isOfProfile: boolean;
}

/** Conditions are looked up in the bits of one number. */
const MOST_POSITIONS = 32;

const NOTHING: ReadonlySet<Trait> = new Set();
const EVERYTHING: ReadonlySet<Trait> = new Set(['type', 'length', 'usage', 'times', 'codes']);

/** The elements and conditions of a segment. */
export function readSegment(path: string, form: SegmentForm, origin: Origin, fault: Fault): SegmentModel {
  const { elements, conditions = [] } = isList(form) ? { elements: form } : form;
  const read = elements.map((element, index) => readElementForm(`${path}.${two(index + 1)}`, element, origin, fault));
  return { elements: read, conditions: readConditions(path, conditions, read.length, origin, fault) };
}

export function readConditions(
  path: string,
  texts: readonly string[],
  elementCount: number,
  origin: Origin,
  fault: Fault,
): ConditionModel[] {
  return texts.flatMap((text) => {
    const condition = readCondition(text, origin);
    if (condition?.positions.every((at) => at > 0 && at <= Math.min(elementCount, MOST_POSITIONS))) return [condition];
    fault(
      path,
      `"${text}" is no condition: write P, R, E, C or L and two digits for each of its ${elementCount} elements`,
    );
    return [];
  });
}

/** One element, or a composite with its components. */
export function readElementForm(path: string, form: ElementForm, origin: Origin, fault: Fault): ElementModel {
  const { element: text, components = [], codes, complete } = typeof form === 'string' ? { element: form } : form;
  const read = readElement(text);
  if (read === undefined)
    fault(path, `"${text}" is no element: write number, type, least, most, usage, as in "353 ID 2 2 M"`);
  else if ((read.type === '') !== components.length > 0) {
    fault(
      path,
      `"${text}" ${read.type === '' ? 'has no type and no components: give it either' : 'has a type and components: leave one out'}`,
    );
  }
  const { number = '', type = '', min = 0, max = 0, usage = 'O', times = 1 } = read ?? {};
  return {
    ...{ number, type, min, max, usage: usage ?? 'O', times: times ?? 1 },
    components: components.map((component, index) => readElementForm(`${path}.${index + 1}`, component, origin, fault)),
    codes: codes === undefined ? undefined : new Map(Object.entries(codes)),
    isComplete: complete ?? false,
    ofProfile: origin.isOfProfile ? EVERYTHING : NOTHING,
  };
}

function isList(form: SegmentForm): form is readonly ElementForm[] {
  return Array.isArray(form);
}

function two(position: number): string {
  return String(position).padStart(2, '0');
}
