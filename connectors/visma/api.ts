import type { Dispatcher } from 'undici';
import type { CallBudget, CallPurpose, ObservedRates } from './budget.ts';
import { readFailure, silenceFailure } from './errors.ts';
import { exchange, type HttpAnswer, type HttpRequest } from './http.ts';
import { multipartOf } from './multipart.ts';
import { readRates } from './rates.ts';
import type { VismaSettings } from './settings.ts';
import type { TokenSource } from './token.ts';
import { verdictOf } from './verdict.ts';
import type { PreparedWrite, SendLimits, WriteAnswer, WriteRequest } from './write.ts';

export interface ApiParts {
  readonly connections: Dispatcher;
  readonly settings: VismaSettings;
  readonly tokens: TokenSource;
  readonly budget: CallBudget;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface ReadRequest {
  /** Named in failures: `supplier list`. */
  readonly what: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** One company's API, call by call: token, slot, request, rate headers. Nothing is retried but a read's first 401. */
export class VismaApi {
  readonly #parts: ApiParts;
  #rates: ObservedRates | undefined;

  constructor(parts: ApiParts) {
    this.#parts = parts;
  }

  /** What the last answer said about the budget; undefined before the first answer. */
  get rates(): ObservedRates | undefined {
    return this.#rates;
  }

  /**
   * The answer of a GET with status 200 or 404. A 401 drops the token and asks once more with a new one, for a second slot.
   * Throws Failure for every other status and for silence.
   */
  async read(request: ReadRequest, purpose: CallPurpose): Promise<HttpAnswer> {
    const first = await this.#readOnce(request, purpose);
    const answer = first.status === 401 ? await this.#readOnce(request, purpose) : first;
    if (answer.status === 200 || answer.status === 404) return answer;
    throw readFailure(request.what, answer, this.#parts.now());
  }

  /** Takes token and slot for one write and opens nothing. Throws Failure `VISMA_QUOTA`, `VISMA_AUTH` or `VISMA_UNREACHABLE`. */
  async prepareWrite(purpose: CallPurpose): Promise<PreparedWrite> {
    const { tokens, budget } = this.#parts;
    const token = await tokens.get();
    await budget.take(purpose);
    let used = false;
    return {
      send: async (request, limits) => {
        if (used) throw new Error('A prepared write can be sent once');
        used = true;
        return await this.#send(request, limits, token);
      },
    };
  }

  async #readOnce(request: ReadRequest, purpose: CallPurpose): Promise<HttpAnswer> {
    const { connections, settings, tokens, budget, now } = this.#parts;
    const token = await tokens.get();
    await budget.take(purpose);
    const url = this.#url(request.path, request.query);
    const end = await exchange(
      connections,
      { method: 'GET', url, headers: this.#headers(token), body: undefined },
      { timeoutMs: settings.timeoutMs, maxResponseBytes: settings.maxResponseBytes, mayBegin: () => true },
    );
    if (end.state !== 'answered') throw silenceFailure(request.what, end);
    const rates = this.#note(readRates(end.answer.status, end.answer.headers, now()));
    if (rates !== undefined) await budget.observe(rates);
    if (end.answer.status === 401) tokens.drop(token);
    return end.answer;
  }

  async #send(request: WriteRequest, limits: SendLimits, token: string): Promise<WriteAnswer> {
    const { connections, settings, tokens, now } = this.#parts;
    const end = await exchange(connections, this.#writing(request, token), {
      timeoutMs: limits.timeoutMs,
      maxResponseBytes: settings.maxResponseBytes,
      mayBegin: limits.mayWriteUntil,
      ...(limits.signal === undefined ? {} : { signal: limits.signal }),
    });
    if (end.state === 'answered') {
      if (end.answer.status === 401) tokens.drop(token);
      await this.#observeAfterWrite(end.answer);
    }
    return verdictOf(request, end, now());
  }

  /** A budget that cannot be corrected now must not cost the answer of a write: the next answer corrects it too. */
  async #observeAfterWrite(answer: HttpAnswer): Promise<void> {
    const rates = this.#note(readRates(answer.status, answer.headers, this.#parts.now()));
    if (rates !== undefined) await this.#parts.budget.observe(rates).catch(() => undefined);
  }

  #note(rates: ObservedRates | undefined): ObservedRates | undefined {
    this.#rates = rates ?? this.#rates;
    return rates;
  }

  #writing(request: WriteRequest, token: string): HttpRequest {
    const content = contentOf(request);
    const headers = {
      ...this.#headers(token),
      ...(content === undefined ? {} : { 'content-type': content.type }),
      ...(request.ifMatch === undefined ? {} : { 'if-match': `"${request.ifMatch}"` }),
    };
    return { method: request.method, url: this.#url(request.path, {}), headers, body: content?.body };
  }

  #headers(token: string): Record<string, string> {
    const { companyId } = this.#parts.settings;
    const company = { 'ipp-company-id': companyId ?? '', 'ipp-application-type': 'Visma.net Financials' };
    return {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      ...(companyId === undefined ? {} : company),
    };
  }

  #url(path: string, query: Readonly<Record<string, string>>): URL {
    const url = new URL(this.#parts.settings.apiUrl.replace(/\/+$/, '') + path);
    url.search = new URLSearchParams(query).toString();
    return url;
  }
}

function contentOf({
  body,
  file,
}: WriteRequest): { readonly type: string; readonly body: string | Uint8Array } | undefined {
  if (file !== undefined) return multipartOf(file);
  return body === undefined ? undefined : { type: 'application/json', body: JSON.stringify(body) };
}
