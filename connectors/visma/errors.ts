import { Failure } from '../../failures/failure.ts';
import { isHtml, messageOf } from './answer.ts';
import type { Exchange, HttpAnswer } from './http.ts';
import { readRates } from './rates.ts';
import { redact } from './redact.ts';

/** An end of an exchange that brought no answer. */
type Silence = Exclude<Exchange, { state: 'answered' }>;

/** Codes that a gateway gives on behalf of a system that it could not wait for. */
const GATEWAY_CODES = new Set([408, 425, 499]);

/**
 * True when the status is not the ERP's own verdict: a failure on its side, a redirect, a page of a gateway. Whether a write
 * was carried out is then unknown.
 */
export function isInconclusive(answer: HttpAnswer): boolean {
  const { status } = answer;
  return (
    status < 200 || (status >= 300 && status < 400) || status >= 500 || GATEWAY_CODES.has(status) || isHtml(answer)
  );
}

/** The failure of a read that got no answer. `what` names the thing read, for instance `supplier list`. */
export function silenceFailure(what: string, end: Silence): Failure {
  if (end.state === 'oversize') {
    return new Failure('VISMA_ANSWER_TOO_LARGE', { message: `${what}: the answer is larger than maxResponseBytes` });
  }
  const how = end.state === 'cut' ? 'the answer was cut' : 'there is no connection';
  return new Failure('VISMA_UNREACHABLE', { message: `${what}: ${how}${codeOf(end.cause)}`, cause: end.cause });
}

/** The failure of a read whose answer is not a 2xx. 404 of a single record is the caller's business, not a failure. */
export function readFailure(what: string, answer: HttpAnswer, now: number): Failure {
  const { status } = answer;
  if (status === 401) return authFailure(what, answer);
  if (status === 429) return quotaFailure(what, answer, now);
  if (isInconclusive(answer)) return unreachable(what, answer);
  if (status === 403) return authFailure(what, answer);
  if (status === 404) return new Failure('VISMA_ROUTE', { message: `${what}: the address does not exist (404)` });
  return new Failure('VISMA_REFUSED', worded(what, answer, undefined));
}

export function quotaFailure(what: string, answer: HttpAnswer, now: number): Failure {
  const retryAfterMs = readRates(answer.status, answer.headers, now)?.retryAfterMs;
  return new Failure('VISMA_QUOTA', {
    message: `${what}: Visma.net asks to wait (429)`,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** 401: the token is no good for this company (a wrong tenant shows only here). 403: scope, licence or rights are missing. */
export function authFailure(what: string, answer: HttpAnswer): Failure {
  if (answer.status === 403)
    return new Failure('VISMA_AUTH', worded(`${what}: scope or rights are missing`, answer, undefined));
  return new Failure('VISMA_AUTH', {
    message: `${what}: Visma.net does not accept the access token (401); the usual cause is a tenant id that is not the company's`,
  });
}

/** Message and sealed original of an error answer; `body` is what was sent, so that its personal values are taken out. */
export function worded(what: string, answer: HttpAnswer, body: unknown): { message: string; confidential?: string } {
  const words = messageOf(answer);
  if (words === undefined) return { message: `${what}: answered ${answer.status} without a message` };
  return { message: `${what}: ${redact(words, body)} (${answer.status})`, confidential: words };
}

function unreachable(what: string, answer: HttpAnswer): Failure {
  if (isHtml(answer)) {
    return new Failure('VISMA_UNREACHABLE', { message: `${what}: a gateway answered with a page (${answer.status})` });
  }
  return new Failure('VISMA_UNREACHABLE', worded(what, answer, undefined));
}

/** System error codes (ECONNREFUSED, UND_ERR_CONNECT_TIMEOUT) say more than their texts and hold nothing private. */
export function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  return 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : ` (${cause.message})`;
}
