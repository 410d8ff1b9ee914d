import assert from 'node:assert/strict';
import { test } from 'node:test';
import { journalCreate, journalRelease, journalUpdate } from '../../connectors/visma/entities/journal.ts';
import type { WriteRequest } from '../../connectors/visma/write.ts';
import { purpose, simulated } from './visma-support.ts';

const { visma, client, send, created } = await simulated();
await visma.admin.seed({
  accounts: [{ accountCD: '1920' }, { accountCD: '3000' }, { accountCD: '3999', active: false }],
  subaccounts: [
    { subaccountNumber: '10', segments: [{ segmentId: 1, segmentValue: '10' }] },
    { subaccountNumber: '20', active: false, segments: [{ segmentId: 1, segmentValue: '20' }] },
  ],
  financialPeriods: [{ year: 2026, period: '01', closedInGeneralLedger: true }],
});

const debit = (amount: number, accountNumber = '1920', segmentValue = '10') =>
  ({
    operation: 'Insert',
    accountNumber,
    subaccount: [{ segmentId: 1, segmentValue }],
    referenceNumber: 'REF-1',
    debitAmountInCurrency: amount,
  }) as const;
const credit = (amount: number) =>
  ({ operation: 'Insert', accountNumber: '3000', creditAmountInCurrency: amount }) as const;
const batch = (lines: readonly (ReturnType<typeof debit> | ReturnType<typeof credit>)[], header = {}) =>
  journalCreate({
    transactionDate: '2026-11-03',
    financialPeriod: '202611',
    description: 'Accrual',
    ...header,
    journalTransactionLines: lines,
  });

test('a batch is created with its lines, changed under its version, and released', async () => {
  const number = await created(batch([debit(100.25), credit(100.25)]));
  const before = await client.journals.get(number, purpose);
  assert.deepEqual([before?.module, before?.status, before?.debitTotalInCurrency], ['ModuleGL', 'Balanced', 100.25]);
  assert.deepEqual(
    before?.journalTransactionLines?.map((line) => [line.accountNumber, line.debitAmount, line.creditAmount]),
    [
      ['1920', 100.25, 0],
      ['3000', 0, 100.25],
    ],
  );
  const update = journalUpdate(number, { description: 'Accrual, mended' }, before?.timeStamp ?? '');
  assert.equal((await send(update)).outcome, 'accepted');
  assert.equal((await send(update)).outcome, 'stale');

  assert.equal((await send(journalRelease(number))).outcome, 'accepted');
  assert.equal((await client.journals.get(number, purpose))?.status, 'Posted');
  const released = await client.journals.get(number, purpose);
  const late = journalUpdate(number, { description: 'Too late' }, released?.timeStamp ?? '');
  assert.equal((await send(late)).outcome, 'refused');
});

test('what the general ledger cannot take is refused, in words that name it', async () => {
  const refusals: [WriteRequest, RegExp][] = [
    [batch([debit(100), credit(99.99)]), /not balanced/],
    [batch([debit(100, '4711'), credit(100)]), /AccountID '4711' cannot be found/],
    [batch([debit(100, '3999'), credit(100)]), /Account '3999' is inactive/],
    [batch([debit(100, '1920', '11'), credit(100)]), /SubID '11' cannot be found/],
    [batch([debit(100, '1920', '20'), credit(100)]), /Subaccount '20' is inactive/],
    [batch([debit(100), credit(100)], { financialPeriod: '202601' }), /202601 financial period is closed/],
    [batch([debit(100), credit(100)], { branch: '9' }), /BranchID '9' cannot be found/],
  ];
  for (const [request, words] of refusals) {
    const answer = await send(request);
    assert.equal(answer.outcome, 'refused', String(words));
    assert.match(answer.outcome === 'refused' ? answer.failure.message : '', words);
  }
});

test('a release is not carried out on hold, and may be queued', async () => {
  const held = await created(batch([debit(100), credit(99)], { hold: true }));
  assert.equal((await send(journalRelease(held))).outcome, 'refused');

  const number = await created(batch([debit(100), credit(100)]));
  await visma.admin.addFaults({ kind: 'action-result', result: 'Queued' });
  assert.equal((await send(journalRelease(number))).outcome, 'pending');
  assert.equal((await client.journals.get(number, purpose))?.status, 'Balanced');
});
