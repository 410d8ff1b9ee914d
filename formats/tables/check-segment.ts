import { ENDS_ELEMENT, type SegmentParts } from '../edi/segment.ts';
import { CompositeChecker } from './check-composite.ts';
import { brokenCondition, conditionsHold } from './check-conditions.ts';
import { valueFault } from './check-value.ts';
import type { ElementFaults } from './element-faults.ts';
import type { ElementRule, SegmentRule } from './segment-rule.ts';

/**
 * Checks the elements of segments. It goes over the parts of a segment once; nothing is allocated, and no string made, for one of
 * which nothing is wrong.
 */
export class SegmentChecker {
  readonly #faults: ElementFaults;
  readonly #composites: CompositeChecker;

  constructor(faults: ElementFaults) {
    this.#faults = faults;
    this.#composites = new CompositeChecker(faults);
  }

  check(parts: SegmentParts, rule: SegmentRule): void {
    const { elements, lastMandatory, isClosed } = rule;
    const count = parts.partCount;
    const measures = parts.measureParts();
    let present = 0;
    let element = 1;
    let part = 1;
    for (; part <= count && element <= elements.length; element += 1) {
      const one = elements[element - 1] as ElementRule;
      const measure = measures[part] as number;
      if (measure >= one.least && measure <= one.most && (measure & 2) === 0) {
        present |= 1 << (element - 1);
        part += 1;
      } else if (measure <= ENDS_ELEMENT) {
        if (one.isMandatory) this.#faults.element('element-missing', one, element, 0, 0);
        part += 1;
      } else {
        const next = this.#checkStanding(parts, measures, one, element, part, isClosed);
        if (next > 0) present |= 1 << (element - 1);
        part = Math.abs(next);
      }
    }
    for (; element <= lastMandatory; element += 1) this.#checkUsage(elements[element - 1] as ElementRule, element, -1);
    if (part <= count) this.#checkBeyond(measures, part, count, rule);
    if (!conditionsHold(present, rule)) this.#tellConditions(present, rule);
  }

  /** Checks an element that begins with a part. The answer is the part after it, less than 0 when nothing stands in it. */
  #checkStanding(
    parts: SegmentParts,
    measures: Int32Array,
    rule: ElementRule,
    element: number,
    part: number,
    isClosed: boolean,
  ): number {
    const measure = measures[part] as number;
    if (rule.isSimple && (measure & 2) === 0) {
      const fault = rule.isUnused ? 'element-not-used' : valueFault(parts, rule, measure >>> 2, part);
      if (fault !== undefined) this.#faults.element(fault, rule, element, 0, 0);
      return part + 1;
    }
    const next = this.#composites.check(parts, measures, rule, element, part, isClosed);
    this.#checkUsage(rule, element, next);
    return next;
  }

  /** `sign` is above 0 for an element that stands. */
  #checkUsage(rule: ElementRule, element: number, sign: number): void {
    if (sign < 0 && rule.isMandatory) this.#faults.element('element-missing', rule, element, 0, 0);
    if (sign > 0 && rule.isUnused) this.#faults.element('element-not-used', rule, element, 0, 0);
  }

  /** Separators at the end are noise; the first element that stands beyond the last one listed is told. */
  #checkBeyond(measures: Int32Array, first: number, last: number, { elements, isClosed }: SegmentRule): void {
    let element = elements.length + 1;
    for (let part = first; part <= last; part += 1) {
      const measure = measures[part] as number;
      if (measure >= 4) {
        this.#faults.beyond(isClosed ? 'too-many-elements' : 'element-unlisted', element, 0);
        return;
      }
      if (measure <= ENDS_ELEMENT) element += 1;
    }
  }

  #tellConditions(present: number, { conditions }: SegmentRule): void {
    for (const condition of conditions) {
      const broken = brokenCondition(present, condition);
      if (broken === undefined) continue;
      this.#faults.condition(condition, broken.element, broken.isExcluded ? 'element-excluded' : 'element-condition');
    }
  }
}
