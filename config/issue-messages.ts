import type { z } from 'zod';
import { nearest } from './nearest.ts';
import { formatUnit, UNIT_EXAMPLES, type Unit } from './units.ts';

type Issue = z.core.$ZodIssue;

/** Said about a key that must be there. */
export const MISSING = 'is missing';

/** More choices than this are not listed when one of them is near. */
const MAX_LISTED = 12;

const EXPECTED: Readonly<Record<string, string>> = {
  object: 'a group of settings',
  record: 'a group of settings',
  array: 'a list',
  string: 'a text',
  number: 'a whole number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** What a person reads about one finding of the schema. `value` is what stands there, `unit` the unit of the setting. */
export function messageOf(issue: Issue, value: unknown, unit: Unit | undefined): string {
  if (value === undefined) return MISSING;
  if (issue.code === 'invalid_type')
    return `${value === '' ? 'is empty; it ' : ''}must be ${expectedOf(issue.expected, unit)}`;
  if (issue.code === 'too_small' || issue.code === 'too_big') return boundMessage(issue, unit);
  if (issue.code === 'invalid_value') return choiceMessage(value, issue.values.map(String));
  if (issue.code === 'invalid_key') return `the name ${issue.issues[0]?.message ?? 'is not allowed'}`;
  return issue.message;
}

/** `must be one of: a, b; did you mean "a"?`; a long list only where no choice is near. */
export function choiceMessage(value: unknown, choices: readonly string[]): string {
  const hint = didYouMean(String(value), choices);
  const isLong = choices.length > MAX_LISTED && hint !== '';
  return isLong ? `"${value}" is not known here${hint}` : `must be one of: ${choices.join(', ')}${hint}`;
}

/** `; did you mean "source"?`, or nothing when no known word is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? '' : `; did you mean "${meant}"?`;
}

function expectedOf(expected: string, unit: Unit | undefined): string {
  return unit !== undefined && EXPECTED[expected] === EXPECTED.number
    ? UNIT_EXAMPLES[unit]
    : (EXPECTED[expected] ?? expected);
}

function boundMessage(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, unit: Unit | undefined): string {
  const bound = Number(issue.code === 'too_small' ? issue.minimum : issue.maximum);
  const side = issue.code === 'too_small' ? 'at least' : 'at most';
  if (issue.origin === 'array') return `must have ${side} ${bound} ${bound === 1 ? 'entry' : 'entries'}`;
  if (issue.origin === 'string' && issue.code === 'too_small' && bound === 1) return 'must not be empty';
  if (issue.origin === 'string') return `must have ${side} ${bound} ${bound === 1 ? 'character' : 'characters'}`;
  return `must be ${side} ${unit === undefined ? bound : formatUnit(bound, unit)}`;
}
