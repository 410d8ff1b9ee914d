import type { FindingCode } from '../edi/finding-codes.ts';
import { brokenCondition } from './check-conditions.ts';
import { type CheckedSegment, valueFault } from './check-value.ts';
import { isInFormat } from './dates.ts';
import type { ConditionRule, ElementRule, SegmentRule } from './segment-rule.ts';

/** What is wrong with elements. Component and repetition are 0 where the whole is meant. */
export interface ElementFaults {
  element(code: FindingCode, rule: ElementRule, element: number, component: number, repetition: number): void;
  /** Elements or components stand beyond the last one that the table lists. */
  beyond(code: FindingCode, element: number, component: number): void;
  condition(condition: ConditionRule, element: number, code: FindingCode): void;
}

/** A point in time with its format. */
const DATED = 'C507';

/** Checks the elements of a segment. Nothing is allocated, and no string made, for a segment of which nothing is wrong. */
export function checkSegment(segment: CheckedSegment, rule: SegmentRule, faults: ElementFaults): void {
  const { elements, conditions } = rule;
  const standing = Math.min(segment.elementCount, elements.length);
  let present = 0;
  for (let element = 1; element <= standing; element += 1) {
    if (checkElement(segment, rule, elements[element - 1] as ElementRule, element, faults))
      present |= 1 << (element - 1);
  }
  for (let element = standing + 1; element <= rule.lastMandatory; element += 1) {
    const missing = elements[element - 1] as ElementRule;
    if (missing.isMandatory) faults.element('element-missing', missing, element, 0, 0);
  }
  if (segment.elementCount > elements.length) checkBeyond(segment, rule, faults);
  for (const condition of conditions) checkCondition(present, condition, faults);
}

/** Checks one element. True when it stands. */
function checkElement(
  segment: CheckedSegment,
  { isClosed }: SegmentRule,
  rule: ElementRule,
  element: number,
  faults: ElementFaults,
): boolean {
  const isSimple = segment.parts(element) === 1 && rule.components.length === 0;
  const length = isSimple ? segment.lengthOf(element) : 0;
  if (isSimple ? length === 0 : !segment.isPresent(element)) {
    if (rule.isMandatory) faults.element('element-missing', rule, element, 0, 0);
    return false;
  }
  if (rule.isUnused) faults.element('element-not-used', rule, element, 0, 0);
  else if (isSimple) {
    const fault = valueFault(segment, rule, length, element);
    if (fault !== undefined) faults.element(fault, rule, element, 0, 0);
  } else checkRepetitions(segment, rule, element, isClosed, faults);
  return true;
}

function checkRepetitions(
  segment: CheckedSegment,
  rule: ElementRule,
  element: number,
  isClosed: boolean,
  faults: ElementFaults,
): void {
  const repetitions = segment.repetitions(element);
  if (repetitions > rule.times) faults.element('too-many-repetitions', rule, element, 0, rule.times + 1);
  for (let repetition = 1; repetition <= Math.min(repetitions, rule.times); repetition += 1) {
    const place = repetitions > 1 ? repetition : 0;
    if (rule.components.length === 0) checkSimple(segment, rule, element, repetition, place, faults);
    else checkComposite(segment, rule, element, repetition, place, isClosed, faults);
  }
}

function checkSimple(
  segment: CheckedSegment,
  rule: ElementRule,
  element: number,
  repetition: number,
  place: number,
  faults: ElementFaults,
): void {
  if (segment.components(element, repetition) > 1) faults.element('too-many-components', rule, element, 2, place);
  const length = segment.lengthOf(element, 1, repetition);
  const fault = length === 0 ? undefined : valueFault(segment, rule, length, element, 1, repetition);
  if (fault !== undefined) faults.element(fault, rule, element, 0, place);
}

function checkComposite(
  segment: CheckedSegment,
  rule: ElementRule,
  element: number,
  repetition: number,
  place: number,
  isClosed: boolean,
  faults: ElementFaults,
): void {
  const { components } = rule;
  for (let component = 1; component <= components.length; component += 1) {
    const part = components[component - 1] as ElementRule;
    const length = segment.lengthOf(element, component, repetition);
    if (length === 0) {
      if (part.isMandatory) faults.element('element-missing', part, element, component, place);
      continue;
    }
    const fault = part.isUnused
      ? 'element-not-used'
      : valueFault(segment, part, length, element, component, repetition);
    if (fault !== undefined) faults.element(fault, part, element, component, place);
  }
  if (rule.number === DATED && !isDated(segment, element, repetition)) {
    faults.element('element-date', components[1] ?? rule, element, 2, place);
  }
  const count = segment.components(element, repetition);
  for (let component = components.length + 1; component <= count; component += 1) {
    if (segment.lengthOf(element, component, repetition) === 0) continue;
    if (isClosed) faults.element('too-many-components', rule, element, component, place);
    else faults.beyond('element-unlisted', element, component);
    return;
  }
}

function isDated(segment: CheckedSegment, element: number, repetition: number): boolean {
  if (segment.lengthOf(element, 2, repetition) === 0 || segment.lengthOf(element, 3, repetition) === 0) return true;
  return isInFormat(segment.value(element, 2, repetition), segment.value(element, 3, repetition));
}

/** Separators at the end are noise; the first element that stands beyond the last one listed is told. */
function checkBeyond(segment: CheckedSegment, { elements, isClosed }: SegmentRule, faults: ElementFaults): void {
  for (let element = elements.length + 1; element <= segment.elementCount; element += 1) {
    if (!segment.isPresent(element)) continue;
    faults.beyond(isClosed ? 'too-many-elements' : 'element-unlisted', element, 0);
    return;
  }
}

function checkCondition(present: number, condition: ConditionRule, faults: ElementFaults): void {
  const broken = brokenCondition(present, condition);
  if (broken === undefined) return;
  faults.condition(condition, broken.element, broken.isExcluded ? 'element-excluded' : 'element-condition');
}
