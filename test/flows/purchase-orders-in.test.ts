import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { atRest } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';
import { seedForInvoices } from '../harness/invoices.ts';
import { dropOrders, ordersInFlow, ordersInVisma } from '../harness/orders.ts';

const connector = await withConnector();
const { admin } = connector.visma;
await seedForInvoices(connector);
const config = await connector.configure(integrationText() + ordersInFlow());
await connector.startWorker();

async function take(file: string, rows: Parameters<typeof dropOrders>[2]) {
  await dropOrders(connector, file, rows);
  await connector.sync('purchase-orders-in', config);
  const documents = await atRest(connector, 'purchase-orders-in');
  return documents.filter(({ kind, business }) => kind === 'PurchaseOrder' && business.file === file);
}

async function linesOf(reference: string) {
  const order = (await ordersInVisma(connector)).find(({ supplierRef }) => supplierRef === reference);
  return order?.lines.map(({ lineNbr, lineDescription, orderQty, canceled }) =>
    [lineNbr, lineDescription, orderQty, ...(canceled ? ['cancelled'] : [])].join(' '),
  );
}

const stateOf = ({ state, failure }: { state: string; failure: { code: string } | null }) => failure?.code ?? state;

test('an order and its changes in one file are applied in the order they stand there', async () => {
  const documents = await take('first.csv', [
    { number: 'PO-1', text: 'Bolts', quantity: '10', price: '12,50' },
    { number: 'PO-1', text: 'Nuts', quantity: '5', price: '2' },
    { number: 'PO-1', action: 'CHG', change: '1', line: '1', quantity: '12' },
    { number: 'PO-1', action: 'CHG', change: '1', text: 'Washers', quantity: '7', price: '1' },
    { number: 'PO-1', action: 'CHG', change: '2', line: '2', lineAction: 'CAN' },
  ]);
  assert.deepEqual(documents.map(stateOf), ['delivered', 'delivered', 'delivered']);
  assert.deepEqual(await linesOf('PO-1'), ['1 Bolts 12', '2 Nuts 5 cancelled', '3 Washers 7']);
  const [order] = documents;
  assert.ok(documents.every(({ externalId }) => externalId === order?.externalId));
});

test('a change whose answer is lost adds its line once, and a cancelled order is closed', async () => {
  const drop = { kind: 'drop-after-commit', match: { method: 'PUT', bodyIncludes: 'Springs' } } as const;
  await admin.addFaults(drop, { kind: 'drop-before-commit', match: { method: 'PUT', bodyIncludes: 'Screws' } });
  const [lost, never] = await take('lost.csv', [
    { number: 'PO-1', action: 'CHG', change: '3', text: 'Springs', quantity: '1', price: '1' },
    { number: 'PO-1', action: 'CHG', change: '4', text: 'Screws', quantity: '1', price: '1' },
  ]);
  assert.deepEqual([lost?.state, never?.state], ['delivered', 'delivered']);
  assert.deepEqual((await linesOf('PO-1'))?.slice(3), ['4 Springs 1', '5 Screws 1']);
  const [cancelled] = await take('cancel.csv', [{ number: 'PO-1', action: 'CAN' }]);
  assert.equal(cancelled?.state, 'delivered');
  const [order] = await ordersInVisma(connector);
  assert.equal(order?.status, 'Closed');
});

test('a change of somebody else at the same time is kept: the order is read again and changed under its new version', async () => {
  await admin.seed({
    purchaseOrders: [{ orderNbr: '900001', supplierRef: 'PO-2', lines: [{ lineDescription: 'Pipes' }] }],
  });
  await admin.addFaults({
    kind: 'status',
    status: 412,
    body: { message: 'version does not match' },
    match: { method: 'PUT' },
  });
  const change = { number: 'PO-2', action: 'CHG', change: '1', orderNumber: '900001' } as const;
  const [document] = await take('stale.csv', [{ ...change, line: '1', quantity: '3' }]);
  assert.equal(document?.state, 'delivered');
  assert.deepEqual(await linesOf('PO-2'), ['1 Pipes 3']);
  const again = await take('unchanged.csv', [{ ...change, change: '2', line: '1', quantity: '3' }]);
  assert.deepEqual(again.map(stateOf), ['skipped']);
});

test('lines are booked on the subaccounts that they name, and one that is unknown is refused by name', async () => {
  const documents = await take('subaccounts.csv', [
    { number: 'PO-5', text: 'Rope', quantity: '1', price: '4', subaccount: '10-200' },
    { number: 'PO-5', text: 'Twine', quantity: '1', price: '2' },
    { number: 'PO-6', text: 'Wire', quantity: '1', price: '9', subaccount: '10-999' },
    { number: 'PO-5', action: 'CHG', change: '1', line: '2', subaccount: '10-200' },
    { number: 'PO-5', action: 'CHG', change: '2', line: '2', subaccount: '10-999' },
  ]);
  assert.deepEqual(documents.map(stateOf), ['delivered', 'REFERENCE_UNKNOWN', 'delivered', 'REFERENCE_UNKNOWN']);
  assert.match(documents[1]?.failure?.message ?? '', /subaccount 10-999 \(lines\[1\]\.subaccount\)/);
  const orders = await ordersInVisma(connector);
  const subaccounts = orders
    .filter(({ supplierRef }) => /^PO-[56]$/.test(supplierRef))
    .map(({ supplierRef, lines }) => [supplierRef, ...lines.map(({ sub }) => sub?.subaccountNumber)]);
  assert.deepEqual(subaccounts, [['PO-5', '10-200', '10-200']]);
});

test('a change of an unknown order, of an unknown line, or without a number of its own is refused by name', async () => {
  const documents = await take('bad.csv', [
    { number: 'PO-9', action: 'CHG', change: '1', line: '1', quantity: '3' },
    { number: 'PO-2', action: 'CHG', change: '3', orderNumber: '900001', line: '7', quantity: '3' },
    { number: 'PO-8', action: 'CHG', line: '1', quantity: '3' },
  ]);
  assert.deepEqual(documents.map(stateOf), ['REFERENCE_UNKNOWN', 'REFERENCE_UNKNOWN', 'DOCUMENT_ROWS_INVALID']);
  assert.match(documents[1]?.failure?.message ?? '', /900001 has no line 7/);
});
