import assert from 'node:assert/strict';
import test from 'node:test';
import { intentsOf } from '../../ledger/intents.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { type WorkerProcess, withConnector } from '../harness/connector.ts';
import { atRest, writes } from '../harness/deliveries.ts';
import { until } from '../harness/until.ts';
import { applied, CommandLine, rarely } from './command-line.ts';

const connector = await withConnector();
const { ledger, visma } = connector;
const cli = new CommandLine(connector.env, connector.folder);
await applied(cli, connector.folder, rarely());

const HEADER = 'Vendor No;Name;City;Country;Email\r\n';
const ROW = (number: number) => `${number};Vendor ${number};Oslo;Norway;\r\n`;
let worker: WorkerProcess;

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
  worker = await connector.startWorker();
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
  await visma.admin.addFaults({ kind: 'erp-error', message: 'No', status: 400, match: { method: 'POST', path: '/v1/supplier' } });
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
  const resolved = (await cli.read(['timeline', id])).find(({ step }) => step === 'resolved');
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

test('a preview shows what each row would do, and neither moves a file nor keeps anything', async () => {
  const rows = [
    `60001;Vendor 60001;Oslo;Norway;\r\n`,
    `60001;Renamed AS;Oslo;Norway;\r\n`,
    `60020;New AS;Oslo;Norway;\r\n`,
    `60021;New AS;Oslo;Nowhere;\r\n`,
  ];
  await connector.drop('/inbound/vendors/preview.csv', HEADER + rows.join(''));
  const files = await connector.files();
  const count = async () => (await connector.documents('vendors-in')).length;
  const before = await count();
  const previewed = await cli.read(['preview', 'vendors-in']);
  assert.deepEqual(
    previewed.map(({ supplier, action, fields }) => [supplier, action, fields]),
    [
      ['60001', 'repeat', []],
      ['60001', 'update', ['name']],
      ['60020', 'create', []],
      ['60021', 'failure', []],
    ],
  );
  const table = await cli.call(['preview', 'vendors-in']);
  assert.equal(table.code, 1);
  assert.match(table.stdout, /1 file, 4 rows: 1 repeat, 1 update, 1 create, 1 failure\.\nNothing was written\./);
  assert.deepEqual(await connector.files(), files);
  assert.equal(await count(), before);
});

test('a preview of invoices is the very file that a run then sends', async () => {
  await visma.admin.seed({ supplierInvoices: { count: 3, start: 700_000, template: { status: 'Open' } } });
  const table = await cli.must(['preview', 'invoices-out']);
  assert.match(table.stdout, /^Invoice\/700001 .* new$/m);
  assert.match(table.stdout, /3 invoices in 1 file; 0 cannot be sent\.\nNothing was written\./);
  const { stdout } = await cli.must(['preview', 'invoices-out', '--bytes']);
  assert.deepEqual(await connector.documents('invoices-out'), []);
  await cli.must(['run', 'invoices-out', '--wait']);
  await atRest(connector, 'invoices-out');
  assert.equal(await outgoing(), stdout);
  assert.match((await cli.must(['preview', 'invoices-out'])).stdout, /^0 invoices in 0 files/m);
});

test('a file that the partner has lost is sent again in a new file, invoice by invoice', async () => {
  const [file] = await cli.read(['documents', '--kind', 'OutboundFile']);
  const { stdout } = await cli.must(['replay', String(file?.id), '--as-new', '--reason', 'lost', '--wait']);
  assert.match(stdout, /WILL BE POSTED A SECOND TIME \(in a new file\)/);
  assert.equal(stdout.match(/in the next file/g)?.length, 3);
  const first = await outgoing();
  await cli.must(['run', 'invoices-out', '--wait']);
  await atRest(connector, 'invoices-out');
  const sent = (await connector.files()).filter(({ path }) => path.startsWith('/outbound/invoices/'));
  assert.equal(sent.length, 2);
  assert.equal(sent[0]?.sha256, sent[1]?.sha256);
  assert.equal(await outgoing(), first);
  assert.ok(worker.pid > 0);
});

/** The first file in the partner's folder. */
async function outgoing(): Promise<string> {
  const file = (await connector.files()).find(({ path }) => path.startsWith('/outbound/invoices/'));
  const url = `${connector.sftp.adminUrl}/_sandbox/files/content?path=${encodeURIComponent(file?.path ?? '')}`;
  return (await fetch(url)).text();
}
