import { Failure } from '../../failures/failure.ts';

/** Visma.net says "nothing" with null, with '' and by leaving a field out; all are undefined here. Outer white space goes. */
export function text(value: string | null | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === '' ? undefined : trimmed;
}

/**
 * The text of a field that the document cannot do without.
 *
 * @throws Failure MAPPED_VALUE_INVALID naming the document (`subject`) and the field
 */
export function requiredText(value: string | null | undefined, subject: string, field: string): string {
  const found = text(value);
  if (found !== undefined) return found;
  throw new Failure('MAPPED_VALUE_INVALID', { message: `${subject}: Visma.net gives no ${field}.` });
}
