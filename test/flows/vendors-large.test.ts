import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { atRest, writes } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';
import { until } from '../harness/until.ts';
import { type VendorRow, vendorFile } from '../harness/vendors.ts';

const connector = await withConnector();
const { client } = connector.temporal;

const ROWS = 10_000;
const CHANGED = 20;
/** What reading 10,000 rows may add to a worker that has read a file of 1,000 before. */
const MOST_GROWTH_MIB = 150;

/** The rows as the simulator's generated suppliers are, with another city in twenty of them. */
function rows(count: number, city: string): VendorRow[] {
  return Array.from({ length: count }, (_, index) => ({
    number: String(index + 1),
    name: `Supplier ${index + 1}`,
    city: index % (ROWS / CHANGED) === 0 ? city : 'Oslo',
    email: `post.${index + 1}@supplier.test`,
  }));
}

/** Resident memory of a process in MiB. */
function memoryOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString()) / 1024;
}

test('of 10,000 rows of which 20 changed, exactly 20 are delivered, and the memory of the worker stays flat', async (context) => {
  await connector.visma.admin.seed({ suppliers: { count: ROWS, start: 1 } });
  const config = await connector.configure(integrationText());
  const worker = await connector.startWorker();
  await connector.drop('/inbound/vendors/warm-up.csv', vendorFile(rows(ROWS / 10, 'Oslo')));
  await connector.sync('vendors-in', config);
  const before = memoryOf(worker.pid);

  await connector.drop('/inbound/vendors/vendors.csv', vendorFile(rows(ROWS, 'Molde')));
  const began = performance.now();
  let highest = 0;
  const watch = setInterval(() => {
    highest = Math.max(highest, memoryOf(worker.pid));
  }, 200);
  try {
    assert.equal(await connector.sync('vendors-in', config), 'closed');
    await atRest(connector, 'vendors-in');
  } finally {
    clearInterval(watch);
  }
  const seconds = (performance.now() - began) / 1000;
  context.diagnostic(
    `${seconds.toFixed(1)} s; worker ${before.toFixed(0)} MiB before, at most ${highest.toFixed(0)} MiB`,
  );

  assert.equal(new Set(await writes(connector)).size, CHANGED);
  assert.equal((await writes(connector)).length, CHANGED);
  await until('Temporal lists the deliveries', async () => {
    const { count } = await client.workflow.count("WorkflowType = 'deliver'");
    return count >= CHANGED;
  });
  assert.equal((await client.workflow.count("WorkflowType = 'deliver'")).count, CHANGED);
  assert.ok(highest - before < MOST_GROWTH_MIB, `from ${before} to ${highest} MiB`);
});
