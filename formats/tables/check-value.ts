import type { FindingCode } from '../edi/finding-codes.ts';
import type { Segment } from '../edi/segment.ts';
import { isDay, isTime } from './dates.ts';
import { ALPHABETIC, BINARY, DATE, DECIMAL, type ElementRule, NUMERIC, TEXT, TIME, WHOLE } from './segment-rule.ts';

/** What a reader gives and a writer holds: as much of a segment as its values are checked by. */
export type CheckedSegment = Pick<
  Segment,
  | 'packedTag'
  | 'elementCount'
  | 'value'
  | 'isPresent'
  | 'repetitions'
  | 'components'
  | 'parts'
  | 'lengthOf'
  | 'digitsOf'
>;

/** X12 writes a number as `-12.5`, EDIFACT also as `-12,5`; the mark alone, and one at the end, are no number in EDIFACT. */
const NUMBERS: Readonly<Record<number, RegExp>> = {
  [WHOLE]: /^-?\d+$/,
  [DECIMAL]: /^-?(\d+\.?\d*|\.\d+)(E-?\d+)?$/,
  [NUMERIC]: /^-?\d+([.,]\d+)?$/,
};

/**
 * What is wrong with a value that stands; undefined when it is sound. `length` is that of its letters. Only a value with codes
 * of its own, a number with a sign or a mark, and one that looks too long become strings.
 */
export function valueFault(
  segment: CheckedSegment,
  rule: ElementRule,
  length: number,
  element: number,
  component = 1,
  repetition = 1,
): FindingCode | undefined {
  const { kind, min, max, codes } = rule;
  if (kind === TEXT) {
    if (length >= min && length <= max && codes === undefined) return undefined;
    return textFault(segment.value(element, component, repetition).trimEnd(), rule);
  }
  if (kind === BINARY) return undefined;
  const digits = segment.digitsOf(element, component, repetition);
  if (kind === DATE) return digits >= 0 && isDay(digits, length) ? undefined : 'element-date';
  if (kind === TIME) return digits >= 0 && isTime(digits, length) ? undefined : 'element-time';
  if (digits >= 0 && kind !== ALPHABETIC && length >= min && length <= max) return undefined;
  return numberFault(segment.value(element, component, repetition), rule);
}

/** Blanks at the end are not significant: they make no value too long, and no code another one. */
function textFault(text: string, { min, max, codes }: ElementRule): FindingCode | undefined {
  return lengthFault(text.length, min, max) ?? (codes?.has(text) === false ? 'element-code' : undefined);
}

/** Sign, mark and exponent do not count towards the length of a number. */
function numberFault(text: string, { kind, min, max }: ElementRule): FindingCode | undefined {
  if (kind === ALPHABETIC) return /\d/.test(text) ? 'element-type' : lengthFault(text.trimEnd().length, min, max);
  if (NUMBERS[kind]?.test(text) === false) return 'element-type';
  return lengthFault(text.replace(/E.*|[^\d]/g, '').length, min, max);
}

function lengthFault(length: number, min: number, max: number): FindingCode | undefined {
  if (length > max) return 'element-too-long';
  return length < min ? 'element-too-short' : undefined;
}
