import assert from 'node:assert/strict';
import test from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { atRest, replay } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';
import { until } from '../harness/until.ts';

const connector = await withConnector();
const { admin } = connector.visma;
const PAGE = 10;
const config = await connector.configure(integrationText({ pageSize: PAGE }));
/** The drift fault moves the first rows of the whole table: they must be in the list that is walked. */
function everything(pageSize: number): Promise<string> {
  return connector.configure(integrationText({ pageSize }).replace('overlap: 5m', 'overlap: 4h'));
}

await connector.startWorker();
await admin.seed({ suppliers: [{ number: '50001', name: 'Fjord AS' }] });

interface OutboundFile {
  readonly path: string;
  readonly text: string;
}

const taken = new Set<string>();

/** Runs the flow, waits for its files, and gives those that are new in the partner's folder. */
async function sendOut(hash = config): Promise<OutboundFile[]> {
  assert.equal(await connector.sync('invoices-out', hash), 'closed');
  await until('every file is delivered', async () =>
    (await connector.documents('invoices-out'))
      .filter(({ kind }) => kind === 'OutboundFile')
      .every(({ state }) => state === 'delivered'),
  );
  const paths = (await connector.files()).map(({ path }) => path).filter((path) => !taken.has(path));
  for (const path of paths) taken.add(path);
  return Promise.all(paths.map(async (path) => ({ path, text: await contentOf(path) })));
}

async function contentOf(path: string): Promise<string> {
  const answer = await fetch(`${connector.sftp.adminUrl}/_sandbox/files/content?${new URLSearchParams({ path })}`);
  return Buffer.from(await answer.arrayBuffer()).toString('latin1');
}

/** The voucher numbers in files, each once, in order. */
function vouchersIn(files: readonly OutboundFile[]): string[] {
  const rows = files.flatMap(({ text }) => text.split('\r\n').slice(1, -1));
  return [...new Set(rows.map((row) => row.split(';')[1] ?? ''))];
}

function vouchers(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(from + index));
}

async function invoice(voucher: string) {
  const documents = await connector.documents('invoices-out');
  return documents.findLast(({ sourceKey }) => sourceKey === `Invoice/${voucher}`);
}

test('released invoices leave as one file with a header and the chosen columns, line by line', async () => {
  await admin.seed({
    supplierInvoices: [
      {
        referenceNumber: '100001',
        supplierReference: 'F-1',
        date: '2026-03-05T00:00:00',
        supplier: { number: '50001' },
        vatAmount: 0,
        invoiceLines: [
          { transactionDescription: 'Frakt; Ålesund', unitCost: 1250.5, quantity: 2 },
          { transactionDescription: 'Øl "mørk"', unitCost: 0.1, quantity: 3 },
        ],
      },
      {
        referenceNumber: '100002',
        supplierReference: 'F-2',
        date: '2026-03-06T00:00:00',
        supplier: { number: '50001' },
        vatAmount: 0,
        invoiceLines: [],
      },
      { referenceNumber: '100003', supplierReference: 'F-3', status: 'Hold', supplier: { number: '50001' } },
    ],
  });

  const files = await sendOut();

  assert.equal(files.length, 1);
  assert.match(files[0]?.path ?? '', /^\/outbound\/invoices\/invoices-\d{8}-000001\.csv$/);
  assert.equal(
    files[0]?.text,
    [
      'Invoice No;Voucher;Date;Vendor No;Total;Text;Amount',
      'F-1;100001;05.03.2026;50001;2501,30;"Frakt; Ålesund";2501,00',
      'F-1;100001;05.03.2026;50001;2501,30;"Øl ""mørk""";0,30',
      'F-2;100002;06.03.2026;50001;0,00;;',
      '',
    ].join('\r\n'),
  );
  const documents = await atRest(connector, 'invoices-out');
  assert.deepEqual(documents.map(({ kind, state }) => `${kind} ${state}`).sort(), [
    'Invoice delivered',
    'Invoice delivered',
    'OutboundFile delivered',
  ]);
});

test('nothing new costs one call per entity and makes no file', async () => {
  await admin.clearRequests();
  assert.deepEqual(await sendOut(), []);
  const requests = await admin.requests({ path: '^/v1/' });
  assert.deepEqual(
    requests.map(({ method, path }) => `${method} ${path}`),
    ['GET /v1/supplierInvoice'],
  );
});

test('a changed invoice goes out again, a touched one does not, and one that is released goes out', async () => {
  await admin.touch({ entity: 'supplierInvoice', key: 'Invoice/100001' });
  assert.deepEqual(await sendOut(), []);

  await admin.touch({ entity: 'supplierInvoice', key: 'Invoice/100002', changes: { paymentRefNo: '1234567' } });
  await admin.touch({ entity: 'supplierInvoice', key: 'Invoice/100003', changes: { status: 'Open' } });
  const files = await sendOut();
  assert.equal(files.length, 1);
  assert.deepEqual(vouchersIn(files), ['100002', '100003']);
  assert.deepEqual(await sendOut(), []);
});

test('invoices with one and the same time over a page border all leave, once', async () => {
  await admin.seed({ supplierInvoices: { count: 2 * PAGE + 5, start: 200_001 } });
  assert.deepEqual(vouchersIn(await sendOut()), vouchers(200_001, 2 * PAGE + 5));
  assert.deepEqual(await sendOut(), []);
});

test('records that move to the end of the list while it is walked hide no other', async () => {
  await admin.setSettings({ listOrder: 'modified' });
  // Old stamps: what the walk misses is behind the next walk's watermark, and would be missed for ever.
  await admin.seed({
    supplierInvoices: { count: 2 * PAGE, start: 300_001 },
    lastModifiedDateTime: new Date(Date.now() - 7_200_000).toISOString().slice(0, 23),
  });
  await admin.addFaults({ kind: 'page-drift', rows: 3, match: { path: 'pageNumber=2' }, times: 1 });

  const files = await sendOut(await everything(PAGE));

  assert.equal((await admin.faults()).rules[0]?.hits, 1);
  await admin.clearFaults();
  assert.deepEqual(vouchersIn(files).sort(), vouchers(300_001, 2 * PAGE));
});

test('a list that never comes to rest leaves the cursor where it is, and the next run reads all of it again', async () => {
  const cursor = () => connector.ledger.db.selectFrom('cursor').select('position').execute();
  const before = await cursor();
  const twoPages = await everything(4 * PAGE);
  await admin.seed({ supplierInvoices: { count: 2 * PAGE, start: 350_001 } });
  await admin.addFaults({ kind: 'page-drift', rows: 3, match: { path: 'pageNumber=2' }, times: 'always' });
  const files = await sendOut(twoPages);
  assert.deepEqual(await cursor(), before);

  await admin.clearFaults();
  files.push(...(await sendOut(twoPages)));
  assert.deepEqual(vouchersIn(files).sort(), vouchers(350_001, 2 * PAGE));
  assert.notDeepEqual(await cursor(), before);
});

test('a clock of Visma.net that is an hour off, either way, loses nothing and doubles nothing', async () => {
  await admin.setSettings({ skewMs: 3_600_000 });
  await admin.seed({ supplierInvoices: { count: 2, start: 400_001 } });
  assert.deepEqual(vouchersIn(await sendOut()), vouchers(400_001, 2));
  await admin.seed({ supplierInvoices: { count: 2, start: 400_011 } });
  assert.deepEqual(vouchersIn(await sendOut()), vouchers(400_011, 2));
  assert.deepEqual(await sendOut(), []);
  await admin.setSettings({ skewMs: 0 });
});

test('an invoice that cannot be written as the partner wants fails by itself and joins the next file after a replay', async () => {
  await admin.setSettings({ skewMs: 3_600_000 });
  const lines = [{ transactionDescription: 'Łódź', unitCost: 1, quantity: 1 }];
  await admin.seed({
    supplierInvoices: [
      { referenceNumber: '500001', supplier: { number: '50001' } },
      { referenceNumber: '500002', supplier: { number: '50001' }, invoiceLines: lines },
      { referenceNumber: '500003', supplier: { number: '50001' } },
    ],
  });

  assert.deepEqual(vouchersIn(await sendOut()), ['500001', '500003']);
  await until('the failure is written down', async () => (await invoice('500002'))?.state === 'failed');
  const failed = await invoice('500002');
  assert.equal(failed?.failure?.code, 'CSV_CELL_UNENCODABLE');
  assert.deepEqual(await sendOut(), []);

  assert.ok(failed);
  const mended = await connector.configure(integrationText({ pageSize: PAGE, outgoingEncoding: 'utf-8' }));
  await replay(connector, failed, mended);
  assert.equal((await invoice('500002'))?.state, 'transformed');
  assert.deepEqual(vouchersIn(await sendOut(mended)), ['500002']);
  assert.equal((await invoice('500002'))?.state, 'delivered');
});

test('an invoice that failed and has since gone out in a newer version is not sent in the old one', async () => {
  const key = 'Invoice/500010';
  const lines = (transactionDescription: string) => [{ transactionDescription, unitCost: 1, quantity: 1 }];
  const supplier = { number: '50001' };
  await admin.seed({ supplierInvoices: [{ referenceNumber: '500010', supplier, invoiceLines: lines('Łódź') }] });
  assert.deepEqual(await sendOut(), []);
  await until('the failure is written down', async () => (await invoice('500010'))?.state === 'failed');
  const failed = await invoice('500010');
  assert.ok(failed);
  await admin.touch({ entity: 'supplierInvoice', key, changes: { invoiceLines: lines('Lodz') } });
  assert.deepEqual(vouchersIn(await sendOut()), ['500010']);

  const mended = await connector.configure(integrationText({ pageSize: PAGE, outgoingEncoding: 'utf-8' }));
  await replay(connector, failed, mended);
  assert.deepEqual(await sendOut(mended), []);
  const versions = (await connector.documents('invoices-out')).filter(({ sourceKey }) => sourceKey === key);
  assert.deepEqual(
    versions.map(({ state }) => state),
    ['superseded', 'delivered'],
  );
});
