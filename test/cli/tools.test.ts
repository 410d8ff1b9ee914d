import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { commitCursor, openBatch, readCursor } from '../../ledger/batches.ts';
import { takeSlot } from '../../ledger/quota.ts';
import { withConnector } from '../harness/connector.ts';
import { atRest } from '../harness/deliveries.ts';
import { applied, CommandLine, rarely } from './command-line.ts';

const connector = await withConnector();
const { ledger, visma, folder, env } = connector;
const cli = new CommandLine(env, folder);
await applied(cli, folder, rarely({ calls: 100 }));
await connector.startWorker();

const FILE =
  'Vendor No;Name;City;Country;Email\r\n50001;Nordic Bolts AS;Oslo;Norway;\r\n50002;Zinc AS;Moss;Norway;\r\n';

test('a body is given out as it was stored, whole or the part of a record, and who took it is recorded', async () => {
  await connector.drop('/inbound/vendors/march.csv', FILE);
  await cli.must(['run', 'vendors-in', '--wait']);
  await atRest(connector, 'vendors-in');
  const whole = await cli.must(['export', 'march.csv']);
  assert.equal(whole.stdout, FILE);
  assert.match(whole.stderr, /^original of \S+: \d+ bytes; the export is recorded/);
  const record = await cli.must(['export', '50002']);
  assert.equal(record.stdout.trim(), '50002;Zinc AS;Moss;Norway;');
  const out = join(folder, 'supplier.json');
  await cli.must(['export', '50001', '--role', 'canonical', '--out', out]);
  assert.equal(JSON.parse(await readFile(out, 'utf8')).name, 'Nordic Bolts AS');
  assert.equal((await stat(out)).mode & 0o777, 0o600);
  const events = await cli.events('50001');
  const exported = events.find(({ step }) => step === 'exported');
  assert.match(String(exported?.actor), /^operator:/);
  assert.equal(((exported?.detail ?? {}) as { role?: string }).role, 'canonical');
});

test('a body that is not there, a file that is, and another master key are refused and leave nothing behind', async () => {
  const missing = await cli.call(['export', '50001', '--role', 'outgoing']);
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /has no outgoing in the ledger\. It has: canonical\./);
  const taken = join(folder, 'taken.txt');
  await writeFile(taken, 'mine');
  const refused = await cli.call(['export', 'march.csv', '--out', taken]);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /is there already/);
  assert.equal(await readFile(taken, 'utf8'), 'mine');
  const other = { ML_CONNECTOR_MASTER_KEY: randomBytes(32).toString('base64') };
  const locked = await cli.call(['export', 'march.csv'], { env: other });
  assert.equal(locked.code, 3);
  assert.equal(locked.stdout, '');
});

test('a cursor is shown, and set back to a time after it was said what would be read again', async () => {
  assert.match((await cli.must(['cursor', 'show'])).stdout, /acme\/invoices-out +has not run/);
  await visma.admin.seed({ supplierInvoices: { count: 3, start: 700_000, template: { status: 'Open' } } });
  await cli.must(['run', 'invoices-out', '--wait']);
  await atRest(connector, 'invoices-out');
  const [before] = await cli.read(['cursor', 'show', 'invoices-out']);
  assert.match(String(before?.stamp), /^\d{4}-\d{2}-\d{2}T/);
  const unasked = await cli.call(['cursor', 'rewind', 'invoices-out', '--to', '7d']);
  assert.equal(unasked.code, 2);
  assert.match(unasked.stdout, /it would look at 3 records\./);
  assert.deepEqual(await cli.read(['cursor', 'show', 'invoices-out']), [before]);
  const ahead = await cli.call(['cursor', 'rewind', 'invoices-out', '--to', '2100-01-01', '--yes']);
  assert.equal(ahead.code, 2);
  assert.match(ahead.stderr, /would be left out/);
  await cli.must(['cursor', 'rewind', 'invoices-out', '--to', '2026-01-02', '--yes', '--reason', 'a test']);
  const [after] = await cli.read(['cursor', 'show', 'invoices-out']);
  assert.equal(after?.stamp, '2026-01-02T00:00:00.000');
  const [rewind] = (after?.rewinds ?? []) as { actor: string; reason: string }[];
  assert.match(rewind?.actor ?? '', /^operator:/);
  assert.equal(rewind?.reason, 'a test');
  const files = await cli.call(['cursor', 'rewind', 'vendors-in', '--to', '7d', '--yes']);
  assert.match(files.stderr, /has no place in time to set back/);
});

test('what is read again after a rewind is not sent again', async () => {
  const documents = (await connector.documents('invoices-out')).length;
  await cli.must(['run', 'invoices-out', '--wait']);
  await atRest(connector, 'invoices-out');
  assert.equal((await connector.documents('invoices-out')).length, documents);
  const [state] = await cli.read(['cursor', 'show', 'invoices-out']);
  assert.notEqual(state?.stamp, '2026-01-02T00:00:00.000');
});

test('a run that was under way when the cursor was set back is overtaken and does not move it', async () => {
  const flow = 'acme/invoices-out';
  const cursor = await readCursor(ledger, flow);
  const [{ configHash } = { configHash: '' }] = await connector.documents('invoices-out');
  const run = { flow, configHash, workflowId: 'sync/by-hand', runId: 'by-hand', plan: {}, cursor };
  const provenance = { actor: 'test' };
  const batch = await openBatch(ledger, run, provenance);
  const { stdout } = await cli.must(['cursor', 'rewind', 'invoices-out', '--to', '2026-01-03', '--yes']);
  assert.match(stdout, /A run is open since .* \(sync\/by-hand\): it ends as overtaken/);
  const outcome = await commitCursor(ledger, batch, { highest: '2026-12-31T00:00:00.000' }, provenance);
  assert.equal(outcome, 'overtaken');
  assert.equal((await cli.read(['cursor', 'show', flow]))[0]?.stamp, '2026-01-03T00:00:00.000');
  assert.match((await cli.must(['verify'])).stdout, /The record is whole/);
});

test('a budget shows what is left, which flow spent it in which class, who waits and until when', async () => {
  const [row] = await ledger.db.selectFrom('quota').selectAll().execute();
  assert.ok(row);
  const [document] = await connector.documents('vendors-in');
  const settings = { bucket: row.bucket, calls: 100, windowMs: 3_600_000, sharesPercent: { post: 50, bulk: 10 } };
  await ledger.db.updateTable('quota').set({ callLimit: 100, used: 100 }).where('bucket', '=', row.bucket).execute();
  await takeSlot(ledger, settings, { class: 'bulk', holder: `${document?.id}/later` });
  const [budget] = await cli.read(['quota']);
  assert.deepEqual(budget?.connections, ['acme/visma']);
  assert.deepEqual([budget?.limit, budget?.used, budget?.left], [100, 100, 0]);
  const spenders = (budget?.spenders ?? []) as { class: string; who: string; calls: number }[];
  const calls = (callClass: string, who: string) =>
    spenders.find((one) => one.class === callClass && one.who === who)?.calls;
  assert.equal(calls('post', 'acme/vendors-in'), 2, 'one a supplier');
  assert.ok((calls('poll', 'acme/invoices-out') ?? 0) >= 2);
  assert.equal(calls('operator', 'cursor'), 3);
  const [queue] = (budget?.queues ?? []) as { class: string; who: string; waiting: number }[];
  assert.deepEqual([queue?.class, queue?.who, queue?.waiting], ['bulk', 'acme/vendors-in', 1]);
  const classes = (budget?.classes ?? []) as { class: string; nextSlot: string; guaranteed: number }[];
  const post = classes.find((one) => one.class === 'post');
  assert.deepEqual([post?.guaranteed, post?.nextSlot], [50, row.windowEndsAt.toISOString()]);
  const { stdout } = await cli.must(['quota']);
  assert.match(stdout, /^acme\/visma: 100 of 100 calls used \(\d+ by others than us\), 0 left; the window ends \d{4}-/);
  assert.doesNotMatch(stdout, /isv_sandbox/);
});
