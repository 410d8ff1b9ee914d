import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulated } from './visma-caller.ts';

const references = (items: readonly { referenceNumber: string }[]) =>
  items.map(({ referenceNumber }) => referenceNumber);

test('a supplier invoice is read by its number alone only when it is of type Invoice', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({
    supplierInvoices: [
      { referenceNumber: '700001', supplierReference: 'INV-77' },
      { documentType: 'CreditAdj', referenceNumber: '700002' },
    ],
  });
  const { body, headers } = await get('/v1/supplierInvoice/700001');
  assert.equal(body.supplierReference, 'INV-77');
  assert.equal(headers.get('etag'), `"${body.timeStamp}"`);
  assert.equal((await get('/v1/supplierInvoice/700002')).status, 404);
  assert.equal((await get('/v1/supplierInvoice/CreditAdj/700002')).body.documentType, 'CreditAdj');
});

test('two document types may share a reference number', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({
    supplierInvoices: [{ referenceNumber: '1' }, { documentType: 'CreditAdj', referenceNumber: '1' }],
  });
  assert.equal((await get('/v1/supplierInvoice')).body.length, 2);
  assert.equal((await get('/v1/supplierInvoice/CreditAdj/1')).body.documentType, 'CreditAdj');
});

test('a seeded supplier invoice has supplier, sums, periods and lines', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({
    suppliers: [{ number: '50001', name: 'Alfa AS' }],
    supplierInvoices: [
      {
        referenceNumber: '700001',
        date: '2026-11-03T00:00:00',
        supplier: { number: '50001' },
        invoiceLines: [{ quantity: 2, unitCost: 100, account: { number: '6300' } }],
      },
    ],
  });
  const { body } = await get('/v1/supplierInvoice/Invoice/700001');
  assert.equal(body.supplier.name, 'Alfa AS');
  assert.deepEqual([body.amount, body.vatAmount, body.balance, body.currencyId], [250, 50, 250, 'NOK']);
  assert.deepEqual([body.financialPeriod, body.postPeriod], ['202611', '112026']);
  const [line] = body.invoiceLines;
  assert.deepEqual([line.lineNumber, line.cost, line.account.number], [1, 200, '6300']);
  assert.equal(line.vatCode.id, '21');
});

test('supplier invoices are filtered by supplier, type, status, dates and balance', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({
    supplierInvoices: [
      { referenceNumber: '1', supplier: { number: 'A' }, status: 'Hold', date: '2026-01-31T00:00:00', amount: 10 },
      { referenceNumber: '2', supplier: { number: 'B' }, date: '2026-02-01T00:00:00', amount: 20 },
      { referenceNumber: '3', supplier: { number: 'B' }, documentType: 'CreditAdj', date: '2026-02-02T00:00:00' },
    ],
  });
  const list = async (query: Record<string, string>) => references((await get('/v1/supplierInvoice', query)).body);
  assert.deepEqual(await list({ supplier: 'A' }), ['1']);
  assert.deepEqual(await list({ documentType: 'CreditAdj' }), ['3']);
  assert.deepEqual(await list({ status: 'Hold' }), ['1']);
  assert.deepEqual(await list({ supplier: 'B', docDate: '2026-02-01', docDateCondition: '>=' }), ['3', '2']);
  assert.deepEqual(await list({ docDate: '2026-02-01', docDateCondition: '<' }), ['1']);
  assert.deepEqual(await list({ balance: '15', balanceCondition: '>' }), ['2']);
});

test('supplier invoices have no filter on the supplier’s own reference', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ supplierInvoices: { count: 2, prefix: '70000' } });
  assert.equal((await get('/v1/supplierInvoice', { supplierReference: 'INV-1' })).status, 400);
  await visma.admin.setSettings({ mode: 'real' });
  assert.equal((await get('/v1/supplierInvoice', { supplierReference: 'INV-1' })).body.length, 2);
});

test('a status or type that does not exist is refused', async (t) => {
  const { get } = await simulated(t);
  assert.equal((await get('/v1/supplierInvoice', { status: 'Paid' })).status, 400);
});

test('accounts come in one piece, with metadata but without page parameters', async (t) => {
  const { get, visma } = await simulated(t, { settings: { maxPageSize: 5 } });
  await visma.admin.seed({ accounts: { count: 12, start: 4001 } });
  const all = (await get('/v1/account')).body;
  assert.equal(all.length, 12);
  assert.equal(all[0].metadata.totalCount, 12);
  assert.equal((await get('/v1/account', { pageNumber: '1' })).status, 400);
  const some = (await get('/v1/account', { skipRecords: '10', numberToRead: '5' })).body;
  assert.deepEqual(
    some.map((item: Record<string, string>) => item.accountCD),
    ['4011', '4012'],
  );
});

test('accounts are filtered by activity and external code', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({
    accounts: [
      { accountCD: '4300', externalCode1Info: { number: 'X1' } },
      { accountCD: '4301', active: false },
    ],
  });
  assert.equal((await get('/v1/account', { active: 'false' })).body[0].accountCD, '4301');
  assert.equal((await get('/v1/account', { externalCode1: 'X1' })).body[0].accountCD, '4300');
  assert.equal((await get('/v1/account/4300')).body.accountCD, '4300');
});

test('a subaccount is keyed by its joined segments and its list has pages', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({
    subaccounts: [
      {
        subaccountNumber: '10-200',
        segments: [
          { segmentId: 1, segmentValue: '10' },
          { segmentId: 2, segmentValue: '200' },
        ],
      },
      { subaccountNumber: '20-000' },
    ],
  });
  assert.equal((await get('/v1/subaccount/10-200')).body.segments[1].segmentValue, '200');
  assert.equal((await get('/v1/subaccount', { pageNumber: '2', pageSize: '1' })).body[0].subaccountNumber, '20-000');
});

test('entities that are only read answer 404 to a write', async (t) => {
  const { call } = await simulated(t);
  assert.equal((await call('POST', '/v1/account', {})).status, 404);
});
