import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { atRest, replay } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';
import {
  dropInvoices,
  invoiceFile,
  invoiceLine,
  invoicesInFlow,
  invoicesInVisma,
  seedForInvoices,
} from '../harness/invoices.ts';

const connector = await withConnector();
const { admin } = connector.visma;
await seedForInvoices(connector);
const plain = await connector.configure(integrationText() + invoicesInFlow());
const whole = await connector.configure(integrationText() + invoicesInFlow({ release: true, attach: 'rows' }));
await connector.startWorker();

async function invoicesOf(file: string) {
  const documents = await atRest(connector, 'invoices-in');
  return documents.filter(({ kind, business }) => kind === 'Invoice' && business.file === file);
}

/** Takes a file in and waits until its documents rest. */
async function take(file: string, rows: Parameters<typeof invoiceFile>[0], config = plain) {
  await dropInvoices(connector, file, rows);
  await connector.sync('invoices-in', config);
  return invoicesOf(file);
}

const stateOf = ({ state, failure }: { state: string; failure: { code: string } | null }) => failure?.code ?? state;

test('rows are grouped into invoices and credit notes, each posted once as a document of accounts payable', async () => {
  const [two, credit] = await take('first.csv', [
    { number: 'F-1', total: '375,00', vat: '75,00' },
    { number: 'F-1', total: '375,00', vat: '75,00', text: 'Emballasje', quantity: '2', price: '100', amount: '' },
    { number: 'K-1', type: 'CRN', subaccount: '10-200' },
  ]);
  assert.deepEqual([two?.state, credit?.state], ['delivered', 'delivered']);
  const { byReference, commits } = await invoicesInVisma(connector);
  const [invoice] = byReference.get('F-1') ?? [];
  assert.deepEqual([invoice?.documentType, invoice?.status, invoice?.amount], ['Invoice', 'Balanced', 375]);
  assert.equal((invoice?.invoiceLines as unknown[] | undefined)?.length, 2);
  assert.equal(two?.externalId, invoice?.referenceNumber);
  const [note] = byReference.get('K-1') ?? [];
  assert.equal(note?.documentType, 'DebitAdj');
  assert.match(
    JSON.stringify(note?.invoiceLines),
    /"segmentId":1,"segmentValue":"10"\},\{"segmentId":2,"segmentValue":"200"/,
  );
  assert.equal(commits.length, 2);
  assert.deepEqual(two?.business, { invoice: 'F-1', supplier: '50001', file: 'first.csv' });
  assert.ok((await connector.files()).some(({ path }) => path === '/archive/invoices/first.csv'));
});

test('the same invoice is refused for ever, in another file and among new ones', async () => {
  const before = (await invoicesInVisma(connector)).commits.length;
  const fresh = await take('again.csv', [
    { number: 'K-1', type: 'CRN', subaccount: '10-200' },
    { number: 'F-2' },
    { number: 'F-2' },
  ]);
  // Two rows of F-2 are one document, whose two lines are more than its total.
  assert.deepEqual(fresh.map(stateOf), ['DOCUMENT_SUMS_DIFFER']);
  assert.match(fresh[0]?.failure?.message ?? '', /add up to 225.00, its total says 125.00/);
  await take('once more.csv', [{ number: 'K-1', type: 'CRN', subaccount: '10-200' }]);
  const files = await connector.documents('invoices-in');
  const repeated = files.find(({ kind, business }) => kind === 'InboundFile' && business.file === 'once more.csv');
  assert.equal(repeated?.state, 'skipped');
  assert.equal((await invoicesInVisma(connector)).commits.length, before);
});

test('one bad document holds up no other: bad cells, a broken row, rows that stand apart, unknown accounts', async () => {
  const documents = await take('mixed.csv', [
    { number: 'G-1' },
    { number: 'B-1', amount: 'hundre' },
    { number: 'G-2' },
    'a row;that is;too short',
    { number: 'G-3' },
    { number: 'B-2', account: '9999' },
    { number: 'B-3', subaccount: '10-999' },
    { number: 'S-1', amount: '50,00' },
    { number: 'G-4' },
    { number: 'S-1', amount: '50,00' },
  ]);
  const byKey = Object.fromEntries(documents.map((one) => [one.sourceKey.replace(/ of .*/, ''), stateOf(one)]));
  assert.deepEqual(byKey, {
    '50001/G-1': 'delivered',
    '50001/B-1': 'DOCUMENT_ROWS_INVALID',
    '50001/G-2': 'delivered',
    'row 4': 'CSV_ROW_INVALID',
    '50001/G-3': 'delivered',
    '50001/B-2': 'REFERENCE_UNKNOWN',
    '50001/B-3': 'REFERENCE_UNKNOWN',
    '50001/S-1': 'DOCUMENT_SCATTERED',
    '50001/G-4': 'delivered',
  });
  const unknown = documents.find(({ sourceKey }) => sourceKey.endsWith('B-2'));
  assert.match(unknown?.failure?.message ?? '', /account 9999 \(lines\[1\]\.account\) is not there/);
  await admin.seed({ accounts: [{ accountCD: '9999' }] });
  assert.ok(unknown);
  await replay(connector, unknown);
  assert.equal((await invoicesInVisma(connector)).byReference.get('B-2')?.length, 1);
});

test('a correction replaces what failed, and is refused where the invoice is in Visma.net already', async () => {
  const [wrong] = await take('wrong.csv', [{ number: 'C-1', total: '124,00' }]);
  assert.equal(wrong && stateOf(wrong), 'DOCUMENT_SUMS_DIFFER');
  const [corrected] = await take('right.csv', [{ number: 'C-1' }]);
  assert.equal(corrected?.state, 'delivered');
  assert.ok(wrong);
  await replay(connector, wrong);
  assert.deepEqual((await invoicesOf('wrong.csv')).map(stateOf), ['superseded']);
  const [later] = await take('late.csv', [{ number: 'C-1', text: 'Frakt og last' }]);
  assert.equal(later && stateOf(later), 'DOCUMENT_EXISTS');
  assert.match(later?.failure?.message ?? '', new RegExp(`is in Visma.net as ${corrected?.externalId}`));
  assert.equal((await invoicesInVisma(connector)).byReference.get('C-1')?.length, 1);
});

test('the rows of an invoice are attached to it, and it is released, each by an intent of its own', async () => {
  const rows = [{ number: 'R-1', total: '250,00', vat: '50,00' }] as const;
  const line = { number: 'R-1', total: '250,00', vat: '50,00' };
  const [document] = await take('original.csv', [{ number: 'R-0' }, ...rows, line], whole).then((all) => all.slice(1));
  assert.equal(document?.state, 'delivered');
  const [invoice] = (await invoicesInVisma(connector)).byReference.get('R-1') ?? [];
  assert.equal(invoice?.status, 'Open');
  const own = invoiceFile([line, line]);
  const sha256 = createHash('sha256').update(own).digest('hex');
  const [attachment] = (invoice?.attachments ?? []) as { name: string; sha256: string; revision: number }[];
  assert.deepEqual(
    { ...attachment, id: '' },
    { name: 'original-line-3.csv', id: '', revision: 1, size: own.length, sha256 },
  );
  const intents = await connector.ledger.db
    .selectFrom('intent')
    .select(['step', 'state', 'externalId'])
    .where('documentId', '=', document?.id ?? '')
    .orderBy('createdAt')
    .execute();
  assert.deepEqual(
    intents,
    ['supplierInvoice', 'attachment', 'release'].map((step) => ({
      step,
      state: 'confirmed',
      externalId: document?.externalId,
    })),
  );
});

test('a release that fails leaves the created document known, and a replay only releases', async () => {
  const failed = { kind: 'action-result', result: 'Failed', errorInfo: 'The workflow refuses it' } as const;
  await admin.addFaults({ ...failed, match: { path: 'action/release' } });
  const [document] = await take('unreleased.csv', [{ number: 'R-2' }], whole);
  assert.equal(document && stateOf(document), 'VISMA_REFUSED');
  assert.match(document?.failure?.message ?? '', /The workflow refuses it/);
  assert.ok(document?.externalId);
  await replay(connector, document);
  const [after] = await invoicesOf('unreleased.csv');
  assert.deepEqual([after?.state, after?.externalId], ['delivered', document.externalId]);
  const { commits } = await invoicesInVisma(connector);
  const about = commits.filter(({ key }) => key.endsWith(`/${document.externalId}`)).map(({ operation }) => operation);
  assert.deepEqual(about, ['create', 'attachment', 'action release']);
});

test('a queued release is read again until it is done, and one that is never done is asked for once more', async () => {
  const match = { path: 'action/release' };
  await admin.addFaults({ kind: 'action-result', result: 'Queued', settlesAfterMs: 300, match });
  const [document] = await take('queued.csv', [{ number: 'R-3' }], whole);
  assert.equal(document?.state, 'delivered');
  await admin.addFaults({ kind: 'action-result', result: 'InProcess', match });
  const [never] = await take('never.csv', [{ number: 'R-4' }], whole);
  assert.equal(never?.state, 'delivered');
  const { byReference, commits } = await invoicesInVisma(connector);
  assert.deepEqual(
    ['R-3', 'R-4'].map((number) => byReference.get(number)?.map(({ status }) => status)),
    [['Open'], ['Open']],
  );
  assert.equal(
    commits.filter(({ operation, key }) => operation === 'create' && key.endsWith(String(never?.externalId))).length,
    1,
  );
});

test('header fields may stand in the first row alone, and a blank key goes on with the document before', async () => {
  const follows = invoiceLine({ number: 'H-1' })
    .split(';')
    .map((cell, index) => (index < 7 ? '' : cell))
    .join(';');
  const [document] = await take('first row.csv', [{ number: 'H-1', total: '250,00', vat: '50,00' }, follows]);
  assert.equal(document?.state, 'delivered');
  const [contrary] = await take('contrary.csv', [{ number: 'H-2' }, { number: 'H-2', date: '04.11.2026' }]);
  assert.match(contrary?.failure?.message ?? '', /Line 3, date \(column Date\) says something else than line 2/);
});
