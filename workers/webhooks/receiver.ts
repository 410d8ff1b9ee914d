import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { EarlyPolls } from './early-polls.ts';
import { isSame, isSigned } from './signature.ts';
import type { Subscription, Subscriptions } from './subscriptions.ts';

/** Notifications name a record and an event; a larger body is none. Times the connections, this bounds the memory. */
const MAX_BODY_BYTES = 64 * 1024;
const MAX_CONNECTIONS = 200;
/** A sender that trickles its request is cut off. */
const REQUEST_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 5_000;
const MAX_REQUESTS_PER_SOCKET = 100;

const PATH =
  /^\/webhooks\/(?<integration>[a-z0-9-]{1,60})\/(?<connection>[a-z0-9-]{1,60})(?<rest>(?:\/[\w.~-]{1,200}){0,2})$/;

/** What stands for a connection that nobody knows: refusing it takes the same way as refusing a wrong signature. */
const NOBODY: Subscription = {
  verify: 'signature',
  header: 'x-signature',
  key: randomBytes(32).toString('hex'),
  atMostEveryMs: 0,
  flows: [],
};

/** What a receiver works with. A ledger that is away and was never read makes it answer 503. */
export interface ReceiverParts {
  readonly subscriptions: Subscriptions;
  readonly polls: EarlyPolls;
  /** Told of every request that was taken or refused. */
  readonly counted: (outcome: 'taken' | 'refused') => void;
}

/**
 * Receives notifications of changes under `/webhooks/<integration>/<connection>[/<flow>]`, where `verify` is `path` with the
 * secret before the flow. A genuine one is answered 202 at once and leads to an early poll; its body is read for the
 * signature alone. Port 0 takes a free one.
 */
export async function serveWebhooks(
  parts: ReceiverParts,
  host: string,
  port: number,
): Promise<{ url: string; close(): void }> {
  const options = {
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: 1_000,
  };
  const server = createServer({ ...options, keepAliveTimeout: IDLE_TIMEOUT_MS, maxHeaderSize: 8_192 });
  server.maxConnections = MAX_CONNECTIONS;
  server.maxRequestsPerSocket = MAX_REQUESTS_PER_SOCKET;
  server.on('request', (request, response) => void answer(parts, request, response));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  const address = server.address();
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://${host}:${typeof address === 'object' && address ? address.port : 0}`, close };
}

async function answer(parts: ReceiverParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const status = await statusOf(parts, request).catch(() => 503);
  // The sender may have gone away in the middle of its request.
  if (request.destroyed && !request.complete) return;
  parts.counted(status === 202 ? 'taken' : 'refused');
  // What was refused may still be sending: nothing more is read from it.
  if (status !== 202) response.setHeader('connection', 'close').once('finish', () => request.destroy());
  response.writeHead(status, { 'content-type': 'text/plain' }).end(status === 202 ? 'taken\n' : 'refused\n');
}

async function statusOf(parts: ReceiverParts, request: IncomingMessage): Promise<number> {
  const target = PATH.exec(request.url ?? '')?.groups;
  if (!target) return 404;
  if (request.method !== 'POST') return 405;
  const body = await bodyOf(request);
  if (!body) return 413;
  const known = await parts.subscriptions.find(`${target.integration}/${target.connection}`);
  const subscription = known ?? NOBODY;
  const rest = (target.rest ?? '').split('/').slice(1);
  const [secret = '', flow] = subscription.verify === 'path' ? rest : ['', ...rest];
  const signature = String(request.headers[subscription.header.toLowerCase()] ?? '');
  const isGenuine =
    subscription.verify === 'path' ? isSame(secret, subscription.key) : isSigned(body, subscription.key, signature);
  if (!isGenuine) return 401;
  return hint(parts, subscription, flow === undefined ? undefined : `${target.integration}/${flow}`);
}

/** Asks for a poll of the flow that was named, or of all that read from the connection. */
function hint({ polls }: ReceiverParts, { flows, atMostEveryMs }: Subscription, flow: string | undefined): number {
  const meant = flow === undefined ? flows : flows.filter((name) => name === flow);
  if (meant.length === 0) return 404;
  for (const name of meant) polls.hint(name, atMostEveryMs);
  return 202;
}

/** The bytes of a body; undefined when it is too long, of which no more is then read. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return undefined;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= MAX_BODY_BYTES) return;
      request.pause();
      resolve(undefined);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => reject(new Error('The sender has gone away.')));
  });
}
