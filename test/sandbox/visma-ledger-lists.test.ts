import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulated } from './visma-caller.ts';

const batch = (batchNumber: string, lines: number) => ({
  batchNumber,
  transactionDate: '2026-11-03T00:00:00',
  journalTransactionLines: Array.from({ length: lines }, () => ({ accountNumber: '1920', debitAmount: 1 })),
});

test('journal pages and their count are of lines, and a batch is cut where a page is full', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ journals: [batch('1', 3), batch('2', 3)] });
  const page = (number: string) =>
    get('/v2/journaltransaction', { periodId: '202611', pageNumber: number, pageSize: '4' });
  const shape = (body: { batchNumber: string; journalTransactionLines: unknown[] }[]) =>
    body.map(({ batchNumber, journalTransactionLines }) => [batchNumber, journalTransactionLines.length]);
  const first = await page('1');
  assert.deepEqual(shape(first.body), [
    ['1', 3],
    ['2', 1],
  ]);
  assert.equal(first.body[0].metadata.totalCount, 6);
  assert.deepEqual(shape((await page('2')).body), [['2', 2]]);
});

test('journals are refused without period or modification time, and the latter takes no condition', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ journals: [batch('1', 1)], lastModifiedDateTime: '2026-03-20T06:35:22.153' });
  assert.equal((await get('/v2/journaltransaction')).status, 400);
  const since = { lastModifiedDateTime: '2026-03-20T06:35:22.153' };
  const condition = { lastModifiedDateTimeCondition: '>=' };
  assert.equal((await get('/v2/journaltransaction', { ...since, ...condition })).status, 400);
  assert.equal((await get('/v2/journaltransaction', since)).body.length, 0);
  await visma.admin.setSettings({ journalDelta: 'at or after' });
  assert.equal((await get('/v2/journaltransaction', { ...since, module: 'GL' })).body.length, 1);
  assert.equal((await get('/v2/journaltransaction', { ...since, module: 'AP' })).body.length, 0);
});

test('a budget list without branch, ledger or year is refused, and its rows do not name the ledger', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ budgets: [{ financialYear: '2026' }] });
  const filter = { branch: '1', ledger: '2', financialYear: '2026' };
  for (const name of Object.keys(filter)) {
    const rest = Object.fromEntries(Object.entries(filter).filter(([one]) => one !== name));
    assert.equal((await get('/v1/budget', rest)).status, 400, name);
  }
  const { body } = await get('/v1/budget', filter);
  assert.deepEqual([body.length, body[0].ledger, body[0].metadata], [1, undefined, undefined]);
});

test('the list of dimensions holds plain texts, and values show only when they are asked for', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({
    dimensions: [{ id: 'SUBACCOUNT', segments: [{ segmentId: 1, segmentValues: [{ valueId: '10' }] }] }],
  });
  assert.deepEqual((await get('/v1/dimension')).body, ['SUBACCOUNT']);
  assert.equal((await get('/v1/dimension/SUBACCOUNT')).body.segments[0].segmentValues, undefined);
  const { segments } = (await get('/v1/dimension/SUBACCOUNT', { expandSegmentsValues: 'true' })).body;
  assert.match(segments[0].segmentValues[0].lastModified, /^\d{4}-/);
  const segment = await get('/v1/dimension/SUBACCOUNT/1');
  assert.equal(segment.headers.get('etag'), `"${segment.body.timeStamp}"`);
  assert.equal((await get('/v1/dimension/SUBACCOUNT/1/10')).body.active, true);
  assert.equal((await get('/v1/dimension/SUBACCOUNT/2')).status, 404);
});

test('cash transactions and the short lists carry no metadata', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ cashTransactions: { count: 2 } });
  for (const path of ['cashTransaction', 'branch', 'ledger', 'financialPeriod', 'currency', 'paymentmethod']) {
    const { body } = await get(`/v1/${path}`);
    assert.ok(body.length > 0, path);
    assert.equal(body[0].metadata, undefined, path);
  }
});
