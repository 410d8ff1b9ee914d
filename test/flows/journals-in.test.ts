import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { atRest, replay } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';
import {
  balanced,
  dropJournals,
  type JournalRow,
  journalsInFlow,
  journalsInVisma,
  seedForJournals,
} from '../harness/journals.ts';

const connector = await withConnector();
const { admin } = connector.visma;
await seedForJournals(connector);
await admin.seed({ financialPeriods: [{ year: 2026, period: '01', closedInGeneralLedger: true }] });
const plain = await connector.configure(integrationText() + journalsInFlow());
const releasing = await connector.configure(integrationText() + journalsInFlow({ release: true }));
await connector.startWorker();

/** Takes a file in and gives its documents when they rest. */
async function take(file: string, rows: readonly (JournalRow | string)[], config = plain) {
  await dropJournals(connector, file, rows);
  await connector.sync('journals-in', config);
  const documents = await atRest(connector, 'journals-in');
  return documents.filter(({ kind, business }) => kind === 'JournalEntry' && business.file === file);
}

const stateOf = ({ state, failure }: { state: string; failure: { code: string } | null }) => failure?.code ?? state;
const textOf = (failure: { message: string } | null | undefined) => failure?.message ?? '';

test('the rows of a journal become one batch, with its lines, cost centres and references', async () => {
  const [document] = await take('first.csv', [
    { number: 'J-1', debit: '1200,50', reference: 'B-17' },
    { number: 'J-1', credit: '1000', account: '3000' },
    { number: 'J-1', credit: '200,50', account: '3000', subaccount: '' },
  ]);
  assert.equal(document?.state, 'delivered');
  const { records, commits } = await journalsInVisma(connector);
  const [batch] = records;
  assert.equal(commits.length, 1);
  assert.equal(document?.externalId, batch?.batchNumber);
  assert.deepEqual(
    [batch?.status, batch?.financialPeriod, batch?.debitTotalInCurrency],
    ['Balanced', '202611', 1200.5],
  );
  const lines = batch?.journalTransactionLines as { subaccount: { subaccountNumber: string } }[];
  assert.deepEqual(
    lines.map((line) => ({ ...line, subaccount: line.subaccount.subaccountNumber })),
    [
      ['1920', '10-200', 1200.5, 0, 'B-17'],
      ['3000', '10-200', 0, 1000, ''],
      ['3000', '000000', 0, 200.5, ''],
    ].map(([accountNumber, subaccount, debit, credit, referenceNumber], index) => ({
      ...lines[index],
      accountNumber,
      subaccount,
      debitAmountInCurrency: debit,
      creditAmountInCurrency: credit,
      referenceNumber,
    })),
  );
  assert.match(String(batch?.description), /^Avsetning \[[A-Z2-7]{12}\]$/);
});

test('what does not balance, or names what is not in Visma.net, fails alone, and is replayed when that is there', async () => {
  const documents = await take('mixed.csv', [
    ...balanced('G-1'),
    { number: 'B-1', debit: '100,00' },
    { number: 'B-1', credit: '99,99', account: '3000' },
    ...balanced('B-2', '5', { account: '4711' }),
    ...balanced('B-3', '5', { account: '3999' }),
    ...balanced('B-4', '5', { subaccount: '10-999' }),
    ...balanced('B-5', '5', { date: '15.01.2026' }),
    ...balanced('B-6', '5', { date: '15.01.1999' }),
    ...balanced('G-2'),
  ]);
  const byKey = new Map(documents.map((one) => [one.sourceKey, one]));
  assert.deepEqual(Object.fromEntries([...byKey].map(([key, one]) => [key, stateOf(one)])), {
    'G-1': 'delivered',
    'B-1': 'DOCUMENT_SUMS_DIFFER',
    'B-2': 'REFERENCE_UNKNOWN',
    'B-3': 'REFERENCE_UNKNOWN',
    'B-4': 'REFERENCE_UNKNOWN',
    'B-5': 'PERIOD_CLOSED',
    'B-6': 'REFERENCE_UNKNOWN',
    'G-2': 'delivered',
  });
  assert.match(textOf(byKey.get('B-1')?.failure), /Journal B-1: debit 100\.00 and credit 99\.99 differ by 0\.01/);
  assert.match(textOf(byKey.get('B-2')?.failure), /account 4711 \(lines\[1\]\.account\) is not there; .*lines\[2\]/);
  assert.match(textOf(byKey.get('B-3')?.failure), /account 3999 \(lines\[1\]\.account\) is inactive/);
  assert.match(textOf(byKey.get('B-4')?.failure), /subaccount 10-999 \(lines\[1\]\.subaccount\) is not there/);
  assert.match(textOf(byKey.get('B-5')?.failure), /financial period 202601 \(date\) is closed/);
  const before = (await journalsInVisma(connector)).commits.length;
  const unknown = byKey.get('B-2');
  assert.ok(unknown);
  await admin.seed({ accounts: [{ accountCD: '4711' }] });
  await replay(connector, unknown);
  assert.equal((await journalsInVisma(connector)).commits.length, before + 1);
});

test('a journal that comes again is posted once, and one that says something else is refused with its batch', async () => {
  const [first] = await take('once.csv', balanced('R-1'));
  await take('twice.csv', [...balanced('R-1'), ...balanced('R-2')]);
  const [changed] = await take('changed.csv', balanced('R-1', '101,00'));
  assert.equal(changed && stateOf(changed), 'DOCUMENT_EXISTS');
  assert.match(textOf(changed?.failure), new RegExp(`journal R-1 is in Visma\\.net as ${first?.externalId}`));
  const { commits } = await journalsInVisma(connector);
  assert.equal(commits.filter(({ key }) => key === `ModuleGL/${first?.externalId}`).length, 1);
});

test('a batch is released by an intent of its own, and a release that fails is replayed alone', async () => {
  const failed = { kind: 'action-result', result: 'Failed', errorInfo: 'The workflow refuses it' } as const;
  await admin.addFaults({ ...failed, match: { path: 'action/release' } });
  const [refused, released] = await take('release.csv', [...balanced('L-1'), ...balanced('L-2')], releasing);
  const failedOne = refused?.state === 'failed' ? refused : released;
  assert.equal(failedOne && stateOf(failedOne), 'VISMA_REFUSED');
  assert.match(textOf(failedOne?.failure), /The workflow refuses it/);
  assert.ok(failedOne);
  await replay(connector, failedOne);
  const { records, commits } = await journalsInVisma(connector);
  for (const document of [refused, released]) {
    const batch = records.find(({ batchNumber }) => batchNumber === document?.externalId);
    assert.equal(batch?.status, 'Posted');
    const own = commits.filter(({ key }) => key === `ModuleGL/${document?.externalId}`);
    assert.deepEqual(
      own.map(({ operation }) => operation),
      ['create', 'action release'],
    );
  }
});

test('an answer that is lost leads to a look, not to a second batch', async () => {
  await admin.addFaults({ kind: 'drop-after-commit', match: { method: 'POST', path: 'journaltransaction$' } });
  const [document] = await take('lost.csv', balanced('T-1'));
  assert.equal(document?.state, 'delivered');
  const { commits } = await journalsInVisma(connector);
  assert.equal(commits.filter(({ key }) => key === `ModuleGL/${document?.externalId}`).length, 1);
  const token = `[${(await intentOf(document?.id ?? ''))?.token}]`;
  const carrying = (await journalsInVisma(connector)).records.filter(({ description }) =>
    String(description).includes(token),
  );
  assert.deepEqual(
    carrying.map(({ batchNumber }) => batchNumber),
    [document?.externalId],
  );
});

async function intentOf(documentId: string) {
  return connector.ledger.db
    .selectFrom('intent')
    .select(['token', 'learnedBy'])
    .where('documentId', '=', documentId)
    .executeTakeFirst();
}
