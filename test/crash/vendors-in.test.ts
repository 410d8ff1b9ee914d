import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import test from 'node:test';
import { verifyLedger } from '../../ledger/verify.ts';
import { withConnector } from '../harness/connector.ts';
import { atRest } from '../harness/deliveries.ts';
import { died, doomedWorker, FEW_POLLS, held, markOf, requestsFor } from '../harness/disturb.ts';
import { integrationText } from '../harness/integration.ts';
import { until } from '../harness/until.ts';
import { dropVendors } from '../harness/vendors.ts';

const connector = await withConnector();
const { admin } = connector.visma;
/** Together they are the time after which an absent record counts as never written: 2.5 s. */
const windows = { sendWindow: '1s', targetLimit: '1s', margin: '500ms' };
const config = await connector.configure(integrationText(windows));
const automatic = await connector.configure(integrationText({ ...windows, numbering: 'automatic' }));

const dropped: string[] = [];
const runs: Promise<string>[] = [];

/** Numbers that end in 0 or 1 are new to Visma.net; the others are there, under another name. */
function numbersOf(stage: number): string[] {
  return [0, 1, 2, 3].map((index) => String(70_000 + stage * 10 + index));
}

function isNew(number: string): boolean {
  return Number(number) % 10 < 2;
}

/** A file of new and of changed suppliers lies in the folder, and a run has begun to take it in. */
async function begin(name: string, numbers: readonly string[], hash = config): Promise<void> {
  const known = hash === automatic ? [] : numbers.filter((number) => !isNew(number));
  await admin.seed({ suppliers: known.map((number) => ({ number, name: `Before ${number}` })) });
  await dropVendors(
    connector,
    `${name}.csv`,
    numbers.map((number) => ({ number, name: `Vendor ${number}` })),
  );
  dropped.push(...numbers);
  runs.push((await connector.startSync('vendors-in', hash)).result);
}

/** Everything that was ever dropped is in Visma.net, by exactly one write each. */
async function assertOnce(): Promise<void> {
  const stored = async () => (await connector.documents('vendors-in')).filter(({ kind }) => kind === 'Supplier');
  await until('every row is stored', async () => (await stored()).length === dropped.length, 60_000);
  await atRest(connector, 'vendors-in', 60_000);
  const expected = dropped.map((number) => `Vendor ${number}`).sort();
  const { entities, commits } = await admin.state({ entity: 'supplier' });
  const written = commits.map(({ body }) => (body as { name: { value: string } }).name.value);
  assert.deepEqual(written.sort(), expected);
  const names = entities.supplier?.records?.map(({ name }) => String(name));
  assert.deepEqual(names?.sort(), expected);
}

/** `#n`: at its nth passing, so that the documents beside it are at other points. */
const POINTS = [
  'body stored',
  'documents inserted',
  'child started',
  'cursor committed',
  'archive moved',
  'planned#2',
  'slot taken#2',
  'sent, no byte written',
  'sent, no byte written#3',
  'answer read',
  'answer read#3',
  'confirmed#2',
  'posted, not reported#2',
];

test('a relay of workers that die one after the other, each at another point, loses nothing and doubles nothing', async () => {
  for (const [stage, point] of POINTS.entries()) {
    const worker = await doomedWorker(connector, point);
    await begin(`stage ${stage}`, numbersOf(stage));
    await died(worker);
  }

  // Committed with the answer unread, and committed only after the sender has died.
  const reader = await connector.startWorker();
  const [unreadCreate, late, unreadUpdate, plain] = numbersOf(POINTS.length);
  await admin.addFaults(
    { id: 'unread create', kind: 'hold-after-commit', match: { bodyIncludes: `Vendor ${unreadCreate}` } },
    { id: 'unread update', kind: 'hold-after-commit', match: { bodyIncludes: `Vendor ${unreadUpdate}` } },
    { id: 'late', kind: 'hold-before-commit', match: { bodyIncludes: `Vendor ${late}` } },
  );
  await begin('last stage', [unreadCreate, late, unreadUpdate, plain].map(String));
  for (const fault of ['unread create', 'unread update', 'late']) await held(connector, fault);
  await reader.kill();
  const last = await connector.startWorker();
  await admin.release();

  await assertOnce();
  for (const outcome of await Promise.all(runs)) assert.match(outcome, /closed|overtaken/);
  const paths = (await connector.files()).map(({ path }) => path);
  assert.ok(paths.every((path) => path.startsWith('/archive/vendors/')));
  assert.equal(paths.length, POINTS.length + 1);
  for await (const finding of verifyLedger(connector.ledger)) assert.fail(JSON.stringify(finding));
  const intents = await connector.ledger.db.selectFrom('intent').select('state').distinct().execute();
  assert.deepEqual(intents, [{ state: 'confirmed' }]);
  await last.kill('SIGTERM');
});

test('a relay under an automatic series, where only our token tells a supplier from a second one, doubles nothing', async () => {
  const points = ['slot taken#2', 'sent, no byte written#2', 'answer read#2', 'confirmed#3'];
  for (const [index, point] of points.entries()) {
    const stage = 300 + index;
    const worker = await doomedWorker(connector, point, {}, `automatic ${point}`);
    await begin(`stage ${stage}`, numbersOf(stage), automatic);
    await died(worker);
  }
  const last = await connector.startWorker();
  await assertOnce();
  for (const outcome of await Promise.all(runs)) assert.match(outcome, /closed|overtaken/);
  await last.kill('SIGTERM');
});

test('the document of a killed worker goes on within ten seconds', async (t) => {
  const doomed = await doomedWorker(connector, 'posted, not reported');
  await begin('ten seconds', ['71000']);
  await died(doomed);
  const killedAt = performance.now();
  const next = await connector.startWorker();
  await assertOnce();
  const tookMs = performance.now() - killedAt;
  t.diagnostic(`${Math.round(tookMs)} ms from the kill to the end of the delivery`);
  assert.ok(tookMs < 10_000, `it took ${tookMs} ms`);
  await Promise.all(runs);
  await next.kill('SIGTERM');
});

test('a worker that is stopped between the note and the first byte writes nothing when it goes on later', async () => {
  const point = 'sent, no byte written=stop';
  const stopped = await doomedWorker(connector, point, FEW_POLLS);
  await begin('stopped', ['72000']);
  await until('the worker is stopped', async () => existsSync(markOf(connector, point)), 60_000);
  const other = await connector.startWorker();
  await assertOnce();
  assert.deepEqual(await requestsFor(connector, '72000'), ['POST 201']);

  process.kill(stopped.pid, 'SIGCONT');
  // It ends when everything it had begun has ended.
  await stopped.kill('SIGTERM');
  assert.deepEqual(await requestsFor(connector, '72000'), ['POST 201']);
  await assertOnce();
  await Promise.all(runs);
  await other.kill('SIGTERM');
});
