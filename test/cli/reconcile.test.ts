import assert from 'node:assert/strict';
import test from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { RecordsOut, recordFlowText } from '../harness/records.ts';
import { until } from '../harness/until.ts';
import { applied, CommandLine, rarely } from './command-line.ts';

const connector = await withConnector();
const { admin } = connector.visma;
const cli = new CommandLine(connector.env, connector.folder);
const suppliersOut = recordFlowText('suppliers-out', { entity: 'supplier', columns: ['number', 'name'] });
await applied(cli, connector.folder, rarely() + suppliersOut.replaceAll('every: 5m', 'every: 30d'));
await connector.startWorker();
const suppliers = new RecordsOut(connector, 'suppliers-out');

/** Long before any run's watermark: what is stamped so, no poll sees. */
const LATE = new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 23);
const SINCE = ['--since', '30d'];

async function sent(flow: string): Promise<void> {
  await until(`${flow} has sent all`, async () => {
    const documents = await connector.documents(flow);
    return documents.length > 0 && documents.every(({ state }) => state === 'delivered' || state === 'superseded');
  });
}

async function findings(flow: string, ...more: string[]): Promise<(readonly unknown[])[]> {
  const found = await cli.read(['reconcile', flow, ...SINCE, ...more]);
  return found.map(({ finding, key, state, enqueued }) => [finding, key, state, enqueued]);
}

test('what a poll could not see, what changed unseen and what was deleted is found, and what is lacking is delivered', async () => {
  await admin.seed({ suppliers: [1, 2, 3].map((number) => ({ number: String(number), name: `Vendor ${number}` })) });
  await cli.must(['run', 'suppliers-out', '--wait']);
  await sent('suppliers-out');
  assert.deepEqual((await suppliers.newFiles()).flat().length, 3);
  assert.equal((await cli.must(['reconcile', 'suppliers-out', ...SINCE])).code, 0);

  // Committed after the poll had passed its stamp, as a long transaction does.
  await admin.seed({ suppliers: [{ number: '4', name: 'Late AS' }], lastModifiedDateTime: LATE });
  await admin.touch({ entity: 'supplier', key: '2', changes: { name: 'Renamed AS' }, lastModifiedDateTime: LATE });
  await admin.remove('supplier', '3');
  await cli.must(['run', 'suppliers-out', '--wait']);
  assert.deepEqual(await suppliers.newFiles(), []);

  const expected = (enqueued: boolean) => [
    ['stale', '2', 'delivered', enqueued],
    ['missing', '4', null, enqueued],
    ['gone', '3', 'delivered', false],
  ];
  assert.deepEqual(await findings('suppliers-out'), expected(false));
  const table = await cli.call(['reconcile', 'suppliers-out', ...SINCE]);
  assert.equal(table.code, 1);
  assert.match(
    table.stdout,
    /: 3 records in Visma\.net; 1 missing, 1 stale, 1 gone\.\nTake them over with --enqueue\./,
  );
  assert.deepEqual(await findings('suppliers-out', '--enqueue'), expected(true));
  await sent('suppliers-out');
  await until('the file is there', async () => (await connector.documents('suppliers-out')).length === 7);
  await sent('suppliers-out');
  assert.deepEqual((await suppliers.newFiles()).flat().sort(), ['2;Renamed AS', '4;Late AS']);
  assert.deepEqual(await findings('suppliers-out'), [['gone', '3', 'delivered', false]]);
});

test('an invoice that no poll has seen is found, taken over and sent; one that the flow does not want is no finding', async () => {
  const supplier = { number: '1' };
  await admin.seed({ supplierInvoices: [{ referenceNumber: '1', supplier, vatAmount: 0 }] });
  await cli.must(['run', 'invoices-out', '--wait']);
  await sent('invoices-out');
  await admin.seed({
    supplierInvoices: [
      { referenceNumber: '2', supplier, vatAmount: 0 },
      { referenceNumber: '3', supplier, status: 'Hold' },
    ],
    lastModifiedDateTime: LATE,
  });
  await cli.must(['run', 'invoices-out', '--wait']);
  assert.deepEqual(await findings('invoices-out', '--enqueue'), [['missing', 'Invoice/2', null, true]]);
  await until('the file is there', async () => (await connector.documents('invoices-out')).length === 4);
  await sent('invoices-out');
  assert.equal((await cli.must(['reconcile', 'invoices-out', ...SINCE])).code, 0);
});

test('a spent budget is waited for and said, and a flow that reads no Visma.net is refused', async () => {
  await admin.addFaults({ kind: '429', retryAfterSeconds: 1, times: 1, match: { path: '/supplierInvoice' } });
  const waited = await cli.call(['reconcile', 'invoices-out', ...SINCE]);
  assert.equal(waited.code, 0, waited.stderr);
  assert.match(waited.stderr, /call budget is spent; going on in [12] s\./);
  assert.match(waited.stdout, /Waited [12] s for the call budget\./);
  assert.equal((await cli.call(['reconcile', 'vendors-in', ...SINCE])).code, 2);
});
