import assert from 'node:assert/strict';
import test from 'node:test';
import { pauseConnection, resumeConnection } from '../../ledger/connections.ts';
import { withConnector } from '../harness/connector.ts';
import { atRest, replay } from '../harness/deliveries.ts';
import { disturbSftp } from '../harness/disturb.ts';
import { integrationText } from '../harness/integration.ts';
import { RecordsOut, recordFlowText } from '../harness/records.ts';
import { until } from '../harness/until.ts';

const connector = await withConnector();
const { ledger } = connector;
const { admin } = connector.visma;
const PAGE = 10;

function flowsText({ encoding = 'utf-8', pageSize = PAGE } = {}): string {
  return [
    integrationText({ pageSize }),
    recordFlowText('suppliers-out', {
      entity: 'supplier',
      columns: ['number', 'name', 'status', 'mainAddress.country.id'],
      encoding,
    }),
    recordFlowText('lines-out', {
      entity: 'supplierInvoice',
      layout: 'lines',
      columns: ['referenceNumber', 'dueDate', 'amount', 'invoiceLines.transactionDescription', 'invoiceLines.cost'],
      filters: { documentType: 'Invoice' },
    }),
    recordFlowText('accounts-out', { entity: 'account', columns: ['accountCD', 'description', 'active'] }),
    recordFlowText('subaccounts-out', { entity: 'subaccount', columns: ['subaccountNumber', 'description'] }),
  ].join('');
}

const config = await connector.configure(flowsText());
await connector.startWorker();
const suppliers = new RecordsOut(connector, 'suppliers-out');
const lines = new RecordsOut(connector, 'lines-out');
const accounts = new RecordsOut(connector, 'accounts-out');
const subaccounts = new RecordsOut(connector, 'subaccounts-out');

async function versionsOf(flow: string, key: string) {
  return (await connector.documents(flow)).filter(({ sourceKey }) => sourceKey === key);
}

function rename(key: string, name: string) {
  return admin.touch({ entity: 'supplier', key, changes: { name } });
}

test('records leave in the words of Visma.net, each version once: A, B and A again are three', async () => {
  await admin.seed({
    suppliers: [
      { number: '1', name: 'A' },
      { number: '2', name: 'Øst; AS', status: 'Inactive' },
    ],
  });
  assert.deepEqual(await suppliers.send(config), [['1;A;Active;NO', '2;"Øst; AS";Inactive;NO']]);
  await admin.clearRequests();
  assert.deepEqual(await suppliers.send(config), []);
  assert.equal((await admin.requests({ path: 'supplier' })).length, 1);

  for (const name of ['B', 'A']) {
    await rename('1', name);
    assert.deepEqual(await suppliers.send(config), [[`1;${name};Active;NO`]]);
  }
  // A touch, and a change that shows in no column.
  await rename('1', 'A');
  await admin.touch({ entity: 'supplier', key: '2', changes: { accountReference: 'X' } });
  assert.deepEqual(await suppliers.send(config), []);
  const versions = await versionsOf('suppliers-out', '1');
  assert.deepEqual(
    versions.map(({ kind, state, business }) => [kind, state, business]),
    Array.from({ length: 3 }, () => ['Supplier', 'delivered', { supplier: '1' }]),
  );
});

test('a record may be one row a line, with days and amounts as the format has them', async () => {
  await admin.seed({
    supplierInvoices: [
      {
        referenceNumber: '100001',
        supplierReference: 'F-1',
        supplier: { number: '1' },
        dueDate: '2026-04-05T00:00:00',
        vatAmount: 0,
        invoiceLines: [
          { transactionDescription: 'Freight', unitCost: 1250.5, quantity: 2 },
          { transactionDescription: 'Toll', unitCost: 0.1, quantity: 3 },
        ],
      },
      { referenceNumber: '100002', documentType: 'DebitAdj', supplier: { number: '1' }, invoiceLines: [] },
    ],
  });
  assert.deepEqual(await lines.send(config), [
    ['100001;05.04.2026;2501,3;Freight;2501', '100001;05.04.2026;2501,3;Toll;0,3'],
  ]);
  const [sent] = await versionsOf('lines-out', 'Invoice/100001');
  assert.deepEqual(sent?.business, { voucher: '100001', invoice: 'F-1', supplier: '1' });
  await admin.touch({ entity: 'supplierInvoice', key: 'Invoice/100001', changes: { invoiceLines: [] } });
  assert.deepEqual(await lines.send(config), [['100001;05.04.2026;2501,3;;']]);
});

test('a list without pages and one with pages cost one call a page, and one when nothing has changed', async () => {
  const calls = async (path: string) => (await admin.requests({ path })).length;
  await admin.seed({ accounts: { count: 25, start: 4000 }, subaccounts: { count: 25, start: 100 } });
  await admin.clearRequests();
  assert.equal((await accounts.send(config)).flat().length, 25);
  assert.equal(await calls('/v1/account$'), 1);
  assert.equal((await subaccounts.send(config)).flat().length, 25);
  assert.equal(await calls('/v1/subaccount$'), 3);
  await admin.touch({ entity: 'account', key: '4003', changes: { active: false } });
  assert.deepEqual(await accounts.send(config), [['4003;Account 4003;false']]);
});

test('a record that changes while its file waits goes out in the order of its changes', async () => {
  await pauseConnection(ledger, 'acme/partner', 'a test');
  await rename('1', 'first');
  assert.equal(await connector.sync('suppliers-out', config), 'closed');
  await rendered(1);
  await rename('1', 'second');
  assert.equal(await connector.sync('suppliers-out', config), 'closed');
  await rendered(2);
  // Whoever comes first is refused once, and would be overtaken.
  await disturbSftp(connector, { kind: 'refuse-rename', times: 1 });
  await resumeConnection(ledger, 'acme/partner');
  const documents = await atRest(connector, 'suppliers-out');
  const [older, newer] = documents.filter(({ kind }) => kind === 'OutboundFile').slice(-2);
  assert.ok(older && newer && older.updatedAt <= newer.updatedAt);
  assert.deepEqual(await suppliers.newFiles(), [['1;first;Active;NO'], ['1;second;Active;NO']]);
});

async function rendered(count: number): Promise<void> {
  await until(`${count} files are rendered`, async () => {
    const documents = await connector.documents('suppliers-out');
    return documents.filter(({ kind, state }) => kind === 'OutboundFile' && state === 'transformed').length === count;
  });
}

test('of a record that changes while it waits for a file, only the newest state goes out', async () => {
  const latin = await connector.configure(flowsText({ encoding: 'windows-1252' }));
  await admin.seed({
    suppliers: [
      { number: '3', name: 'Łódź' },
      { number: '4', name: 'Oslo' },
    ],
  });
  assert.deepEqual(await suppliers.send(latin), [['4;Oslo;Active;NO']]);
  await until(
    'the failure is written down',
    async () => (await versionsOf('suppliers-out', '3'))[0]?.state === 'failed',
  );
  const [failed] = await versionsOf('suppliers-out', '3');
  assert.ok(failed);
  assert.equal(failed.failure?.code, 'CSV_CELL_UNENCODABLE');
  // Replayed under a mended configuration, it waits for the next file; before that comes, the record changes.
  await replay(connector, failed, config);
  assert.equal((await versionsOf('suppliers-out', '3'))[0]?.state, 'transformed');
  await rename('3', 'Lodz');
  assert.deepEqual(await suppliers.send(latin), [['3;Lodz;Active;NO']]);
  const states = (await versionsOf('suppliers-out', '3')).map(({ state }) => state);
  assert.deepEqual(states, ['superseded', 'delivered']);
});
