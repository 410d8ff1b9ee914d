import type { Json, JsonObject } from './json.ts';

/** One request as it came in, and what became of it. */
export interface LoggedRequest {
  readonly id: number;
  readonly at: string;
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly ifMatch?: string;
  body: Json;
  /** Null until an answer was sent, and for ever when the line was cut. */
  status: number | null;
  outcome: 'pending' | 'held' | 'answered' | 'dropped';
  /** The rule of the fault that hit it. */
  fault?: string;
}

export interface RequestFilter {
  readonly method?: string | undefined;
  readonly path?: RegExp | undefined;
  /** Only requests with a higher id. */
  readonly after?: number | undefined;
}

const CAP = 100_000;

/** The last 100,000 requests. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #lastId = 0;

  get size(): number {
    return this.#entries.length;
  }

  begin(request: Pick<LoggedRequest, 'at' | 'method' | 'path' | 'query' | 'ifMatch'>): LoggedRequest {
    this.#lastId += 1;
    const entry: LoggedRequest = { id: this.#lastId, ...request, body: null, status: null, outcome: 'pending' };
    this.#entries.push(entry);
    // Cut in slices: shifting one by one would move the whole array for every request.
    if (this.#entries.length > CAP * 1.1) this.#entries = this.#entries.slice(-CAP);
    return entry;
  }

  list({ method, path, after = 0 }: RequestFilter): readonly LoggedRequest[] {
    return this.#entries.filter(
      (entry) =>
        entry.id > after &&
        (method === undefined || entry.method === method.toUpperCase()) &&
        (path === undefined || path.test(entry.path)),
    );
  }

  clear(): void {
    this.#entries = [];
  }
}

/** A token request's form without its secret. */
export function maskedForm(form: Readonly<Record<string, string>>): JsonObject {
  return { ...form, ...(form.client_secret === undefined ? {} : { client_secret: '***' }) };
}
