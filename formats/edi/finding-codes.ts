import type { FindingRule } from './finding-rule.ts';
import { INTERCHANGE_CODES } from './interchange-codes.ts';
import { SET_CODES } from './set-codes.ts';
import { TABLE_CODES } from './table-codes.ts';

const rules = { ...INTERCHANGE_CODES, ...SET_CODES, ...TABLE_CODES };

export type FindingCode = keyof typeof rules;
export const FINDING_RULES: Readonly<Record<FindingCode, FindingRule>> = rules;

/**
 * The code for a finding in an X12 acknowledgment of a release. A release that lacks the code has that of 004010 or the
 * nearest one as stated in the table; null where acknowledgments have none.
 */
export function x12Code(code: FindingCode, release: string): string | null {
  const [, early, late] = FINDING_RULES[code].x12 ?? [];
  if (early === undefined) return null;
  return late !== undefined && release >= '005010' ? late : early;
}
