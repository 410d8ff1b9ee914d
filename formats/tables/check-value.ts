import type { FindingCode } from '../edi/finding-codes.ts';
import type { SegmentParts } from '../edi/segment.ts';
import { isDay, isTime } from './dates.ts';
import { ALPHABETIC, BINARY, DATE, DECIMAL, type ElementRule, NUMERIC, TEXT, TIME, WHOLE } from './segment-rule.ts';

/** X12 writes a number as `-12.5`, EDIFACT also as `-12,5`; a mark alone, or at the end, is no number in EDIFACT. */
const NUMBERS: Readonly<Record<number, RegExp>> = {
  [WHOLE]: /^-?\d+$/,
  [DECIMAL]: /^-?(\d+\.?\d*|\.\d+)(E-?\d+)?$/,
  [NUMERIC]: /^-?\d+([.,]\d+)?$/,
};

/**
 * What is wrong with a value that stands; undefined when it is sound. `length` is that of its letters. Only a value that has codes
 * or is faulty becomes a string, and a number with a mark that is no point.
 */
export function valueFault(
  parts: SegmentParts,
  rule: ElementRule,
  length: number,
  part: number,
): FindingCode | undefined {
  const { kind, min, max, codes } = rule;
  if (kind === TEXT) {
    if (length >= min && length <= max && codes === undefined) return undefined;
    return textFault(parts.partText(part).trimEnd(), rule);
  }
  if (kind === DATE) return isDay(parts.partDigits(part), length) ? undefined : 'element-date';
  if (kind === TIME) return isTime(parts.partDigits(part), length) ? undefined : 'element-time';
  if (kind === BINARY) return undefined;
  if (kind === ALPHABETIC) return alphabeticFault(parts.partText(part), rule);
  const digits = parts.partNumber(part);
  if (digits > 0) return lengthFault(digits, min, max);
  if (digits < 0 && kind !== WHOLE) return lengthFault(-digits, min, max);
  return numberFault(parts.partText(part), rule);
}

/** Blanks at the end are not significant: they make no value too long, and no code another one. */
function textFault(text: string, { min, max, codes }: ElementRule): FindingCode | undefined {
  return lengthFault(text.length, min, max) ?? (codes?.has(text) === false ? 'element-code' : undefined);
}

function alphabeticFault(text: string, { min, max }: ElementRule): FindingCode | undefined {
  return /\d/.test(text) ? 'element-type' : lengthFault(text.trimEnd().length, min, max);
}

/** Sign, mark and exponent do not count towards the length of a number. */
function numberFault(text: string, { kind, min, max }: ElementRule): FindingCode | undefined {
  if (NUMBERS[kind]?.test(text) === false) return 'element-type';
  return lengthFault(text.replace(/E.*|[^\d]/g, '').length, min, max);
}

function lengthFault(length: number, min: number, max: number): FindingCode | undefined {
  if (length > max) return 'element-too-long';
  return length < min ? 'element-too-short' : undefined;
}
