/**
 * Records the histories that `replay.test.ts` replays, from a real server, in the form in which `temporal workflow show -o json`
 * and the Web UI export them:
 *
 *   node test/replay/record.ts
 *
 * Histories are kept for as long as workflows of their kind may still be open somewhere. When a workflow changes on purpose,
 * guard the change with `patched` and record new cases beside the old ones; record over an old one only when no release has
 * made such workflows.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import type { DocumentRow } from '../../ledger/schema.ts';
import { cacheFolder } from '../../sandbox/home.ts';
import { findTemporal } from '../../sandbox/temporal-binary.ts';
import { dataConverter } from '../../workers/connect.ts';
import { type Connector, withConnector } from '../harness/connector.ts';
import { atRest, ended, replay, runSweep } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';
import { atEnd, endAll, ownSupervisor } from '../harness/own.ts';
import { PAYLOAD_KEY } from '../harness/payload-key.ts';
import { privateTemporal } from '../harness/temporal.ts';
import { until } from '../harness/until.ts';
import { dropVendors } from '../harness/vendors.ts';

const FOLDER = fileURLToPath(new URL('./histories/', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** `host:pid` of a worker, `pid@host` of a client. */
const host = hostname().replaceAll('.', '\\.');
const MACHINE = new RegExp(`${host}:\\d+|\\d+@${host}`, 'g');

const { temporal } = await privateTemporal({ 'limit.historyCount.suggestContinueAsNew': 20 });
const { address } = temporal.current;
const connection = await Connection.connect({ address });
atEnd(() => connection.close());

await mkdir(FOLDER, { recursive: true });
await recordAll('', {});
await recordAll('-encrypted', { ML_CONNECTOR_PAYLOAD_KEY: PAYLOAD_KEY });
await endAll();

/** Plays every case once, with payloads that are clear or encrypted. */
async function recordAll(suffix: string, env: Readonly<Record<string, string>>): Promise<void> {
  const client = new Client({ connection, dataConverter: dataConverter({ payloadKey: env.ML_CONNECTOR_PAYLOAD_KEY }) });
  const connector = await withConnector({ temporal: { address, namespace: 'default', client } });
  const worker = await connector.startWorker(env);
  const config = await connector.configure(integrationText());
  const record = (name: string, workflowId: string, runId?: string) => write(`${name}${suffix}`, workflowId, runId);

  // Every recording has contents of its own: the same ones again would be delivered already, as far as Temporal knows.
  await dropVendors(connector, 'page.csv', [
    { number: '50001', name: `Fjord ${randomUUID()}` },
    { number: '50002', name: '' },
  ]);
  const page = await connector.startSync('vendors-in', config);
  await page.result;
  await atRest(connector, 'vendors-in');
  await record('sync-visma-sftp-page', page.workflowId);
  const good = await documentOf(connector, '50001');
  await record('deliver-ok', good.workflowId);
  await record('deliver-failed', (await documentOf(connector, '50002')).workflowId);
  await replay(connector, good);
  await record('deliver-resting', good.workflowId);

  const nothing = await connector.startSync('vendors-in', config);
  await nothing.result;
  await record('sync-visma-sftp-nothing', nothing.workflowId);

  await recordSplit(connector, config, record);
  await recordReplaced(connector, record);
  await recordLongRun(connector, config, record);

  await runSweep(connector);
  await record('sweep', await newestOf(client, 'sweep'));
  for (const type of ['anchor', 'retention', 'watch'] as const) await recordOwn(connector, type, record);
  await worker.kill();
}

async function newestOf(client: Client, type: string): Promise<string> {
  for await (const { workflowId } of client.workflow.list({ query: `WorkflowType = '${type}'` })) return workflowId;
  throw new Error(`There is no ${type}.`);
}

type RecordHistory = (name: string, workflowId: string, runId?: string) => Promise<void>;

/** A workflow that the installation runs for itself. */
async function recordOwn(
  connector: Connector,
  type: 'anchor' | 'retention' | 'watch',
  record: RecordHistory,
): Promise<void> {
  const { temporal, taskQueue } = connector;
  const workflowId = `${type}/${randomUUID()}`;
  const handle = await temporal.client.workflow.start(type, { workflowId, taskQueue });
  await handle.result();
  await record(type, workflowId);
}

/** A file whose header lacks a column, delivered again as a whole when the map is mended. */
async function recordSplit(connector: Connector, config: string, record: RecordHistory): Promise<void> {
  await connector.drop('/inbound/vendors/split.csv', `Vendor No;Name\r\n51001;Berg ${randomUUID()}\r\n51002;Dal\r\n`);
  await connector.sync('vendors-in', config);
  await atRest(connector, 'vendors-in');
  const file = await documentOf(connector, 'inbound/vendors/split.csv');
  const mended = integrationText().replace(/ {6}address\.city[\s\S]*?Email\n/, '');
  await replay(connector, file, await connector.configure(mended));
  await record('deliver-split', file.workflowId);
  await atRest(connector, 'vendors-in');
}

/** A run and a delivery that wait for a server, until a configuration with its right address is applied. */
async function recordReplaced(connector: Connector, record: RecordHistory): Promise<void> {
  const text = integrationText().replace('invoices-{date', `invoices-${randomUUID()}-{date`);
  const wrong = await connector.configure(text.replace(/\$\{SFTP_PORT\}/, '1'));
  await connector.visma.admin.seed({
    suppliers: [{ number: '53001', name: 'Replaced AS' }],
    supplierInvoices: [{ referenceNumber: randomUUID().slice(0, 8), supplier: { number: '53001' }, invoiceLines: [] }],
  });
  const run = await connector.startSync('vendors-in', wrong);
  await connector.sync('invoices-out', wrong);
  const isFile = ({ kind, state }: DocumentRow) => kind === 'OutboundFile' && state !== 'delivered';
  const file = (await connector.documents('invoices-out')).find(isFile);
  if (!file) throw new Error('There is no file to be sent.');
  const firstRuns = new Map<string, string>();
  for (const id of [run.workflowId, file.workflowId]) firstRuns.set(id, await waitingRunOf(connector, id));
  await connector.configure(text);
  await run.result;
  await ended(connector, file.workflowId);
  await record('sync-visma-sftp-replaced', run.workflowId, firstRuns.get(run.workflowId));
  await record('deliver-replaced', file.workflowId, firstRuns.get(file.workflowId));
}

/** The run of a workflow, when a step of it has failed once. */
async function waitingRunOf({ temporal }: Connector, workflowId: string): Promise<string> {
  let runId = '';
  await until(`a step of ${workflowId} is tried again`, async () => {
    const { raw, ...run } = await temporal.client.workflow.getHandle(workflowId).describe();
    runId = run.runId;
    return (raw.pendingActivities?.[0]?.attempt ?? 1) > 1;
  });
  return runId;
}

/** A run over three files, which goes on in a new execution since the server of this script says so early. */
async function recordLongRun(connector: Connector, config: string, record: RecordHistory): Promise<void> {
  for (const index of [1, 2, 3]) {
    await dropVendors(connector, `long-${index}.csv`, [{ number: `5200${index}`, name: `Long ${randomUUID()}` }]);
  }
  const { workflowId, result } = await connector.startSync('vendors-in', config);
  await result;
  await atRest(connector, 'vendors-in');
  for await (const { status, runId } of connector.temporal.client.workflow.list({
    query: `WorkflowId = '${workflowId}'`,
  })) {
    await record(
      `sync-visma-sftp-${status.name === 'COMPLETED' ? 'continued' : 'continues-as-new'}`,
      workflowId,
      runId,
    );
  }
}

async function documentOf(connector: Connector, key: string) {
  const document = (await connector.documents('vendors-in')).findLast(({ sourceKey }) => sourceKey === key);
  if (!document) throw new Error(`There is no document ${key}.`);
  return document;
}

/** Exports a history; names of this machine and its folders are left out of it. */
async function write(name: string, workflowId: string, runId?: string): Promise<void> {
  const search = { env: process.env, cache: cacheFolder(process.env), progress: () => undefined };
  const program = await findTemporal(await ownSupervisor(), search);
  const which = ['--workflow-id', workflowId, ...(runId === undefined ? [] : ['--run-id', runId])];
  const args = ['workflow', 'show', ...which, '--output', 'json', '--address', address];
  const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 64 * 1024 * 1024 });
  const text = JSON.stringify(JSON.parse(stdout)).replaceAll(ROOT, '').replace(MACHINE, 'recorder');
  await writeFile(join(FOLDER, `${name}.json`), `${text}\n`);
  process.stdout.write(`${name}\n`);
}
