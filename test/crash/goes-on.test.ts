import assert from 'node:assert/strict';
import test from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { atRest } from '../harness/deliveries.ts';
import { died, doomedWorker } from '../harness/disturb.ts';
import { integrationText } from '../harness/integration.ts';
import { dropVendors } from '../harness/vendors.ts';

const connector = await withConnector();
const config = await connector.configure(integrationText());

test('the document of a killed worker goes on within ten seconds', async (t) => {
  const doomed = await doomedWorker(connector, 'posted, not reported');
  await dropVendors(connector, 'vendors.csv', [{ number: '71000', name: 'Vendor 71000' }]);
  const { result } = await connector.startSync('vendors-in', config);
  await died(doomed);
  const killedAt = performance.now();
  const next = await connector.startWorker();
  const documents = await atRest(connector, 'vendors-in', 60_000);
  const tookMs = performance.now() - killedAt;
  t.diagnostic(`${Math.round(tookMs)} ms from the kill to the end of the delivery`);
  assert.ok(tookMs < 10_000, `it took ${tookMs} ms`);
  assert.deepEqual(new Set(documents.map(({ state }) => state)), new Set(['delivered']));
  await result;
  await next.kill('SIGTERM');
});
