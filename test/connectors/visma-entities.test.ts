import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VismaJournal } from '../../connectors/visma/schema/journal.ts';
import { periodId } from '../../connectors/visma/schema/reference-lists.ts';
import { Failure } from '../../failures/failure.ts';
import { collect, purpose, recordingBudget, withVisma } from './visma-support.ts';

const line = (account: string, amount: number) => ({ accountNumber: account, debitAmount: amount });
const batch = (number: number, lines: number) => ({
  batchNumber: String(1000 + number),
  transactionDate: '2026-11-03T00:00:00',
  journalTransactionLines: Array.from({ length: lines }, (_, at) => line(String(4000 + at), number)),
});
const lineCounts = (batches: readonly VismaJournal[]) =>
  batches.map(({ batchNumber, journalTransactionLines }) => `${batchNumber}:${journalTransactionLines?.length}`);
const isDrift = (error: unknown) => error instanceof Failure && error.code === 'VISMA_PAGE_DRIFT';

test('a journal batch that is cut over pages comes whole, in a walk of any length', () =>
  withVisma(
    async (client, visma) => {
      const batches = Array.from({ length: 15 }, (_, at) => batch(at, 3));
      await visma.admin.seed({ journals: [...batches, batch(15, 7)] });
      const read = await collect(client.journals.list({ periodId: '202611' }, purpose));
      assert.deepEqual(lineCounts(read), [...batches.map(({ batchNumber }) => `${batchNumber}:3`), '1015:7']);
      const numbers = read.at(-1)?.journalTransactionLines?.map(({ lineNumber }) => lineNumber);
      assert.deepEqual(numbers, [1, 2, 3, 4, 5, 6, 7]);
    },
    {},
    { settings: { pageSize: 2 } },
  ));

test('journal pages that are read one by one hold whole batches, and none twice', () =>
  withVisma(
    async (client, visma) => {
      await visma.admin.seed({ journals: Array.from({ length: 20 }, (_, at) => batch(at, 3)) });
      const since = { modifiedSince: '2020-01-01' };
      const read: VismaJournal[] = [];
      let more = true;
      let total: number | undefined;
      for (let number = 1; more; number += 1) {
        const page = await client.journals.listPage(since, number, purpose, total);
        read.push(...page.records);
        ({ hasMore: more, totalCount: total } = page);
      }
      assert.equal(total, 60);
      assert.equal(new Set(lineCounts(read)).size, 20);
      assert.equal(read.length, 20);
      assert.ok(read.every(({ journalTransactionLines }) => journalTransactionLines?.length === 3));
    },
    {},
    { settings: { pageSize: 4 } },
  ));

test('a short journal walk costs no call more than its pages', async () => {
  const { budget, taken } = recordingBudget();
  await withVisma(
    async (client, visma) => {
      await visma.admin.seed({ journals: [batch(1, 3), batch(2, 3)] });
      await collect(client.journals.list({ periodId: '202611' }, purpose));
      assert.equal(taken.length, 2);
    },
    {},
    { settings: { pageSize: 4 }, budget },
  );
});

test('a batch that changes between its two pages is not put together from two versions', () =>
  withVisma(
    async (client, visma) => {
      await visma.admin.seed({ journals: [batch(1, 3)] });
      await visma.admin.addFaults({ kind: 'page-drift', match: { path: 'journaltransaction' } });
      await assert.rejects(collect(client.journals.list({ periodId: '202611' }, purpose)), isDrift);
    },
    {},
    { settings: { pageSize: 2 } },
  ));

test('a list whose items carry no count is read to its end, though the pages are cut without a word', () =>
  withVisma(
    async (client, visma) => {
      await visma.admin.seed({ cashTransactions: { count: 7, prefix: 'C' } });
      const read = await collect(client.cashTransactions.list({}, purpose));
      assert.equal(new Set(read.map(({ referenceNbr }) => referenceNbr)).size, 7);
      assert.equal((await client.cashTransactions.get('C1', purpose))?.documentRef, 'BANK-C1');
    },
    { settings: { maxPageSize: 3 } },
  ));

test('budgets are asked for by branch, ledger and year, and know the ledger that they were asked by', () =>
  withVisma(async (client, visma) => {
    await visma.admin.seed({
      budgets: [
        { financialYear: '2026', account: { number: '4300' }, amount: 1200 },
        { financialYear: '2025', account: { number: '4300' } },
      ],
    });
    const filter = { branch: '1', ledger: '2', financialYear: '2026' };
    const rows = await collect(client.budgets.list(filter, purpose));
    assert.deepEqual(
      rows.map((row) => [client.budgets.keyOf(row), row.amount]),
      [['1/2/2026/4300/000000', 1200]],
    );
  }));

test('values of all dimensions are read with their own stamps, and old ones left out', () =>
  withVisma(async (client, visma) => {
    const value = (valueId: string, lastModified: string) => ({ valueId, lastModified, active: valueId !== '20' });
    await visma.admin.seed({
      dimensions: [
        { id: 'SUBACCOUNT', segments: [{ segmentId: 1, segmentValues: [value('10', '2026-03-01T00:00:00.000')] }] },
        { id: 'PROJECT', segments: [{ segmentId: 2, segmentValues: [value('20', '2026-05-01T00:00:00.000')] }] },
      ],
    });
    assert.deepEqual(await client.dimensions.ids(purpose), ['PROJECT', 'SUBACCOUNT']);
    const all = await collect(client.dimensions.list({}, purpose));
    assert.deepEqual(
      all.map((one) => client.dimensions.keyOf(one)),
      ['PROJECT/2/20', 'SUBACCOUNT/1/10'],
    );
    const late = await collect(client.dimensions.list({ modifiedSince: '2026-04-01T00:00:00.000' }, purpose));
    assert.deepEqual(
      late.map(({ valueId, active, lastModifiedDateTime }) => [valueId, active, lastModifiedDateTime]),
      [['20', false, '2026-05-01T00:00:00.000']],
    );
    assert.equal((await client.dimensions.getSegment('SUBACCOUNT', 1, purpose))?.segmentValues?.length, 1);
    assert.equal(await client.dimensions.get('NOBODY', purpose), undefined);
  }));

test('customers, their invoices and their notes are read, each from its own resource', () =>
  withVisma(async (client, visma) => {
    await visma.admin.seed({
      customers: [{ number: '10001', name: 'Fjord Fisk' }],
      customerInvoices: [{ referenceNumber: '500001', externalReference: 'WEB-1', invoiceLines: [{ unitPrice: 80 }] }],
      customerCreditNotes: [{ referenceNumber: '600001', lines: [{ unitPrice: 20 }] }],
      customerDebitNotes: { count: 1, prefix: 'D' },
    });
    assert.equal((await client.customers.get('10001', purpose))?.name, 'Fjord Fisk');
    const [invoice] = await collect(client.customerInvoices.list({ externalReference: 'WEB-1' }, purpose));
    assert.deepEqual([invoice?.amount, invoice?.invoiceLines?.[0]?.unitPrice], [100, 80]);
    assert.equal((await collect(client.customerInvoices.list({ externalReference: 'WEB-2' }, purpose))).length, 0);
    assert.equal((await client.customerCreditNotes.get('600001', purpose))?.lines?.[0]?.amount, 20);
    assert.equal((await collect(client.customerDebitNotes.list({}, purpose)))[0]?.documentType, 'DebitNote');
  }));

test('the short lists come whole, without stamps where Visma.net gives none', () =>
  withVisma(async (client, visma) => {
    await visma.admin.seed({ financialPeriods: [{ year: 2026, period: '03', closedInGeneralLedger: true }] });
    const periods = await collect(client.financialPeriods.list({}, purpose));
    const closed = periods.filter(({ closedInGeneralLedger }) => closedInGeneralLedger);
    assert.deepEqual(
      closed.map((period) => client.financialPeriods.keyOf(period)),
      ['202603'],
    );
    assert.equal((await client.financialPeriods.get('202603', purpose))?.lastModifiedDateTime, undefined);
    assert.ok((await collect(client.currencies.list({}, purpose))).some(({ id }) => id === 'SEK'));
    assert.equal((await collect(client.branches.list({}, purpose)))[0]?.isMainBranch, true);
    assert.equal((await client.ledgers.get('2', purpose))?.balanceType, 'Budget');
    assert.equal((await client.paymentMethods.get('1', purpose))?.description, 'Bank payment');
    assert.ok((await collect(client.vatCodes.list({}, purpose))).some(({ vatId }) => vatId === '21'));
    assert.ok((await collect(client.cashAccounts.list({}, purpose))).length > 0);
  }));

test('a period is known by its year and number however Visma.net writes the number', () => {
  for (const period of ['03', '3', '202603', '03-2026', '032026'])
    assert.equal(periodId({ year: 2026, period }), '202603');
  assert.equal(periodId({ year: 2026, period: '13' }), '202613');
  assert.equal(periodId({ year: 2012, period: '12' }), '201212');
});
