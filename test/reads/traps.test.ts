import assert from 'node:assert/strict';
import test from 'node:test';
import type { RecordEntityName } from '../../connectors/visma/records.ts';
import { withConnector } from '../harness/connector.ts';
import { integrationText } from '../harness/integration.ts';
import { type RecordFlow, RecordsOut, recordFlowText } from '../harness/records.ts';
import { until } from '../harness/until.ts';

const connector = await withConnector();
const { admin } = connector.visma;
const PAGE = 10;
const FLOWS: Partial<Record<RecordEntityName, Omit<RecordFlow, 'entity'>>> = {
  subaccount: { columns: ['subaccountNumber', 'description'] },
  supplier: { columns: ['number'] },
  customer: { columns: ['number', 'name'] },
  purchaseOrder: { columns: ['orderNbr'] },
  purchaseReceipt: { columns: ['receiptNbr'] },
  journalTransaction: {
    layout: 'lines',
    columns: ['batchNumber', 'journalTransactionLines.lineNumber', 'journalTransactionLines.debitAmount'],
  },
};
const names = Object.keys(FLOWS) as RecordEntityName[];
const config = await connector.configure(
  integrationText({ pageSize: PAGE }) +
    names.map((entity) => recordFlowText(flowOf(entity), { columns: [], ...FLOWS[entity], entity })).join(''),
);
await connector.startWorker();
const flows = new Map(names.map((entity) => [entity, new RecordsOut(connector, flowOf(entity))]));

function flowOf(entity: RecordEntityName): string {
  return `${entity.toLowerCase()}-out`;
}

/** The rows that a run of the entity's flow sends, in order. */
async function send(entity: RecordEntityName): Promise<string[]> {
  return ((await flows.get(entity)?.send(config)) ?? []).flat().sort();
}

function numbers(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(from + index));
}

test('records with one and the same time over a page border all leave, once', async () => {
  await admin.seed({ subaccounts: { count: 25, start: 100, template: { description: 'S' } } });
  assert.deepEqual(
    await send('subaccount'),
    numbers(100, 25).map((number) => `${number};S`),
  );
  assert.deepEqual(await send('subaccount'), []);
});

test('records that move between the pages while they are walked hide no other', async () => {
  await admin.setSettings({ listOrder: 'modified' });
  await admin.seed({ suppliers: { count: 25, start: 100 } });
  await admin.addFaults({ kind: 'page-drift', rows: 3, match: { path: 'supplier.*pageNumber=2' } });
  assert.deepEqual(await send('supplier'), numbers(100, 25));
  assert.equal((await admin.faults()).rules[0]?.hits, 1);
  await admin.clearFaults();
  await admin.setSettings({ listOrder: 'key' });
});

test('a page that is empty although more was promised is no end', async () => {
  await admin.seed({ purchaseOrders: { count: 25, start: 100 } });
  await admin.addFaults({ kind: 'status', status: 200, body: [], match: { path: 'purchaseorder.*pageNumber=2' } });
  assert.deepEqual(await send('purchaseOrder'), numbers(100, 25));
  assert.equal((await admin.faults()).rules[0]?.hits, 1);
  await admin.clearFaults();
});

test('a list that changes its order between two pages loses nothing', async () => {
  await admin.seed({ purchaseReceipts: { count: 25, start: 100 } });
  await admin.addFaults({ kind: 'hold-before-commit', match: { path: 'PurchaseReceipt.*pageNumber=2' } });
  const sent = send('purchaseReceipt');
  await until('the second page is held', async () => (await admin.faults()).held.length === 1);
  await admin.setSettings({ listOrder: 'shuffled' });
  await admin.release();
  assert.deepEqual(await sent, numbers(100, 25));
  await admin.clearFaults();
  await admin.setSettings({ listOrder: 'key' });
});

test('a clock of Visma.net that is put forward an hour and back again loses nothing and doubles nothing', async () => {
  const seed = (number: string, name: string) => admin.seed({ customers: [{ number, name }] });
  await admin.setSettings({ skewMs: 3_600_000 });
  await seed('1', 'summer');
  assert.deepEqual(await send('customer'), ['1;summer']);
  await admin.setSettings({ skewMs: 0 });
  await seed('1', 'winter');
  await seed('2', 'winter');
  assert.deepEqual(await send('customer'), ['1;winter', '2;winter']);
  assert.deepEqual(await send('customer'), []);
});

test('a batch that is cut over two pages leaves whole, also where the walk goes on in another step', async () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ lineNumber: index + 1, accountNumber: '1920', debitAmount: index }));
  const journals = numbers(1001, 30).map((batchNumber) => ({ batchNumber, journalTransactionLines: lines(4) }));
  // Three pages long, over the border of ten.
  journals[23] = { batchNumber: '1024', journalTransactionLines: lines(25) };
  await admin.seed({ journals });
  const rows = journals.flatMap(({ batchNumber, journalTransactionLines }) =>
    journalTransactionLines.map(({ lineNumber, debitAmount }) => `${batchNumber};${lineNumber};${debitAmount}`),
  );
  await admin.clearRequests();
  assert.deepEqual(await send('journalTransaction'), rows.sort());
  // Fifteen pages of lines, of which a few are read twice at the border of two steps; a walk begun anew would double them.
  const pages = (await admin.requests({ path: 'journaltransaction' })).length;
  assert.ok(pages <= 20, `${pages} pages were read`);
  const batches = await connector.documents(flowOf('journalTransaction'));
  assert.equal(batches.filter(({ kind }) => kind === 'JournalTransaction').length, 30);
  assert.deepEqual(await send('journalTransaction'), []);
});
