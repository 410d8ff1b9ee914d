import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import type { CallBudget, CallPurpose, ObservedRates } from '../../connectors/visma/budget.ts';
import { VismaClient } from '../../connectors/visma/client.ts';
import { parseVismaSettings } from '../../connectors/visma/settings.ts';
import type { WriteAnswer, WriteRequest } from '../../connectors/visma/write.ts';
import { startVismaSimulator, type VismaSimulatorOptions } from '../../sandbox/visma/simulator.ts';
import { atEnd } from '../harness/own.ts';

export const SECRET = 'sEcr3t-never-shown';
export const purpose: CallPurpose = { class: 'post', holder: 'document-1 post' };

export interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A scripted API with Visma Connect in front of it. `answer` is asked for every API call, `grant` for every token request. */
export async function startScriptedVisma(
  answer: (call: Call, count: number) => Reply | Promise<Reply>,
  grant: (count: number) => Reply | Promise<Reply> = (count) => ({
    status: 200,
    body: { access_token: `token-${count}`, token_type: 'Bearer', expires_in: 3600 },
  }),
) {
  const calls: Call[] = [];
  const grants: Call[] = [];
  const server = createServer(async (request, response) => {
    const call = await readCall(request);
    const isGrant = call.url.pathname === '/connect/token';
    (isGrant ? grants : calls).push(call);
    const reply = isGrant ? await grant(grants.length) : await answer(call, calls.length);
    const isText = typeof reply.body === 'string';
    response.writeHead(reply.status, { 'content-type': isText ? 'text/html' : 'application/json', ...reply.headers });
    response.end(isText || reply.body === undefined ? (reply.body as string | undefined) : JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    tokenUrl: `${url}/connect/token`,
    calls,
    grants,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readCall(request: IncomingMessage): Promise<Call> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return { method: request.method ?? '', url: new URL(request.url ?? '', 'http://x'), headers: request.headers, body };
}

/** A TCP server that notes every byte. `onRequest` is called when a whole HTTP request with its body has come. */
export async function startRawServer(onRequest: (socket: Socket, request: string, count: number) => void) {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let bytes = 0;
  const server = createTcpServer((socket) => {
    let pending = '';
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      bytes += chunk.length;
      pending += chunk.toString('latin1');
      const whole = wholeRequest(pending);
      if (whole === undefined) return;
      pending = pending.slice(whole.length);
      requests.push(whole);
      onRequest(socket, whole, requests.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    sockets,
    bytes: () => bytes,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function wholeRequest(text: string): string | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const length = Number(/content-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? 0);
  return text.length < end + 4 + length ? undefined : text.slice(0, end + 4 + length);
}

/** A budget with slots without end, that remembers what it was asked and told. */
export function recordingBudget() {
  const taken: CallPurpose[] = [];
  const observed: ObservedRates[] = [];
  const budget: CallBudget = {
    take: async (asked) => {
      taken.push(asked);
    },
    observe: async (rates) => {
      observed.push(rates);
    },
  };
  return { budget, taken, observed };
}

export interface ClientParts {
  readonly apiUrl: string;
  readonly tokenUrl: string;
  readonly settings?: Record<string, unknown>;
  readonly secrets?: { readonly clientId: string; readonly clientSecret: string };
  readonly budget?: CallBudget;
  readonly now?: () => number;
}

/** A client that closes itself at the end of the block. */
export function openClient(parts: ClientParts) {
  const settings = parseVismaSettings({
    apiUrl: parts.apiUrl,
    tokenUrl: parts.tokenUrl,
    tenantId: '11111111-1111-1111-1111-111111111111',
    timeoutMs: 5000,
    ...parts.settings,
  });
  const secrets = parts.secrets ?? { clientId: 'isv_test', clientSecret: SECRET };
  const budget = parts.budget ?? recordingBudget().budget;
  const client = new VismaClient(settings, secrets, { budget, now: parts.now ?? Date.now });
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() });
}

export async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

export type Simulator = Awaited<ReturnType<typeof startVismaSimulator>>;

/** Runs `work` with a client of a simulator of its own. */
export async function withVisma(
  work: (client: ReturnType<typeof openClient>, visma: Simulator) => Promise<void>,
  options: VismaSimulatorOptions = {},
  parts: Partial<ClientParts> = {},
): Promise<void> {
  const visma = await startVismaSimulator(options);
  const secrets = { clientId: 'isv_sandbox', clientSecret: 'sandbox-secret' };
  const client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, secrets, ...parts });
  try {
    await work(client, visma);
  } finally {
    await visma.close();
    await client.close();
  }
}

/** A simulator of this test file, and a client that writes to it without a ledger. Both end with the file. */
export async function simulated() {
  const secrets = { clientId: 'isv_sandbox', clientSecret: 'sandbox-secret' };
  const visma = await startVismaSimulator();
  const client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, secrets });
  atEnd(() => visma.close());
  atEnd(() => client.close());
  const send = async (request: WriteRequest): Promise<WriteAnswer> => {
    const write = await client.prepareWrite(purpose);
    return write.send(request, { mayWriteUntil: () => true, timeoutMs: 2000 });
  };
  /** Sends what must be accepted, and gives the key of what it has made. */
  const created = async (request: WriteRequest): Promise<string> => {
    const answer = await send(request);
    assert.equal(answer.outcome, 'accepted', JSON.stringify(answer));
    return (answer.outcome === 'accepted' && answer.externalId) || '';
  };
  return { visma, client, send, created };
}
