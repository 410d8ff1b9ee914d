import type { z } from 'zod';
import { Failure } from '../../failures/failure.ts';
import { parseJson } from './answer.ts';
import { readFailure } from './errors.ts';
import type { HttpAnswer } from './http.ts';

/** The JSON of an answer in the form expected. Throws Failure `VISMA_UNREACHABLE` or `VISMA_ANSWER_INVALID`, without values. */
export function parsedAnswer<T>(schema: z.ZodType<T>, answer: HttpAnswer, what: string): T {
  const body = parseJson(answer.text);
  if (body !== undefined) return parsedBody(schema, body, what);
  throw new Failure('VISMA_UNREACHABLE', { message: `${what}: the answer is not JSON (${answer.status})` });
}

export function parsedBody<T>(schema: z.ZodType<T>, body: unknown, what: string): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? 'the whole answer' : issue.path.join('.');
  throw new Failure('VISMA_ANSWER_INVALID', { message: `${what}: unexpected form at ${place} (${issue?.code})` });
}

/** For a list, 404 is a wrong address. Throws Failure. */
export function assertFound(what: string, answer: HttpAnswer): void {
  if (answer.status === 404) throw readFailure(what, answer, 0);
}

/** For one record, 404 says that there is none; but a page of a gateway proves nothing. Throws Failure. */
export function isAbsent(what: string, answer: HttpAnswer): boolean {
  if (answer.status !== 404) return false;
  const failure = readFailure(what, answer, 0);
  if (failure.code !== 'VISMA_ROUTE') throw failure;
  return true;
}
