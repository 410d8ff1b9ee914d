import assert from 'node:assert/strict';
import test from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { atRest } from '../harness/deliveries.ts';
import { balanced, dropJournals, journalsInFlow } from '../harness/journals.ts';
import { RecordsOut, recordFlowText } from '../harness/records.ts';
import { applied, CommandLine, rarely } from './command-line.ts';

const connector = await withConnector();
const cli = new CommandLine(connector.env, connector.folder);
const accountsOut = recordFlowText('accounts-out', { entity: 'account', columns: ['accountCD', 'description'] });
const moreFlows = (journalsInFlow() + accountsOut).replaceAll('every: 5m', 'every: 30d');
await applied(cli, connector.folder, rarely() + moreFlows);
await connector.startWorker();

const HEADER = 'Vendor No;Name;City;Country;Email\r\n';

test('a preview shows what each row would do, and neither moves a file nor keeps anything', async () => {
  await connector.drop('/inbound/vendors/before.csv', `${HEADER}60001;Vendor 60001;Oslo;Norway;\r\n`);
  await cli.must(['run', 'vendors-in', '--wait']);
  await atRest(connector, 'vendors-in');
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

test('a preview of journals names what does not balance, and what a run would post', async () => {
  const crooked = { number: 'J-2', credit: '99,99', account: '3000' };
  await dropJournals(connector, 'preview.csv', [...balanced('J-1'), { number: 'J-2', debit: '100,00' }, crooked]);
  const { code, stdout } = await cli.call(['preview', 'journals-in']);
  assert.equal(code, 1);
  assert.match(stdout, /preview\.csv +2 +2 +J-1 +send/);
  assert.match(stdout, /Journal J-2: debit 100\.00 and credit 99\.99 differ by 0\.01/);
  assert.match(stdout, /Nothing was written\./);
  assert.deepEqual(await connector.documents('journals-in'), []);
});

test('a preview of invoices is the very file that a run then sends', async () => {
  await connector.visma.admin.seed({ supplierInvoices: { count: 3, start: 700_000, template: { status: 'Open' } } });
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
});

test('a preview of records is the very file that a run then sends, and knows what has gone out', async () => {
  await connector.visma.admin.seed({ accounts: { count: 3, start: 4000 } });
  assert.match((await cli.must(['preview', 'accounts-out'])).stdout, /^4001 +4001 +Account 4001 +new$/m);
  const { lines } = await cli.must(['preview', 'accounts-out', '--bytes']);
  assert.deepEqual(await connector.documents('accounts-out'), []);
  await cli.must(['run', 'accounts-out', '--wait']);
  await atRest(connector, 'accounts-out');
  const [sent] = await new RecordsOut(connector, 'accounts-out').newFiles();
  assert.deepEqual(lines.slice(1), sent);
  assert.match((await cli.must(['preview', 'accounts-out'])).stdout, /^0 records in 0 files/m);
});

/** The first file in the partner's folder. */
async function outgoing(): Promise<string> {
  const file = (await connector.files()).find(({ path }) => path.startsWith('/outbound/invoices/'));
  const url = `${connector.sftp.adminUrl}/_sandbox/files/content?path=${encodeURIComponent(file?.path ?? '')}`;
  return (await fetch(url)).text();
}
