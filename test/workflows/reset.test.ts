import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test from 'node:test';
import { promisify } from 'node:util';
import { cacheFolder } from '../../sandbox/home.ts';
import { findTemporal } from '../../sandbox/temporal-binary.ts';
import { withConnector } from '../harness/connector.ts';
import { atRest, ended, eventsOf, replay, reset, resetPoints, writes } from '../harness/deliveries.ts';
import { held } from '../harness/disturb.ts';
import { integrationText } from '../harness/integration.ts';
import { ownSupervisor } from '../harness/own.ts';
import { until } from '../harness/until.ts';
import { dropVendors, type VendorRow } from '../harness/vendors.ts';

const connector = await withConnector();
const { admin } = connector.visma;
const { client, address, namespace } = connector.temporal;
const config = await connector.configure(integrationText());
await connector.startWorker();

/** Visma.net does not know the country of these until it is taught. */
function vendors(from: number, count: number, country = 'Norway'): VendorRow[] {
  return Array.from({ length: count }, (_, index) => ({
    number: String(from + index),
    name: `Vendor ${from + index}`,
    country,
  }));
}

async function takeIn(name: string, rows: readonly VendorRow[]) {
  await dropVendors(connector, name, rows);
  await connector.sync('vendors-in', config);
  const documents = await atRest(connector, 'vendors-in');
  const numbers = rows.map(({ number }) => number);
  const taken = documents.filter(({ sourceKey }) => numbers.includes(sourceKey));
  for (const { workflowId } of taken) await ended(connector, workflowId);
  return taken;
}

async function runOf(workflowId: string): Promise<string> {
  return (await client.workflow.getHandle(workflowId).describe()).runId;
}

/** Resets the run of a document and waits for the end of the run that follows. */
async function resetAt(workflowId: string, runId: string, point: number): Promise<void> {
  await ended(connector, workflowId, await reset(connector, { workflowId, runId }, point));
}

async function stateOf(workflowId: string): Promise<string | undefined> {
  return (await connector.documents('vendors-in')).find((document) => document.workflowId === workflowId)?.state;
}

async function countOf(number: string): Promise<number> {
  return (await writes(connector)).filter((write) => write === `create ${number}`).length;
}

const POINTS_OF_A_FAILURE = 3;
const runs = new Map<string, string>();

test('a failed delivery can be reset at every point: the first delivers it, none posts twice, and none loses it', async () => {
  const failed = await takeIn('unknown.csv', vendors(60_000, POINTS_OF_A_FAILURE, 'Kosovo'));
  for (const { workflowId } of failed) runs.set(workflowId, await runOf(workflowId));
  await admin.seed({ references: { countries: ['XK'] } });

  for (const [index, document] of failed.entries()) {
    const { workflowId } = document;
    const runId = runs.get(workflowId) ?? '';
    const points = resetPoints(await eventsOf(connector, workflowId, runId));
    assert.equal(points.length, POINTS_OF_A_FAILURE);
    await resetAt(workflowId, runId, points[index] ?? 0);
    if (index === 0) assert.equal(await stateOf(workflowId), 'delivered');
    if ((await stateOf(workflowId)) !== 'delivered') await replay(connector, document);
    assert.equal(await stateOf(workflowId), 'delivered');
    assert.equal(await countOf(document.sourceKey), 1);
  }
});

test('a run that failed before the document was delivered can still be reset at every point, to no effect', async () => {
  const before = await writes(connector);
  const [workflowId = '', runId = ''] = [...runs][0] ?? [];
  for (const point of resetPoints(await eventsOf(connector, workflowId, runId))) {
    await resetAt(workflowId, runId, point);
    assert.equal(await stateOf(workflowId), 'delivered');
  }
  assert.deepEqual(await writes(connector), before);
});

test('a delivered document can be reset at every point, to no effect', async () => {
  const [document] = await takeIn('delivered.csv', vendors(61_000, 1));
  assert.ok(document);
  const { workflowId } = document;
  const runId = await runOf(workflowId);
  for (const point of resetPoints(await eventsOf(connector, workflowId, runId))) {
    await resetAt(workflowId, runId, point);
    assert.equal((await client.workflow.getHandle(workflowId).describe()).status.name, 'COMPLETED');
    assert.equal(await stateOf(workflowId), 'delivered');
  }
  assert.equal(await countOf('61000'), 1);
});

test('a reset by query takes delivered, failed and waiting documents alike, and posts nothing twice', async () => {
  await takeIn('no-name.csv', [...vendors(62_000, 2), { number: '62002', name: '' }]);
  // One is being written while it is reset: its answer comes when its workflow has another run.
  await admin.addFaults({ id: 'post', kind: 'hold-after-commit', match: { method: 'POST', bodyIncludes: '62003' } });
  await dropVendors(connector, 'held.csv', vendors(62_003, 1));
  await connector.sync('vendors-in', config);
  await held(connector, 'post');
  const before = await runIds();

  await temporal('workflow', 'reset', '--query', "WorkflowType = 'deliver'", '--type', 'FirstWorkflowTask', '--yes');

  await until('every delivery has another run', async () => {
    const now = await runIds();
    return [...before].every(([workflowId, runId]) => now.get(workflowId) !== runId);
  });
  await admin.release('post');
  for (const workflowId of before.keys()) await ended(connector, workflowId);
  const documents = await atRest(connector, 'vendors-in');
  assert.deepEqual(
    documents.filter(({ kind, state }) => kind === 'Supplier' && state !== 'delivered').map((one) => one.sourceKey),
    ['62002'],
  );
  const written = await writes(connector);
  assert.equal(new Set(written).size, written.length);
  assert.equal(written.length, documents.filter(({ kind }) => kind === 'Supplier').length - 1);
});

/** The newest run of each delivery. */
async function runIds(): Promise<Map<string, string>> {
  const ids = (await connector.documents('vendors-in')).filter(({ kind }) => kind === 'Supplier');
  return new Map(await Promise.all(ids.map(async ({ workflowId }) => [workflowId, await runOf(workflowId)] as const)));
}

/** The command line of Temporal, as an operator uses it. */
async function temporal(...args: string[]): Promise<void> {
  const search = { env: process.env, cache: cacheFolder(process.env), progress: () => undefined };
  const program = await findTemporal(await ownSupervisor(), search);
  const place = ['--address', address, '--namespace', namespace, '--reason', 'a test'];
  await promisify(execFile)(program, [...args, ...place]);
}

test('a run of a flow can be reset while it reads its page: two runs then read it, and every row is posted once', async () => {
  await admin.addFaults({ id: 'list', kind: 'hold-before-commit', match: { method: 'GET', path: '/v1/supplier' } });
  await dropVendors(connector, 'reset-sync.csv', vendors(63_000, 20));
  const workflowId = await connector.beginSync('vendors-in', config);
  await held(connector, 'list');
  const runId = await runOf(workflowId);

  const [first = 0] = resetPoints(await eventsOf(connector, workflowId, runId));
  const next = await reset(connector, { workflowId, runId }, first);
  await admin.release('list');
  await ended(connector, workflowId, next);
  await atRest(connector, 'vendors-in');

  const written = (await writes(connector)).filter((write) => /create 630\d\d/.test(write));
  assert.deepEqual(
    written.sort(),
    vendors(63_000, 20).map(({ number }) => `create ${number}`),
  );
  const paths = (await connector.files()).map(({ path }) => path);
  assert.ok(paths.includes('/archive/vendors/reset-sync.csv'));
});
