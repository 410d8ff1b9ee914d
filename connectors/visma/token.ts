import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { Failure } from '../../failures/failure.ts';
import { isHtml, parseJson } from './answer.ts';
import { exchange, type HttpAnswer, type HttpRequest } from './http.ts';
import { readRates } from './rates.ts';
import type { VismaSecrets, VismaSettings } from './settings.ts';

const MAX_TOKEN_BYTES = 256 * 1024;

const grantSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const refusalSchema = z.object({ error: z.string() });

/** RFC 6749, section 5.2. Any other text of the answer may repeat what we sent, so it is never quoted. */
const OAUTH_ERRORS = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
]);

interface Held {
  readonly token: string;
  readonly renewAt: number;
}

export interface TokenSourceParts {
  readonly connections: Dispatcher;
  readonly settings: VismaSettings;
  readonly secrets: VismaSecrets;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * The access token of one company, from Visma Connect's client credentials grant. It is kept until shortly before it
 * expires; however many callers wait for a new one, it is asked for once. Token requests take no slot of the call budget.
 */
export class TokenSource {
  readonly #parts: TokenSourceParts;
  #held: Held | undefined;
  #renewal: Promise<Held> | undefined;

  constructor(parts: TokenSourceParts) {
    this.#parts = parts;
  }

  /** Throws Failure `VISMA_AUTH` when the credentials are refused, `VISMA_UNREACHABLE` when there is no answer to go by. */
  async get(): Promise<string> {
    if (this.#held !== undefined && this.#parts.now() < this.#held.renewAt) return this.#held.token;
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    return (await this.#renewal).token;
  }

  /** Forgets this token after a 401. A newer one, which another caller may have got by now, stays. */
  drop(token: string): void {
    if (this.#held?.token === token) this.#held = undefined;
  }

  async #renew(): Promise<Held> {
    const { connections, settings, now } = this.#parts;
    const askedAt = now();
    const end = await exchange(connections, this.#request(), {
      timeoutMs: settings.timeoutMs,
      maxResponseBytes: MAX_TOKEN_BYTES,
      mayBegin: () => true,
    });
    if (end.state !== 'answered') throw unreachable(end.state, 'cause' in end ? end.cause : undefined);
    const grant = grantOf(end.answer, now());
    const lifeMs = grant.expires_in * 1000;
    const renewAt = askedAt + Math.max(lifeMs - settings.renewBeforeExpiryMs, lifeMs / 2);
    this.#held = { token: grant.access_token, renewAt };
    return this.#held;
  }

  #request(): HttpRequest {
    const { settings, secrets } = this.#parts;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: secrets.clientId,
      client_secret: secrets.clientSecret,
      tenant_id: settings.tenantId,
      scope: settings.scopes.join(' '),
    });
    const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', url: new URL(settings.tokenUrl), headers, body: form.toString() };
  }
}

function grantOf(answer: HttpAnswer, now: number): z.infer<typeof grantSchema> {
  const body = parseJson(answer.text);
  if (answer.status === 200) {
    const grant = grantSchema.safeParse(body);
    if (grant.success) return grant.data;
    if (isHtml(answer) || body === undefined) throw unreachable('answer that is not JSON');
    throw new Failure('VISMA_ANSWER_INVALID', {
      message: 'Visma Connect answered the token request without access_token or expires_in',
    });
  }
  throw refusal(answer, refusalSchema.safeParse(body).data?.error, now);
}

function refusal(answer: HttpAnswer, error: string | undefined, now: number): Failure {
  const { status } = answer;
  if (status === 429) {
    const retryAfterMs = readRates(status, answer.headers, now)?.retryAfterMs;
    return new Failure('VISMA_UNREACHABLE', {
      message: 'Visma Connect asks to wait before the next token request (429)',
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }
  if (status >= 500 || status < 400 || isHtml(answer)) return unreachable(`status ${status}`);
  const name = error !== undefined && OAUTH_ERRORS.has(error) ? error : `status ${status}`;
  return new Failure('VISMA_AUTH', { message: `Visma Connect refused to issue an access token (${name})` });
}

function unreachable(what: string, cause?: unknown): Failure {
  return new Failure('VISMA_UNREACHABLE', {
    message: `Visma Connect gave no access token (${what})`,
    ...(cause === undefined ? {} : { cause }),
  });
}
