import assert from 'node:assert/strict';
import test from 'node:test';
import { intentsOf } from '../../ledger/intents.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { withConnector } from '../harness/connector.ts';
import { atRest, writes } from '../harness/deliveries.ts';
import { until } from '../harness/until.ts';
import { applied, CommandLine, rarely } from './command-line.ts';

const connector = await withConnector();
const { ledger, visma } = connector;
const cli = new CommandLine(connector.env, connector.folder);
await applied(cli, connector.folder, rarely());

const HEADER = 'Vendor No;Name;City;Country;Email\r\n';
const ROW = (number: number) => `${number};Vendor ${number};Oslo;Norway;\r\n`;

async function vendor(number: number): Promise<DocumentRow> {
  const found = (await connector.documents('vendors-in')).find(({ sourceKey }) => sourceKey === String(number));
  assert.ok(found, `vendor ${number}`);
  return found;
}

test('a run is started, then queued, then already queued, and never runs beside another', async () => {
  const answers: string[] = [];
  for (let call = 0; call < 3; call += 1) answers.push((await cli.must(['run', 'invoices-out'])).stdout);
  assert.deepEqual(answers, [
    'acme/invoices-out: started\n',
    'acme/invoices-out: queued\n',
    'acme/invoices-out: already queued\n',
  ]);
  const { info } = await connector.temporal.client.schedule.getHandle('acme/invoices-out').describe();
  assert.equal(info.runningActions.length, 1);
  await connector.startWorker();
});

test('a flow or schedule that is not there ends with 4', async () => {
  const unknown = await cli.call(['run', 'vendors-inn']);
  assert.equal(unknown.code, 4);
  assert.match(unknown.stderr, /Did you mean (acme\/)?vendors-in\?/);
});

test('a paused flow sends nothing and says so, and goes on when it is resumed', async () => {
  await cli.must(['pause', 'vendors-in', '--reason', 'stock-taking']);
  await connector.drop('/inbound/vendors/one.csv', HEADER + ROW(60_001));
  const { stderr } = await cli.must(['run', 'vendors-in']);
  assert.match(stderr, /acme\/vendors-in is paused \(stock-taking \(operator:.+\)\): nothing is sent/);
  assert.match((await cli.call(['status'])).stdout, /acme\/vendors-in is PAUSED: stock-taking/);
  assert.deepEqual(await writes(connector), []);
  assert.match((await cli.must(['resume', 'vendors-in'])).stdout, /goes on/);
  assert.match((await cli.must(['resume', 'vendors-in'])).stdout, /was not held/);
  await until('the row is delivered', async () => (await writes(connector)).includes('create 60001'));
  await atRest(connector, 'vendors-in');
});

test('a connection is paused and resumed by its name', async () => {
  await cli.must(['pause', 'acme/visma', '--reason', 'closing']);
  const [connection] = await cli.read(['connection', 'list']);
  assert.equal(connection?.latch, 'paused');
  assert.match(String(connection?.latchReason), /^closing \(operator:/);
  await cli.must(['resume', 'visma']);
});

/** Brings a vendor to `uncertain`, as a look-up that cannot tell does. */
async function makeUncertain(number: number): Promise<DocumentRow> {
  await visma.admin.addFaults({
    kind: 'erp-error',
    message: 'No',
    status: 400,
    match: { method: 'POST', path: '/v1/supplier' },
  });
  await connector.drop(`/inbound/vendors/${number}.csv`, HEADER + ROW(number));
  await cli.must(['run', 'vendors-in', '--wait']);
  await atRest(connector, 'vendors-in');
  const document = await vendor(number);
  assert.equal(document.state, 'failed');
  await ledger.db.updateTable('intent').set({ state: 'uncertain' }).where('documentId', '=', document.id).execute();
  const failure = { type: 'OutcomeUnknown', code: 'OUTCOME_UNCERTAIN', message: 'It cannot be told.', next: 'Look.' };
  await ledger.db
    .updateTable('document')
    .set({ state: 'uncertain', failure: JSON.stringify(failure) })
    .where('id', '=', document.id)
    .execute();
  return document;
}

test('a document that a person found in the target is closed under its number there', async () => {
  const { id } = await makeUncertain(60_010);
  const replayed = await cli.call(['replay', id]);
  assert.equal(replayed.code, 1);
  assert.match(replayed.stderr, /is uncertain: it may be in the target system already.\nNext: .*--posted-as/);
  const { stdout } = await cli.must(['resolve', id, '--posted-as', 'V60010', '--reason', 'seen in Visma.net']);
  assert.match(stdout, /is posted as V60010/);
  await atRest(connector, 'vendors-in');
  const after = await vendor(60_010);
  assert.deepEqual([after.state, after.externalId, after.failure], ['delivered', 'V60010', null]);
  const [intent] = await intentsOf(ledger, id);
  assert.deepEqual([intent?.state, intent?.learnedBy, intent?.externalId], ['confirmed', 'operator', 'V60010']);
  const resolved = (await cli.events(id)).find(({ step }) => step === 'resolved');
  assert.match(String(resolved?.actor), /^operator:/);
  assert.ok(!(await writes(connector)).includes('create 60010'));
});

test('a document that a person did not find is sent again, by a replay or later by itself', async () => {
  const { id } = await makeUncertain(60_011);
  const { stdout } = await cli.must(['resolve', '60011', '--not-posted', '--reason', 'searched for it']);
  assert.match(stdout, /will be sent again/);
  const [intent] = await intentsOf(ledger, id);
  assert.equal(intent?.state, 'planned');
  await cli.must(['replay', id, '--wait']);
  assert.deepEqual(
    (await writes(connector)).filter((write) => write === 'create 60011'),
    ['create 60011'],
  );
});

test('what is not uncertain cannot be resolved, and the answer says what to do instead', async () => {
  const { code, stderr } = await cli.call(['resolve', '60001', '--posted-as', '1']);
  assert.equal(code, 1);
  assert.match(stderr, /is delivered: there is no uncertain outcome/);
});

test('whoever waits for a run, or looks at a document on its way, is told what it waits for', async () => {
  const away = { kind: 'status', status: 503, times: 'always' } as const;
  await visma.admin.addFaults({ ...away, match: { method: 'POST', path: '/v1/supplier' } });
  await connector.drop('/inbound/vendors/waits.csv', HEADER + ROW(60_100));
  await cli.must(['run', 'vendors-in', '--wait']);
  const { id } = await vendor(60_100);
  const timeline = async () => (await cli.must(['timeline', id])).stdout;
  await until('a write has failed', async () => /^Waits +post, attempt \d+: /m.test(await timeline()));

  await visma.admin.addFaults(away);
  await connector.drop('/inbound/vendors/later.csv', HEADER + ROW(60_101));
  const waiting = cli.call(['run', 'vendors-in', '--wait']);
  setTimeout(() => void visma.admin.clearFaults(), 5_000);
  const { code, stderr } = await waiting;
  assert.equal(code, 0);
  assert.match(stderr, /^sync\/acme\/vendors-in.* waits: fetch, attempt \d+: /m);
});
