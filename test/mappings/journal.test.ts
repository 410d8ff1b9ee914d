import assert from 'node:assert/strict';
import test from 'node:test';
import { Failure } from '../../failures/failure.ts';
import { assertBalanced } from '../../mappings/canonical/journal-sums.ts';
import { JournalInMap, journalFromRows } from '../../mappings/csv/journal-in.ts';
import { JournalRouting } from '../../mappings/routing/schemas.ts';
import { journalCreateBody } from '../../mappings/visma/journal-write.ts';

const NO_ROUTING = JournalRouting.parse({});
const header = { number: 'J-1', date: '2026-11-03', currency: 'NOK', description: 'Accrual' };
const entry = (...lines: Record<string, string>[]) => journalFromRows({ header, lines }, NO_ROUTING);
const debit = (amount: string) => ({ account: '1920', debit: amount });
const credit = (amount: string) => ({ account: '3000', credit: amount });

const fails = (code: string, words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof Failure, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, words);
  return true;
};

test('of two sides the one that is not zero counts, and an amount with a sign has its side by it', () => {
  const { lines } = entry(
    { account: '1920', debit: '100.00', credit: '0.00' },
    { account: '3000', debit: '0', credit: '60.5' },
    { account: '3010', amount: '-39.50' },
    { account: '1930', amount: '0' },
    { account: '4000', debit: '0', credit: '0' },
  );
  assert.deepEqual(lines, [
    { account: '1920', debit: '100.00' },
    { account: '3000', credit: '60.5' },
    { account: '3010', credit: '39.5' },
    { account: '1930', debit: '0' },
    { account: '4000', debit: '0' },
  ]);
});

test('a line with amounts on both sides, or on none, is refused, and so is a batch of one line', () => {
  const both = { account: '1920', debit: '1', credit: '2' };
  assert.throws(() => entry(both, credit('1')), fails('DOCUMENT_ROWS_INVALID', /lines\[1\] must have either/));
  assert.throws(() => entry(debit('1'), { account: '3000' }), fails('DOCUMENT_ROWS_INVALID', /lines\[2\] must have/));
  assert.throws(() => entry(debit('0')), fails('DOCUMENT_ROWS_INVALID', /lines must be two lines at least/));
  assert.throws(() => entry(debit('1'), { credit: '1' }), fails('DOCUMENT_ROWS_INVALID', /lines\[2\]\.account/));
});

test('debit and credit are equal to the last decimal of the currency, or refused with both sums', () => {
  assert.equal(assertBalanced(entry(debit('0.1'), debit('0.2'), credit('0.3'))), '0.30');
  assert.equal(assertBalanced(entry(debit('-100'), credit('-100'))), '-100.00');
  assert.throws(
    () => assertBalanced(entry(debit('1200'), credit('1199.99'))),
    fails('DOCUMENT_SUMS_DIFFER', /^Journal J-1: debit 1200\.00 and credit 1199\.99 differ by 0\.01\.$/),
  );
  assert.throws(
    () => assertBalanced(entry(debit('0.005'), credit('0.005'))),
    fails('DOCUMENT_SUMS_DIFFER', /amount of line 1 has more than the 2 decimals/),
  );
  const yen = journalFromRows(
    { header: { ...header, currency: 'JPY' }, lines: [debit('10'), credit('10')] },
    NO_ROUTING,
  );
  assert.equal(assertBalanced(yen), '10');
});

test('rules choose account, subaccount and branch line by line, by any field', () => {
  const routing = JournalRouting.parse({
    values: { 'lines.account': { 'Bank NOK': '1920' } },
    rules: [
      { when: { 'lines.account': ['3*'] }, set: { 'lines.subaccount': '20' } },
      { when: { 'lines.description': ['*freight*'] }, set: { 'lines.account': '4300', 'lines.branch': '2' } },
      { when: { number: ['J-*'] }, set: { branch: '1' } },
    ],
  });
  const lines = [
    { account: 'bank nok', debit: '1' },
    { account: '3000', credit: '0.5', description: 'Sales' },
    { account: '3000', credit: '0.5', description: 'Freight, October' },
  ];
  const routed = journalFromRows({ header, lines }, routing);
  assert.equal(routed.branch, '1');
  assert.deepEqual(
    routed.lines.map(({ account, subaccount, branch }) => [account, subaccount, branch]),
    [
      ['1920', undefined, undefined],
      ['3000', '20', undefined],
      ['4300', '20', '2'],
    ],
  );
});

test('the token stands at the end of the description, whole, however long the text and short the field', () => {
  const segments = new Map([['10-200', [{ segmentId: 1, segmentValue: '10' }]]]);
  const context = { token: 'ABCDEFGHJKLM', period: '202611', segments };
  const long = { ...entry({ ...debit('1.10'), subaccount: '10-200', reference: 'R-1' }, credit('1.1')) };
  const body = journalCreateBody(
    { ...long, description: 'x'.repeat(100) },
    { hold: true, descriptionLength: 60 },
    context,
  );
  assert.equal(body.description.length, 60);
  assert.ok(body.description.endsWith('x [ABCDEFGHJKLM]'));
  assert.deepEqual(body, {
    hold: true,
    transactionDate: '2026-11-03',
    financialPeriod: '202611',
    description: body.description,
    currencyId: 'NOK',
    journalTransactionLines: [
      {
        operation: 'Insert',
        accountNumber: '1920',
        subaccount: [{ segmentId: 1, segmentValue: '10' }],
        debitAmountInCurrency: 1.1,
        referenceNumber: 'R-1',
      },
      { operation: 'Insert', accountNumber: '3000', creditAmountInCurrency: 1.1 },
    ],
  });
});

test('a map says where the amounts come from in exactly one way', () => {
  const columns = { number: 'No', date: 'Date', 'lines.account': 'Account' };
  const isMap = (more: object) => JournalInMap.safeParse({ ...columns, ...more }).success;
  assert.ok(isMap({ 'lines.debit': 'Debit', 'lines.credit': 'Credit' }));
  assert.ok(isMap({ 'lines.amount': 'Amount' }));
  assert.ok(!isMap({}));
  assert.ok(!isMap({ 'lines.amount': 'Amount', 'lines.debit': 'Debit' }));
});
