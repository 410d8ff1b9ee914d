import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { atRest, replay } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';
import { seedForInvoices } from '../harness/invoices.ts';
import { dropPayments, paymentsInFlow, seedOpenInvoices } from '../harness/payments.ts';

const connector = await withConnector();
const { admin } = connector.visma;
await seedForInvoices(connector);
await seedOpenInvoices(connector, ['700001', '700002', '700003']);
const config = await connector.configure(integrationText() + paymentsInFlow());
await connector.startWorker();

async function take(file: string, rows: Parameters<typeof dropPayments>[2]) {
  await dropPayments(connector, file, rows);
  await connector.sync('payments-in', config);
  const documents = await atRest(connector, 'payments-in');
  return documents.filter(({ kind, business }) => kind === 'Remittance' && business.file === file);
}

async function inVisma(entity: string) {
  return (await admin.state({ entity })).entities[entity]?.records ?? [];
}

test('a remittance settles invoices by their voucher or by the number of their supplier, and is released', async () => {
  const [document] = await take('first.csv', [
    { number: 'P-1', total: '225,00', voucher: '700001' },
    { number: 'P-1', total: '225,00', invoice: 'f-700002', amount: '100,00' },
  ]);
  assert.deepEqual([document?.state, document?.failure], ['delivered', null]);
  const [payment] = await inVisma('supplierPayment');
  assert.deepEqual([payment?.refNbr, payment?.paymentRef, payment?.status], [document?.externalId, 'P-1', 'Closed']);
  const invoices = await inVisma('supplierInvoice');
  assert.deepEqual(
    invoices.map(({ status, balance }) => [status, balance]),
    [
      ['Closed', 0],
      ['Open', 25],
      ['Open', 125],
    ],
  );
});

test('a payment that does not add up, or settles what is not open, is refused by name, and can be replayed', async () => {
  const [sum, unknown] = await take('bad.csv', [
    { number: 'P-2', total: '100,00', voucher: '700003' },
    { number: 'P-3', invoice: 'F-700009' },
  ]);
  assert.match(sum?.failure?.message ?? '', /lines add up to 125.00, its total says 100.00/);
  assert.match(unknown?.failure?.message ?? '', /F-700009 \(lines\[1\]\.invoice\) is not open/);
  await seedOpenInvoices(connector, ['700009']);
  assert.ok(unknown);
  await replay(connector, unknown);
  const again = (await connector.documents('payments-in')).find(({ id }) => id === unknown.id);
  assert.equal(again?.state, 'delivered');
  await take('repeat.csv', [{ number: 'P-3', invoice: 'F-700009' }]);
  assert.equal((await inVisma('supplierPayment')).length, 2);
});

test('a payment whose answer is lost is found again by the token in its description', async () => {
  await admin.addFaults({ kind: 'drop-after-commit', match: { method: 'POST', path: '/supplierPayment$' } });
  const [document] = await take('lost.csv', [{ number: 'P-4', voucher: '700003' }]);
  assert.equal(document?.state, 'delivered');
  const payments = (await inVisma('supplierPayment')).filter(({ paymentRef }) => paymentRef === 'P-4');
  assert.equal(payments.length, 1);
  const intents = await connector.ledger.db
    .selectFrom('intent')
    .select(['token', 'learnedBy'])
    .where('documentId', '=', document?.id ?? '')
    .where('step', '=', 'supplierPayment')
    .execute();
  assert.equal(intents[0]?.learnedBy, 'look-up');
  assert.equal(payments[0]?.description, `Payment P-4 [${intents[0]?.token}]`);
});
