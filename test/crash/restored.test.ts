import assert from 'node:assert/strict';
import test from 'node:test';
import { RESTING_STATES } from '../../ledger/documents.ts';
import { verifyLedger } from '../../ledger/verify.ts';
import { CommandLine } from '../cli/command-line.ts';
import { type Connector, withConnector } from '../harness/connector.ts';
import { runSweep, writes } from '../harness/deliveries.ts';
import { partnerHas } from '../harness/disturb.ts';
import { integrationText } from '../harness/integration.ts';
import { backUp, connectedTo } from '../harness/restored.ts';
import { until } from '../harness/until.ts';
import { dropVendors } from '../harness/vendors.ts';

const connector = await withConnector();
const { visma } = connector;
const config = await connector.configure(
  integrationText({ numbering: 'automatic', sendWindow: '1s', targetLimit: '1s', margin: '500ms' }),
);

const SWEEPING = { ML_CONNECTOR_SWEEP_AFTER_SECONDS: '1' };

/** Vendors that are new to Visma.net come in, and their invoices go out. */
async function aDay(first: number, on: Connector = connector): Promise<void> {
  const rows = [0, 1, 2].map((index) => ({ number: String(first + index), name: `Vendor ${first + index}` }));
  await dropVendors(on, `vendors ${first}.csv`, rows);
  await visma.admin.seed({
    supplierInvoices: [{ referenceNumber: String(first), supplier: { number: '50001' }, date: '2026-03-05T00:00:00' }],
  });
}

async function runFlows(on: Connector): Promise<void> {
  for (const flow of ['vendors-in', 'invoices-out']) {
    await on.sync(flow, config);
    // Temporal remembers deliveries that the restored ledger does not: they count as started, until the sweep comes.
    await until(`every document of ${flow} rests`, async () => {
      await runSweep(on);
      return (await on.documents(flow)).every(({ state }) => RESTING_STATES.includes(state));
    });
  }
}

test('after the ledger was restored from a backup nothing is lost, and nothing is sent a second time', async () => {
  await visma.admin.seed({ suppliers: [{ number: '50001', name: 'Fjord AS' }] });
  const worker = await connector.startWorker(SWEEPING);
  await aDay(71_000);
  await runFlows(connector);
  await worker.kill('SIGTERM');
  const backedUpAt = new Date();
  const restoredUrl = await backUp(connector);
  const after = await connector.startWorker(SWEEPING);
  await aDay(72_000);
  await runFlows(connector);
  await after.kill('SIGTERM');
  const before = { written: await writes(connector), files: await partnerHas(connector, '/outbound/invoices') };

  const restored = await connectedTo(connector, restoredUrl);
  const { env, ledger } = restored;
  const cli = new CommandLine(env, connector.folder);
  const { stdout } = await cli.must(['recover', '--since', backedUpAt.toISOString()]);
  assert.match(stdout, /acme\/vendors-in: inbound\/vendors\/vendors 72000\.csv is to be read again/);
  assert.match(stdout, /1 inbound file put back/);
  assert.match((await cli.call(['status'])).stdout, /RECOVERY since/);
  await connector.startWorker({ ...SWEEPING, DATABASE_URL: restoredUrl });
  await aDay(73_000);
  await runFlows(restored);

  const created = (await writes(connector)).length - before.written.length;
  assert.equal(created, 3);
  const vendors = (await restored.documents('vendors-in')).filter(({ kind }) => kind === 'Supplier');
  assert.deepEqual([vendors.length, new Set(vendors.map(({ state }) => state))], [9, new Set(['delivered'])]);

  // Whether the partner has the invoices is for a person to say: those of the second day, and not those of the third.
  const files = (await restored.documents('invoices-out')).filter(({ kind }) => kind === 'OutboundFile');
  assert.deepEqual(
    files.map(({ state }) => state),
    ['delivered', 'uncertain'],
  );
  assert.equal((await partnerHas(connector, '/outbound/invoices')).length, before.files.length);
  const uncertain = files[1]!;
  assert.ok(!before.files.some(({ name }) => uncertain.sourceKey.endsWith(name)), 'its name was never used');
  await cli.must(['resolve', uncertain.id, '--not-posted', '--reason', 'asked the partner']);
  await cli.must(['replay', uncertain.id, '--wait']);
  assert.equal((await partnerHas(connector, '/outbound/invoices')).length, before.files.length + 1);

  assert.match((await cli.must(['recover', '--end'])).stdout, /has ended/);
  for await (const finding of verifyLedger(ledger)) assert.fail(JSON.stringify(finding));
});
