import assert from 'node:assert/strict';
import test from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { atRest, writes } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';
import { until } from '../harness/until.ts';
import { dropVendors } from '../harness/vendors.ts';

/** A fifth more changes than calls, as 600 would be at 500 an hour. */
const CALLS = 50;
const WINDOW_MS = 20_000;
const SUPPLIERS = 60;

const connector = await withConnector();
const { admin } = connector.visma;
const config = await connector.configure(integrationText({ calls: CALLS, window: `${WINDOW_MS}ms` }));
await connector.startWorker();

test('more changes than a window has calls: they queue, no call is refused, polls go on, and it ends by itself', async (t) => {
  const numbers = Array.from({ length: SUPPLIERS }, (_, index) => String(86_000 + index));
  await admin.seed({ suppliers: numbers.map((number) => ({ number, name: `Before ${number}` })) });
  await admin.setLimits({ limit: CALLS, windowMs: WINDOW_MS });
  await dropVendors(
    connector,
    'many.csv',
    numbers.map((number) => ({ number, name: `Vendor ${number}` })),
  );
  const startedAt = performance.now();
  const run = await connector.startSync('vendors-in', config);
  const isQueueing = async () =>
    (await connector.ledger.db.selectFrom('quotaReservation').select('holder').limit(1).execute()).length > 0;
  await until('writes wait for the next window', isQueueing);

  const pollStartedAt = performance.now();
  assert.equal(await connector.sync('invoices-out', config), 'closed');
  const pollMs = performance.now() - pollStartedAt;
  assert.ok((await writes(connector)).length < SUPPLIERS, 'the poll is measured while writes wait');

  assert.equal(await run.result, 'closed');
  const documents = await atRest(connector, 'vendors-in', 3 * WINDOW_MS);
  t.diagnostic(
    `all written after ${Math.round(performance.now() - startedAt)} ms, the poll took ${Math.round(pollMs)} ms`,
  );
  assert.ok(pollMs < WINDOW_MS / 3, `the poll took ${pollMs} ms`);
  assert.deepEqual(
    (await writes(connector)).sort(),
    numbers.map((number) => `update ${number}`),
  );
  assert.ok(documents.every(({ state }) => state === 'delivered'));
  const refused = (await admin.requests()).filter(({ status }) => status === 429);
  assert.deepEqual(refused, []);
});
