import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import { configHash } from '../../config/hash.ts';
import { parseIntegration } from '../../config/parse.ts';
import { activateConfig } from '../../ledger/config-versions.ts';
import { setSecrets } from '../../ledger/connections.ts';
import type { Ledger } from '../../ledger/database.ts';
import { migrate } from '../../ledger/migrate.ts';
import { openLedger } from '../../ledger/open.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { compiledFolder } from '../../sandbox/home.ts';
import { DEFAULT_FOLDERS, DEFAULT_USER, startSftpSandbox } from '../../sandbox/sftp/server.ts';
import { startVismaSimulator } from '../../sandbox/visma/simulator.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.ts';
import type { syncVismaSftp } from '../../workflows/sync-visma-sftp.ts';
import { atEnd } from './own.ts';
import { withDatabase } from './postgres.ts';
import { type TestTemporal, withTemporal } from './temporal.ts';

const WORKER = fileURLToPath(new URL('../../workers/main.ts', import.meta.url));

export type Simulator = Awaited<ReturnType<typeof startVismaSimulator>>;
export type SftpSandbox = Awaited<ReturnType<typeof startSftpSandbox>>;

/** A worker process of a test. */
export interface WorkerProcess {
  readonly pid: number;
  /** Where its probes are served, and where it receives notifications if it does. */
  readonly health: string;
  readonly webhooks: string | undefined;
  /** What it has logged so far, one JSON object a line. */
  readonly log: readonly string[];
  readonly exited: Promise<unknown>;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Everything a flow needs, with real parts: ledger, Temporal, partner systems, and workers as processes of their own. */
export interface Connector {
  readonly ledger: Ledger;
  readonly databaseUrl: string;
  readonly temporal: TestTemporal;
  readonly taskQueue: string;
  readonly visma: Simulator;
  readonly sftp: SftpSandbox;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Puts a configuration to work and returns its hash. */
  configure(text: string): Promise<string>;
  /** Puts a former one to work again. */
  apply(config: string): Promise<void>;
  startWorker(env?: Readonly<Record<string, string>>): Promise<WorkerProcess>;
  /** Starts a run of `acme/<flow>` and waits for its end. */
  sync(flow: string, config: string): Promise<string>;
  /** Starts a run that nobody waits for, and returns its workflow id. */
  beginSync(flow: string, config: string): Promise<string>;
  /** Starts a run and does not wait. */
  startSync(flow: string, config: string): Promise<{ workflowId: string; result: Promise<string> }>;
  documents(flow: string): Promise<DocumentRow[]>;
  /** Puts a file into the served folder, whole. */
  drop(path: string, content: string | Uint8Array): Promise<void>;
  files(): Promise<{ path: string; size: number; sha256: string }[]>;
}

interface ConnectorOptions {
  readonly temporal?: TestTemporal;
  readonly databaseUrl?: string;
}

/** Starts the parts for this test file; they end with it. Call it at the top level of the file. */
export async function withConnector(options: ConnectorOptions = {}): Promise<Connector> {
  const databaseUrl = options.databaseUrl ?? (await withDatabase({ name: 'ledger', prepare: prepareLedger })).url;
  const server = options.temporal ?? (await withTemporal());
  await registerSearchAttributes(server);
  const folder = await mkdtemp(join(tmpdir(), 'ml-connector-test-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  const visma = await startVismaSimulator({ limits: { limit: 100_000, windowMs: 3_600_000 } });
  atEnd(() => visma.close());
  const sftp = await startSftp(folder);
  atEnd(() => sftp.close());
  const masterKey = randomBytes(32).toString('base64');
  const ledger = await openLedger({ databaseUrl, masterKey, maxConnections: 4 });
  atEnd(() => ledger.close());
  const env = {
    DATABASE_URL: databaseUrl,
    ML_CONNECTOR_MASTER_KEY: masterKey,
    TEMPORAL_ADDRESS: server.address,
    TEMPORAL_NAMESPACE: server.namespace,
    TEMPORAL_TASK_QUEUE: 'ml-connector',
    VISMA_API_URL: visma.url,
    VISMA_TOKEN_URL: visma.tokenUrl,
    SFTP_HOST: sftp.host,
    SFTP_PORT: String(sftp.port),
    SFTP_HOST_KEY: sftp.hostKeyFingerprint,
  };
  await setSecrets(ledger, 'acme/visma', { clientId: 'isv_sandbox', clientSecret: 'sandbox-secret' });
  await setSecrets(ledger, 'acme/partner', { password: DEFAULT_USER.password ?? '' });
  const parts = { ledger, databaseUrl, temporal: server, taskQueue: env.TEMPORAL_TASK_QUEUE, visma, sftp, folder, env };
  return { ...parts, ...actions(parts) };
}

type Parts = Pick<Connector, 'ledger' | 'databaseUrl' | 'temporal' | 'taskQueue' | 'visma' | 'sftp' | 'folder' | 'env'>;

function actions(parts: Parts) {
  const { ledger, temporal: server, sftp, env } = parts;
  const apply = async (config: string) => {
    await ledger.db.updateTable('integration').set({ configHash: config }).where('name', '=', 'acme').execute();
  };
  const beginSync = async (flow: string, config: string) => {
    const workflowId = `sync/acme/${flow}/${randomBytes(4).toString('hex')}`;
    // A schedule starts runs with the configuration that is applied; one that is not would be replaced at the first wait.
    await apply(config);
    await server.client.workflow.start<typeof syncVismaSftp>('syncVismaSftp', {
      workflowId,
      taskQueue: parts.taskQueue,
      args: [{ flow: `acme/${flow}`, config }],
    });
    return workflowId;
  };
  const startSync = async (flow: string, config: string) => {
    const workflowId = await beginSync(flow, config);
    const result = server.client.workflow.getHandle<typeof syncVismaSftp>(workflowId).result();
    // A test may end the run and never ask for its result.
    result.catch(() => undefined);
    return { workflowId, result };
  };
  return {
    apply,
    beginSync,
    startSync,
    sync: async (flow: string, config: string) => (await startSync(flow, config)).result,
    configure: (text: string) => configure(ledger, text, env),
    startWorker: (more: Readonly<Record<string, string>> = {}) => startWorker({ ...env, ...more }),
    documents: (flow: string) =>
      ledger.db.selectFrom('document').selectAll().where('flow', '=', `acme/${flow}`).orderBy('ordinal').execute(),
    drop: (path: string, content: string | Uint8Array) => drop(sftp.adminUrl, path, content),
    files: () => files(sftp.adminUrl),
  };
}

async function prepareLedger(url: string): Promise<void> {
  await migrate(url);
}

/** What `ml-connector apply` does for a namespace. */
export async function registerSearchAttributes({ client, namespace }: TestTemporal): Promise<void> {
  const keyword = proto.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
  const searchAttributes = Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name }) => [name, keyword]));
  await client.connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}

function startSftp(folder: string) {
  return startSftpSandbox({
    root: join(folder, 'root'),
    state: join(folder, 'state'),
    host: '127.0.0.1',
    port: 0,
    adminPort: 0,
    users: [DEFAULT_USER],
    folders: [
      ...DEFAULT_FOLDERS,
      '/inbound/vendors',
      '/inbound/invoices',
      '/inbound/payments',
      '/inbound/orders',
      '/outbound/invoices',
      '/outbound/customers-out',
    ],
    now: () => new Date(),
  });
}

async function configure(ledger: Ledger, text: string, env: Readonly<Record<string, string>>): Promise<string> {
  const integration = parseIntegration(text, 'acme.yaml', env);
  const hash = configHash(integration);
  await activateConfig(ledger, { hash, integration: integration.integration, body: { ...integration } }, 'test');
  return hash;
}

async function startWorker(env: Readonly<Record<string, string>>): Promise<WorkerProcess> {
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
  const compiled = { NODE_COMPILE_CACHE: compiledFolder(process.env) };
  const started = { ...inherited, ...compiled, ...env };
  const child = spawn(process.execPath, [WORKER], { env: started, stdio: ['ignore', 'pipe', 'pipe'] });
  const log: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.push(line);
    if (process.env.ML_CONNECTOR_TEST_LOG) process.stderr.write(`${line}\n`);
  });
  const exited = once(child, 'exit');
  atEnd(async () => endWorker(child, exited));
  const ready = once(createInterface({ input: child.stdout }), 'line');
  const first = await Promise.race([ready, exited]);
  if (typeof first[0] !== 'string') throw new Error(`The worker ended before it was ready:\n${log.join('\n')}`);
  const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal);
    await exited;
  };
  const { health, webhooks } = JSON.parse(first[0]) as { health: string; webhooks?: string };
  return { pid: child.pid ?? 0, health, webhooks, log, exited, kill };
}

async function endWorker(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await exited;
}

async function drop(adminUrl: string, path: string, content: string | Uint8Array): Promise<void> {
  const base64 = Buffer.from(content).toString('base64');
  const answer = await fetch(`${adminUrl}/_sandbox/files`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path, base64 }),
  });
  if (!answer.ok) throw new Error(`The sandbox did not take ${path}: ${answer.status} ${await answer.text()}`);
}

async function files(adminUrl: string): Promise<{ path: string; size: number; sha256: string }[]> {
  const answer = await fetch(`${adminUrl}/_sandbox/files`);
  return ((await answer.json()) as { files: { path: string; size: number; sha256: string }[] }).files;
}
