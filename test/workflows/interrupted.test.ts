import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import test from 'node:test';
import { strandedDocuments } from '../../ledger/unfinished.ts';
import { deliveriesUnderWay } from '../../workers/start-delivery.ts';
import { withConnector } from '../harness/connector.ts';
import { atRest, ended, runSweep, writes } from '../harness/deliveries.ts';
import { doomedWorker, held, markOf, partnerHas } from '../harness/disturb.ts';
import { integrationText } from '../harness/integration.ts';
import { until } from '../harness/until.ts';
import { dropVendors } from '../harness/vendors.ts';

const connector = await withConnector();
const { admin } = connector.visma;
const { client } = connector.temporal;
const config = await connector.configure(integrationText());
const SWEEPING = { ML_CONNECTOR_SWEEP_AFTER_SECONDS: '1' };

function numbers(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(from + index));
}

async function drop(name: string, keys: readonly string[]): Promise<void> {
  await dropVendors(
    connector,
    name,
    keys.map((number) => ({ number, name: `Vendor ${number}` })),
  );
}

/** The creates of these suppliers, each of which must stand there once. */
async function createsOf(keys: readonly string[]): Promise<string[]> {
  const wanted = new Set(keys.map((key) => `create ${key}`));
  return (await writes(connector)).filter((write) => wanted.has(write)).sort();
}

function creates(keys: readonly string[]): string[] {
  return keys.map((key) => `create ${key}`);
}

async function inboundFiles(): Promise<string[]> {
  return (await connector.files()).map(({ path }) => path).filter((path) => path.startsWith('/inbound'));
}

test('a run that is terminated when its rows are stored and no delivery is started loses none: the next run starts them', async () => {
  const keys = numbers(60_000, 30);
  await drop('terminated.csv', keys);
  const worker = await doomedWorker(connector, 'documents inserted=stop');
  const workflowId = await connector.beginSync('vendors-in', config);
  await until('the worker stands still', async () => existsSync(markOf(connector, 'documents inserted=stop')));
  await client.workflow.getHandle(workflowId).terminate('a test');
  process.kill(worker.pid, 'SIGCONT');
  assert.equal((await writes(connector)).length, 0);

  assert.equal(await connector.sync('vendors-in', config), 'closed');
  await atRest(connector, 'vendors-in');
  assert.deepEqual(await createsOf(keys), creates(keys));
  assert.deepEqual(await inboundFiles(), []);
  await worker.kill();
});

test('when the worker has died as well, the sweep delivers the stored rows and the rest of the file', async () => {
  const keys = numbers(61_000, 30);
  await drop('swept.csv', keys);
  const doomed = await doomedWorker(connector, 'documents inserted');
  const workflowId = await connector.beginSync('vendors-in', config);
  await doomed.exited;
  await client.workflow.getHandle(workflowId).terminate('a test');
  const worker = await connector.startWorker(SWEEPING);

  let found = 0;
  await until('the sweep finds the file and its rows', async () => {
    found += await runSweep(connector);
    return found > keys.length;
  });
  await atRest(connector, 'vendors-in');
  assert.deepEqual(await createsOf(keys), creates(keys));

  assert.equal(await connector.sync('vendors-in', config), 'closed');
  assert.deepEqual(await inboundFiles(), []);
  assert.deepEqual(await createsOf(keys), creates(keys));
  await worker.kill();
});

test('a sweep leaves alone what is under way, and finds nothing when all is done', async () => {
  const worker = await connector.startWorker(SWEEPING);
  await admin.addFaults({ id: 'slow', kind: 'hold-before-commit', match: { method: 'POST', bodyIncludes: '62000' } });
  await drop('under-way.csv', ['62000']);
  await connector.sync('vendors-in', config);
  await held(connector, 'slow');
  await until('it is untouched for longer than the sweep waits, and in the list of Temporal', async () => {
    const untouched = strandedDocuments(connector.ledger, new Date(Date.now() - 1000));
    const isUntouched = (await untouched.next()).value !== undefined;
    return isUntouched && (await deliveriesUnderWay(client)).size === 1;
  });
  assert.equal(await runSweep(connector), 0);
  await admin.release('slow');
  await atRest(connector, 'vendors-in');
  assert.deepEqual(await createsOf(['62000']), ['create 62000']);
  assert.equal(await runSweep(connector), 0);
  await worker.kill();
});

test('two runs of a flow at once, by two workers, post every row once', async () => {
  const workers = [await connector.startWorker(), await connector.startWorker()];
  const keys = numbers(63_000, 30);
  await drop('twice.csv', keys);
  await admin.addFaults({ id: 'walk', kind: 'hold-before-commit', match: { method: 'GET' }, times: 2 });
  const runs = [await connector.startSync('vendors-in', config), await connector.startSync('vendors-in', config)];
  await until('both runs read', async () => (await admin.faults()).held.length === 2);
  await admin.release('walk');

  assert.deepEqual(await Promise.all(runs.map(({ result }) => result)).then((ends) => ends.length), 2);
  const documents = await atRest(connector, 'vendors-in');
  assert.deepEqual(await createsOf(keys), creates(keys));
  assert.deepEqual(await inboundFiles(), []);
  assert.equal(documents.filter(({ sourceKey }) => sourceKey === 'inbound/vendors/twice.csv').length, 1);
  const actors = await connector.ledger.db.selectFrom('event').select('actor').distinct().execute();
  for (const { pid } of workers) assert.ok(actors.some(({ actor }) => actor.endsWith(`:${pid}`)));
});

test('of two runs that walk the invoices at once one is overtaken, and every invoice leaves once', async () => {
  await admin.seed({
    suppliers: [{ number: '50001', name: 'Fjord AS' }],
    supplierInvoices: { count: 20, start: 1001 },
  });
  await admin.addFaults({ id: 'list', kind: 'hold-before-commit', match: { method: 'GET' }, times: 2 });
  const runs = [await connector.startSync('invoices-out', config), await connector.startSync('invoices-out', config)];
  await until('both runs read', async () => (await admin.faults()).held.length === 2);
  await admin.release('list');

  const ends = await Promise.all(runs.map(({ result }) => result));
  assert.deepEqual(ends.sort(), ['closed', 'overtaken']);
  await atRest(connector, 'invoices-out');
  const texts = (await partnerHas(connector, '/outbound/invoices')).map(({ text }) => text);
  const vouchers = texts.flatMap((text) =>
    text
      .split('\r\n')
      .slice(1, -1)
      .map((row) => row.split(';')[1]),
  );
  assert.deepEqual(vouchers.sort(), numbers(1001, 20));
  await connector.sync('invoices-out', config);
  assert.equal((await partnerHas(connector, '/outbound/invoices')).length, texts.length);
});

test('a run that is started while another one is open finds nothing to do', async () => {
  await admin.addFaults({
    id: 'first',
    kind: 'hold-before-commit',
    match: { method: 'GET', path: '/v1/supplier/64000' },
  });
  await drop('open.csv', ['64000']);
  const first = await connector.startSync('vendors-in', config);
  await held(connector, 'first');
  assert.equal(await connector.sync('vendors-in', config), 'closed');
  await admin.release('first');
  await ended(connector, first.workflowId);
  await atRest(connector, 'vendors-in');
  assert.deepEqual(await createsOf(['64000']), ['create 64000']);
});
