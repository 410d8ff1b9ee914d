import type { IncomingHttpHeaders } from 'node:http';
import { Agent, type Dispatcher } from 'undici';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

export interface HttpLimits {
  /** Total time, from waiting for a connection to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  /** Asked once, right before the first byte; false sends nothing. */
  readonly mayBegin: () => boolean;
  /** Honoured until the first byte. */
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * How one HTTP request ended. `unsent`: certainly not a byte of it left the process. `cut`: it began, and its answer is
 * missing or incomplete, so the other side may have acted on it.
 */
export type Exchange =
  | { readonly state: 'answered'; readonly answer: HttpAnswer }
  | { readonly state: 'unsent'; readonly why: 'unreachable' | 'too-late' | 'cancelled'; readonly cause: unknown }
  | { readonly state: 'cut'; readonly cause: unknown }
  | { readonly state: 'oversize' };

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * The connections of one client. One request at a time per connection (no pipelining), HTTP/1.1 only, no retrying agent,
 * no redirects: what is written is written once, and `exchange` knows when.
 */
export function openConnections(): Dispatcher {
  return new Agent({
    pipelining: 1,
    allowH2: false,
    connections: 32,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    // The total deadline of each exchange stands in for both.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

/** Sends one request and waits for its end. Never rejects. */
export function exchange(connections: Dispatcher, request: HttpRequest, limits: HttpLimits): Promise<Exchange> {
  return new Promise((resolve) => {
    const handler = new OneExchange(limits, resolve);
    if (limits.signal?.aborted) return handler.cancel();
    connections.dispatch(
      {
        origin: request.url.origin,
        path: request.url.pathname + request.url.search,
        method: request.method,
        headers: request.headers,
        body: request.body ?? null,
      },
      handler,
    );
  });
}

/**
 * undici calls `onRequestStart` when a connected socket is this request's to write on, and writes head and body in the same
 * synchronous stretch when the body is a string or bytes; an abort in there leaves the socket untouched. So what that moment
 * decides is exact: before it no byte has left, after it bytes must be taken as gone.
 */
class OneExchange implements Dispatcher.DispatchHandler {
  readonly #limits: HttpLimits;
  readonly #resolve: (end: Exchange) => void;
  readonly #deadline: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;

  constructor(limits: HttpLimits, resolve: (end: Exchange) => void) {
    this.#limits = limits;
    this.#resolve = resolve;
    this.#deadline = setTimeout(() => this.#expire(), limits.timeoutMs);
    limits.signal?.addEventListener('abort', this.cancel, { once: true });
  }

  readonly cancel = (): void => {
    if (this.#controller === undefined) this.#settle({ state: 'unsent', why: 'cancelled', cause: undefined });
  };

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#controller !== undefined) {
      this.#giveUp(controller, { state: 'cut', cause: new Error('the connection was lost; nothing is written twice') });
    } else if (this.#settled) {
      controller.abort(new Error('given up while waiting for a connection'));
    } else if (this.#limits.mayBegin()) {
      this.#controller = controller;
    } else {
      this.#giveUp(controller, { state: 'unsent', why: 'too-late', cause: undefined });
    }
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    this.#chunks.push(chunk);
    if (this.#size > this.#limits.maxResponseBytes) this.#giveUp(controller, { state: 'oversize' });
  }

  onResponseEnd(): void {
    const text = new TextDecoder().decode(Buffer.concat(this.#chunks));
    this.#settle({ state: 'answered', answer: { status: this.#status, headers: this.#headers, text } });
  }

  onResponseError(_controller: Dispatcher.DispatchController, cause: Error): void {
    if (this.#controller === undefined) this.#settle({ state: 'unsent', why: 'unreachable', cause });
    else this.#settle({ state: 'cut', cause });
  }

  #expire(): void {
    const cause = new Error(`no answer within ${this.#limits.timeoutMs} ms`);
    if (this.#controller === undefined) this.#settle({ state: 'unsent', why: 'unreachable', cause });
    else this.#giveUp(this.#controller, { state: 'cut', cause });
  }

  #giveUp(controller: Dispatcher.DispatchController, end: Exchange): void {
    this.#settle(end);
    controller.abort(new Error('given up'));
  }

  #settle(end: Exchange): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#deadline);
    this.#limits.signal?.removeEventListener('abort', this.cancel);
    this.#resolve(end);
  }
}
