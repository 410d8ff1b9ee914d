import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import test from 'node:test';
import { verifyLedger } from '../../ledger/verify.ts';
import { withConnector } from '../harness/connector.ts';
import { calmSftp, died, disturbSftp, doomedWorker, FEW_POLLS, markOf, partnerHas } from '../harness/disturb.ts';
import { integrationText } from '../harness/integration.ts';
import { until } from '../harness/until.ts';

const connector = await withConnector();
const { admin } = connector.visma;
const FOLDER = '/outbound/invoices';
const config = await connector.configure(integrationText({ collected: 'inferred' }));
await admin.seed({ suppliers: [{ number: '50001', name: 'Fjord AS' }] });

const released: string[] = [];
const runs: Promise<string>[] = [];

/** Three more invoices are released in Visma.net, and a run has begun to fetch them. */
async function begin(stage: number): Promise<void> {
  const references = [0, 1, 2].map((index) => String(100_000 + stage * 10 + index));
  await admin.seed({
    supplierInvoices: references.map((referenceNumber) => ({
      referenceNumber,
      supplierReference: `F-${referenceNumber}`,
      date: '2026-03-05T00:00:00',
      supplier: { number: '50001' },
      invoiceLines: [{ transactionDescription: 'Frakt', unitCost: 100, quantity: 1 }],
    })),
  });
  released.push(...references);
  runs.push((await connector.startSync('invoices-out', config)).result);
}

async function allDelivered(): Promise<void> {
  for (const outcome of await Promise.all(runs)) assert.match(outcome, /closed|overtaken/);
  await until(
    'every invoice and every file is delivered',
    async () => (await connector.documents('invoices-out')).every(({ state }) => state === 'delivered'),
    60_000,
  );
}

/** Every invoice that was released is in exactly one file of the partner, and no temporary file is left. */
async function assertOnce(): Promise<void> {
  await allDelivered();
  const files = await partnerHas(connector, FOLDER);
  assert.deepEqual(
    files.map(({ name }) => name).filter((name) => !/^invoices-\d{8}-\d{6}\.csv$/.test(name)),
    [],
  );
  const vouchers = files.flatMap(({ text }) => text.split('\r\n').slice(1, -1)).map((row) => row.split(';')[1] ?? '');
  assert.deepEqual(vouchers.sort(), released.toSorted());
}

const POINTS = [
  'documents inserted',
  'child started',
  'cursor committed',
  'planned',
  'temp half written',
  'staged',
  'renamed',
  'confirmed',
  'posted, not reported',
];

test('workers that die one after the other, each at another point, send every invoice once, collected at once or later', async () => {
  for (const [stage, point] of POINTS.entries()) {
    // Every other stage the partner takes a file away the moment it has its name, before we hear that it has it.
    if (stage % 2 === 0) await disturbSftp(connector, { kind: 'collect', folder: FOLDER });
    else await calmSftp(connector);
    const worker = await doomedWorker(connector, point);
    await begin(stage);
    await died(worker);
  }
  const last = await connector.startWorker();
  await assertOnce();
  for await (const finding of verifyLedger(connector.ledger)) assert.fail(JSON.stringify(finding));
  const intents = await connector.ledger.db.selectFrom('intent').select('state').distinct().execute();
  assert.deepEqual(intents, [{ state: 'confirmed' }]);
  await last.kill('SIGTERM');
});

test('a worker that is stopped between staging and renaming sends nothing when it goes on after the file was collected', async () => {
  await disturbSftp(connector, { kind: 'collect', folder: FOLDER });
  const stopped = await doomedWorker(connector, 'staged=stop', FEW_POLLS);
  await begin(POINTS.length);
  await until('the worker is stopped', async () => existsSync(markOf(connector, 'staged=stop')), 60_000);
  const other = await connector.startWorker();
  await assertOnce();

  process.kill(stopped.pid, 'SIGCONT');
  // It ends when everything it had begun has ended.
  await stopped.kill('SIGTERM');
  await assertOnce();
  await other.kill('SIGTERM');
});
