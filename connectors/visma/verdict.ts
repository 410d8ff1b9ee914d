import { Failure } from '../../failures/failure.ts';
import { actionResultOf, etagOf, messageOf } from './answer.ts';
import { authFailure, codeOf, isInconclusive, quotaFailure, worded } from './errors.ts';
import type { Exchange, HttpAnswer } from './http.ts';
import { keyOfLocation } from './keys.ts';
import { redact } from './redact.ts';
import type { WriteAnswer, WriteRequest } from './write.ts';

/** No Visma text for duplicates is published: these are the wordings of the product underneath, parsed by pattern only. */
const DUPLICATE =
  /already (?:exists?|been (?:used|registered))|is already (?:used|taken|registered|in use)|\bduplicate\b/i;
const RIGHTS =
  /\b(?:scope|permissions?|rights?|authori[sz](?:ed|ation)|forbidden|licen[cs]e|insufficient|access denied)\b/i;

/** What a finished exchange means for the write: done, certainly not done, or unknown. */
export function verdictOf(request: WriteRequest, end: Exchange, now: number): WriteAnswer {
  const what = nameOf(request);
  if (end.state === 'answered') return answerVerdict(what, request, end.answer, now);
  if (end.state === 'unsent') return { outcome: 'not-written', failure: unsent(what, end) };
  const how =
    end.state === 'cut' ? `the connection ended before the answer${codeOf(end.cause)}` : 'the answer is too large';
  const cause = end.state === 'cut' ? { cause: end.cause } : {};
  return {
    outcome: 'unknown',
    failure: new Failure('VISMA_OUTCOME_UNKNOWN', { message: `${what}: ${how}`, ...cause }),
  };
}

/** The entity without the key, which can be personal: `PUT supplier`. */
function nameOf(request: WriteRequest): string {
  return `${request.method} ${request.path.split('/')[2] ?? ''}`;
}

function unsent(what: string, end: Extract<Exchange, { state: 'unsent' }>): Failure {
  if (end.why === 'unreachable') {
    const message = `${what}: there is no connection${codeOf(end.cause)}; nothing was sent`;
    return new Failure('VISMA_UNREACHABLE', { message, cause: end.cause });
  }
  const why = end.why === 'too-late' ? 'the sending window had passed' : 'it was cancelled';
  return new Failure('VISMA_NOT_SENT', { message: `${what}: ${why} before the first byte; nothing was sent` });
}

function answerVerdict(what: string, request: WriteRequest, answer: HttpAnswer, now: number): WriteAnswer {
  const { status } = answer;
  if (status === 401) return { outcome: 'not-written', failure: authFailure(what, answer) };
  if (status === 429) return { outcome: 'not-written', failure: quotaFailure(what, answer, now) };
  if (isInconclusive(answer)) return inconclusive(what, request, answer);
  if (status === 412) return { outcome: 'stale' };
  if (status === 403 && isRights(answer)) return { outcome: 'not-written', failure: authFailure(what, answer) };
  const action = actionResultOf(answer);
  if (status >= 400 || action === 'Failed') return { outcome: 'refused', failure: refusal(what, request, answer) };
  if (action === 'Queued' || action === 'InProcess') return { outcome: 'pending' };
  return { outcome: 'accepted', status, externalId: keyOfLocation(answer.headers.location), etag: etagOf(answer) };
}

/**
 * 500 is here although it often carries a business fault: Visma answers the same fault with 400 and with 500, so a 500 alone
 * does not say that nothing was written. Its words go along for the person who resolves it.
 */
function inconclusive(what: string, request: WriteRequest, answer: HttpAnswer): WriteAnswer {
  const failure = new Failure('VISMA_OUTCOME_UNKNOWN', worded(what, answer, request.body));
  const words = messageOf(answer);
  return { outcome: 'unknown', failure, ...(words === undefined ? {} : { erpMessage: redact(words, request.body) }) };
}

function isRights(answer: HttpAnswer): boolean {
  const words = messageOf(answer);
  return words === undefined || RIGHTS.test(words);
}

function refusal(what: string, request: WriteRequest, answer: HttpAnswer): Failure {
  const words = messageOf(answer);
  const details = worded(what, answer, request.body);
  if (answer.status === 404 && request.method !== 'POST') return new Failure('VISMA_NOT_FOUND', details);
  if (answer.status === 404 && words === undefined) return new Failure('VISMA_ROUTE', details);
  return new Failure(words !== undefined && DUPLICATE.test(words) ? 'VISMA_DUPLICATE' : 'VISMA_REFUSED', details);
}
