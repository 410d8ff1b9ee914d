import type { TestContext } from 'node:test';
import { startVismaSimulator, type VismaSimulator, type VismaSimulatorOptions } from '../../sandbox/visma/simulator.ts';

export const TENANT = '11111111-1111-1111-1111-111111111111';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came.
  readonly body: any;
}

export interface Caller {
  readonly visma: VismaSimulator;
  /** The Authorization header of a good token. */
  readonly bearer: string;
  token(form?: Record<string, string>): Promise<Reply>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  get(path: string, query?: Record<string, string>): Promise<Reply>;
}

/** A simulator of its own for one test, and a caller with a token. Closed when the test ends. */
export async function simulated(t: TestContext, options: VismaSimulatorOptions = {}): Promise<Caller> {
  const visma = await startVismaSimulator(options);
  t.after(() => visma.close());
  const token = (form: Record<string, string> = {}) =>
    request(visma.tokenUrl, { method: 'POST', body: new URLSearchParams({ ...tokenForm(options), ...form }) });
  const bearer = `Bearer ${(await token()).body.access_token}`;
  const call: Caller['call'] = (method, path, body, headers) =>
    request(visma.url + path, {
      method,
      headers: {
        authorization: bearer,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    visma,
    bearer,
    token,
    call,
    get: (path, query = {}) => call('GET', `${path}?${new URLSearchParams(query)}`),
  };
}

/** Wraps each plain value of a write body as the API wants it. */
export function wrap(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
}

/** A supplier whose number the caller chooses. */
export function supplierBody(number: string, values: Record<string, unknown> = {}): Record<string, unknown> {
  return wrap({ number, name: `Supplier ${number}`, overrideNumberSeries: true, ...values });
}

export async function request(url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: json(text) };
}

function tokenForm({ credentials }: VismaSimulatorOptions): Record<string, string> {
  return {
    grant_type: 'client_credentials',
    client_id: credentials?.clientId ?? 'isv_sandbox',
    client_secret: credentials?.clientSecret ?? 'sandbox-secret',
    tenant_id: credentials?.tenantId ?? TENANT,
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
