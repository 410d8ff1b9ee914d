import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Caller, simulated, wrap } from './visma-caller.ts';

const line = (values: Record<string, unknown>) => ({ operation: 'Insert', ...wrap(values) });

function invoice(values: Record<string, unknown>, ...lines: Record<string, unknown>[]): Record<string, unknown> {
  const header = { documentType: 'Invoice', supplierNumber: '50001', date: '2026-11-03', validateLineDetails: true };
  return { ...wrap({ ...header, ...values }), invoiceLines: lines.map(line) };
}

const good = { quantity: 1, unitCostInCurrency: 100, accountNumber: '4300', vatCodeId: '21' };

async function post({ call }: Caller, body: unknown) {
  const { status, headers, body: answer } = await call('POST', '/v1/supplierInvoice', body);
  return { status, key: headers.get('location')?.split('/').at(-1) ?? '', message: String(answer?.message ?? '') };
}

async function company(...parameters: Parameters<typeof simulated>): Promise<Caller> {
  const caller = await simulated(...parameters);
  await caller.visma.admin.seed({ suppliers: [{ number: '50001' }], accounts: [{ accountCD: '4300' }] });
  return caller;
}

test('unknown supplier, account and VAT code, a closed period and a wrong sum are refused in words', async (t) => {
  const caller = await company(t);
  await caller.visma.admin.seed({ financialPeriods: [{ year: 2026, period: '10', closedInSupplierLedger: true }] });
  const refused = async (body: unknown) => (await post(caller, body)).message;
  assert.match(
    await refused(invoice({ supplierNumber: '9' }, good)),
    /Error creating document.*VendorID '9' cannot be/,
  );
  assert.match(await refused(invoice({}, { ...good, accountNumber: '77' })), /AccountID '77' cannot be found/);
  assert.match(await refused(invoice({}, { ...good, vatCodeId: '99' })), /TaxCategoryID '99' cannot be found/);
  assert.match(await refused(invoice({ date: '2026-10-31' }, good)), /202610 financial period is closed/);
  assert.match(await refused(invoice({ amount: 124.99 }, good)), /out of the balance/);
  assert.equal((await caller.visma.admin.state({ entity: 'supplierInvoice' })).commits.length, 0);
});

test('without validateLineDetails a bad line is left out without a word', async (t) => {
  const caller = await company(t);
  const { status, key } = await post(
    caller,
    invoice({ validateLineDetails: false }, good, { ...good, vatCodeId: '99' }),
  );
  assert.equal(status, 201);
  assert.equal((await caller.get(`/v1/supplierInvoice/${key}`)).body.invoiceLines.length, 1);
});

test('a second invoice under the same reference is taken or refused, as the company wishes', async (t) => {
  const caller = await company(t);
  assert.equal((await post(caller, invoice({ supplierReference: 'F-1' }, good))).status, 201);
  assert.equal((await post(caller, invoice({ supplierReference: 'F-1' }, good))).status, 201);
  await caller.visma.admin.setSettings({ duplicateSupplierReference: 'refuse' });
  assert.match((await post(caller, invoice({ supplierReference: 'f-1 ' }, good))).message, /already exists/);
});

test('a document on hold cannot be released, and a released one cannot be changed', async (t) => {
  const caller = await company(t);
  const { key } = await post(caller, invoice({ hold: true }, good));
  const path = `/v1/supplierInvoice/Invoice/${key}`;
  const release = async () => (await caller.call('POST', `${path}/action/release`)).body;
  assert.equal((await release()).actionResult, 'Failed');
  assert.equal((await caller.call('PUT', path, wrap({ hold: false }))).status, 204);
  assert.equal((await release()).actionResult, 'Done');
  assert.match((await caller.call('PUT', path, wrap({ description: 'Late' }))).body.message, /released/);
});

test('a queued release takes effect later', async (t) => {
  const caller = await company(t);
  const { key } = await post(caller, invoice({}, good));
  await caller.visma.admin.addFaults({ kind: 'action-result', result: 'Queued', settlesAfterMs: 50 });
  const answer = await caller.call('POST', `/v1/supplierInvoice/${key}/action/release`);
  assert.equal(answer.body.actionResult, 'Queued');
  const statusOf = async () => (await caller.get(`/v1/supplierInvoice/${key}`)).body.status;
  assert.equal(await statusOf(), 'Balanced');
  while ((await statusOf()) !== 'Open') await new Promise((resolve) => setTimeout(resolve, 20));
});

test('an Insert that is sent twice is a line that is there twice', async (t) => {
  const caller = await company(t);
  const bolts = line({ lineDescription: 'Bolts', orderQty: 1, unitCost: 10 });
  const created = await caller.call('POST', '/v1/purchaseorder', { ...wrap({ supplier: '50001' }), lines: [bolts] });
  const path = `/v1/purchaseorder/${created.headers.get('location')?.split('/').at(-1)}`;
  for (const _ of [1, 2]) assert.equal((await caller.call('PUT', path, { lines: [bolts] })).status, 204);
  assert.equal((await caller.get(path)).body.lines.length, 3);
});

test('receipts cannot be read under version 1', async (t) => {
  const caller = await company(t);
  assert.equal((await caller.get('/v1/PurchaseReceipt')).status, 404);
  assert.equal((await caller.get('/v2/PurchaseReceipt')).status, 200);
});
