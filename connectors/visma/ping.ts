import { lookup } from 'node:dns/promises';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Failure } from '../../failures/failure.ts';
import type { VismaClient } from './client.ts';
import { codeOf } from './errors.ts';
import { RECORD_ENTITIES, type RecordEntityName } from './records.ts';

/** What a ping can try to read. */
export type PingEntity = RecordEntityName;

export interface PingStep {
  /** What was tried: `resolve`, `connect`, `token`, `read supplier`, `budget`. */
  readonly verb: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly failure?: Failure;
}

const CONNECT_TIMEOUT_MS = 10_000;
const PURPOSE = { class: 'operator', holder: 'ping' } as const;

/**
 * Tries a connection verb by verb and yields each as it ends. Stops at the first of `resolve`, `connect` and `token` that
 * fails, since nothing after it can work; of the entities each is tried. One slot of the budget per entity.
 */
export async function* pingVisma(client: VismaClient, entities: readonly PingEntity[]): AsyncGenerator<PingStep> {
  const addresses = [new URL(client.settings.apiUrl), new URL(client.settings.tokenUrl)];
  const groundwork = [
    ['resolve', () => onEach(addresses, resolveHost)],
    ['connect', () => onEach(addresses, reach)],
    ['token', () => askToken(client)],
  ] as const;
  for (const [verb, work] of groundwork) {
    const step = await attempt(verb, work);
    yield step;
    if (!step.ok) return;
  }
  for (const entity of entities) yield await attempt(`read ${entity}`, () => readEntity(client, entity));
  yield await attempt('budget', async () => budgetLeft(client));
}

async function attempt(verb: string, work: () => Promise<string>): Promise<PingStep> {
  try {
    return { verb, ok: true, detail: await work() };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { verb, ok: false, detail: error.message, failure: error };
  }
}

async function onEach(addresses: readonly URL[], work: (address: URL) => Promise<string>): Promise<string> {
  const details: string[] = [];
  for (const address of addresses) details.push(await work(address));
  return details.join(', ');
}

async function resolveHost(address: URL): Promise<string> {
  const name = hostOf(address);
  const found = await lookup(name).catch((cause: unknown) => {
    throw unreachable(
      `${name} cannot be resolved`,
      'Check the host name in the settings and the DNS of the worker.',
      cause,
    );
  });
  return `${name} is ${found.address}`;
}

/** Opens and closes a connection; with https up to the end of the TLS handshake, certificate checked. */
async function reach(address: URL): Promise<string> {
  const host = hostOf(address);
  const secure = address.protocol === 'https:';
  const port = Number(address.port) || (secure ? 443 : 80);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = secure ? connectTls({ host, port, servername: host }, resolve) : connectTcp({ host, port }, resolve);
  socket.setTimeout(CONNECT_TIMEOUT_MS, () => reject(new Error(`no connection within ${CONNECT_TIMEOUT_MS} ms`)));
  socket.on('error', reject);
  try {
    await promise;
  } catch (cause) {
    const next = 'Check the firewall and the outbound rules of the worker towards this host and port.';
    throw unreachable(`${host}:${port} cannot be reached`, next, cause);
  } finally {
    socket.destroy();
  }
  return `${host}:${port} answers`;
}

async function askToken(client: VismaClient): Promise<string> {
  await client.checkToken();
  return `Visma Connect issued a token for ${client.settings.scopes.length} scopes`;
}

async function readEntity(client: VismaClient, entity: PingEntity): Promise<string> {
  const count = await RECORD_ENTITIES[entity].probe(client, PURPOSE);
  return count === 0 ? 'readable, empty' : 'readable';
}

function budgetLeft(client: VismaClient): string {
  const { rates } = client;
  if (rates === undefined) return 'no answer named the hourly budget';
  return `${rates.remaining} of ${rates.limit ?? 'unknown'} calls left, renewed in ${Math.ceil(rates.resetMs / 60_000)} min`;
}

/** URL keeps the brackets of an IPv6 address, sockets want none. */
function hostOf(address: URL): string {
  return address.hostname.replace(/^\[(.*)\]$/, '$1');
}

function unreachable(message: string, next: string, cause: unknown): Failure {
  return new Failure('VISMA_UNREACHABLE', { message: `${message}${codeOf(cause)}`, next, cause });
}
