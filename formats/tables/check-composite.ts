import { ENDS_COMPONENT, ENDS_REPETITION, type SegmentParts } from '../edi/segment.ts';
import { valueFault } from './check-value.ts';
import { isInFormat } from './dates.ts';
import type { ElementFaults } from './element-faults.ts';
import type { ElementRule } from './segment-rule.ts';

/** Components have one bit each to say that they stand; those beyond share the last. */
const LAST_BIT = 31;

/** Checks elements that have components or repetitions, one part after the other, without allocating anything. */
export class CompositeChecker {
  readonly #faults: ElementFaults;
  #element = 0;
  /** 0 while the element is not known to be repeated. */
  #repetition = 0;
  #isClosed = false;
  #measures: Int32Array = new Int32Array();

  constructor(faults: ElementFaults) {
    this.#faults = faults;
  }

  /** Checks the element that begins with a part. The answer is the part after it, less than 0 when nothing stands in it. */
  check(
    parts: SegmentParts,
    measures: Int32Array,
    rule: ElementRule,
    element: number,
    first: number,
    isClosed: boolean,
  ): number {
    this.#measures = measures;
    this.#element = element;
    this.#isClosed = isClosed;
    const next = afterRepetition(measures, first);
    const isRepeated = ((measures[next - 1] as number) & 3) === ENDS_REPETITION;
    this.#repetition = isRepeated ? 1 : 0;
    const stands = this.#checkRepetition(parts, rule, first, next);
    return isRepeated ? this.#checkMore(parts, rule, next, stands) : stands ? next : -next;
  }

  #checkMore(parts: SegmentParts, rule: ElementRule, second: number, firstStands: boolean): number {
    let [part, stands] = [second, firstStands];
    while (((this.#measures[part - 1] as number) & 3) === ENDS_REPETITION) {
      const next = afterRepetition(this.#measures, part);
      this.#repetition += 1;
      if (this.#repetition === rule.times + 1) this.#tell('too-many-repetitions', rule, 0);
      if (this.#repetition > rule.times || this.#checkRepetition(parts, rule, part, next)) stands = true;
      part = next;
    }
    return stands ? part : -part;
  }

  /** One repetition, from a part to the one before `next`. True when something stands in it. */
  #checkRepetition(parts: SegmentParts, rule: ElementRule, first: number, next: number): boolean {
    const measures = this.#measures;
    let standing = 0;
    for (let part = first; part < next; part += 1) {
      const measure = measures[part] as number;
      if (measure < 4) continue;
      const component = rule.parts[part - first];
      if (component === undefined) {
        // Of those beyond the last one listed, the first that stands is told.
        if (standing >>> rule.parts.length === 0) this.#tellBeyond(rule, part - first + 1);
      } else if (measure < component.least || measure > component.most) {
        this.#checkPart(parts, rule, part, part - first, measure >>> 2);
      }
      standing |= 1 << Math.min(part - first, LAST_BIT);
    }
    if (standing === 0) return false;
    if ((rule.mandatoryParts & ~standing) !== 0) this.#tellMissing(rule, standing);
    if (rule.isDated && next - first >= 3 && !isDated(parts, measures, first))
      this.#tell('element-date', rule.parts[1] ?? rule, 2);
    return true;
  }

  #checkPart(parts: SegmentParts, rule: ElementRule, part: number, at: number, length: number): void {
    const component = rule.parts[at] as ElementRule;
    const fault = component.isUnused ? 'element-not-used' : valueFault(parts, component, length, part);
    if (fault !== undefined) this.#tell(fault, component, rule.components.length === 0 ? 0 : at + 1);
  }

  #tellBeyond(rule: ElementRule, component: number): void {
    const isTooMany = rule.components.length === 0 || this.#isClosed;
    if (isTooMany) this.#tell('too-many-components', rule, component);
    else this.#faults.beyond('element-unlisted', this.#element, component);
  }

  #tellMissing({ parts }: ElementRule, standing: number): void {
    for (const [at, part] of parts.entries()) {
      if (part.isMandatory && (standing & (1 << at)) === 0) this.#tell('element-missing', part, at + 1);
    }
  }

  #tell(code: Parameters<ElementFaults['element']>[0], rule: ElementRule, component: number): void {
    this.#faults.element(code, rule, this.#element, component, this.#repetition);
  }
}

/** The part after the last one of a repetition. */
function afterRepetition(measures: Int32Array, first: number): number {
  let part = first;
  while (((measures[part] as number) & 3) === ENDS_COMPONENT) part += 1;
  return part + 1;
}

/** Whether a point in time is written in its format; true where one of them is missing. */
function isDated(parts: SegmentParts, measures: Int32Array, from: number): boolean {
  const [length, format] = [(measures[from + 1] as number) >>> 2, (measures[from + 2] as number) >>> 2];
  return length === 0 || format === 0 || isInFormat(parts.partDigits(from + 1), length, parts.partDigits(from + 2));
}
