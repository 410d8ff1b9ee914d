import { z } from 'zod';
import { Failure } from '../../failures/failure.ts';
import { CanonicalDocument } from '../../mappings/canonical/document.ts';

/** A line of `edi map` about a set that was read. */
const Mapped = z.looseObject({ document: z.unknown() });
/** A line of `edi map` about a group or an interchange. */
const Closing = z.looseObject({ interchange: z.string(), accepted: z.string(), set: z.undefined().optional() });

/**
 * The canonical documents of a text: one JSON document, a list of them, or one a line, as `edi map` prints them.
 *
 * @throws Failure COMMAND_USAGE that names the document by its number, and the field
 */
export function documentsIn(text: string): CanonicalDocument[] {
  return jsonValuesIn(text)
    .filter((value) => !Closing.safeParse(value).success)
    .map((value, index) => documentOf(value, index + 1));
}

function jsonValuesIn(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch {
    return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [lineOf(line, index + 1)]));
  }
}

function lineOf(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw unreadable(`Line ${number} is no JSON.`, error);
  }
}

function documentOf(value: unknown, number: number): CanonicalDocument {
  const mapped = Mapped.safeParse(value);
  const parsed = CanonicalDocument.safeParse(mapped.success ? mapped.data.document : value);
  if (parsed.success) return parsed.data;
  const [issue] = deepest(parsed.error.issues);
  const where = issue === undefined ? '' : ` (${[issue.path.join('.'), issue.message].filter(Boolean).join(': ')})`;
  throw unreadable(`Document ${number} is no canonical document${where}.`, parsed.error);
}

function unreadable(message: string, cause: unknown): Failure {
  return new Failure('COMMAND_USAGE', { message, cause, next: 'Give canonical documents as `edi map` prints them.' });
}

/** Of a union, the problems of the member that the document came nearest to. */
function deepest(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const [first] = issues;
  if (first?.code !== 'invalid_union') return issues;
  const members = first.errors.map(deepest).filter((member) => !member.some(({ path }) => path[0] === 'kind'));
  return members.toSorted((a, b) => a.length - b.length)[0] ?? issues;
}
