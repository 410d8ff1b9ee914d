import assert from 'node:assert/strict';
import test from 'node:test';
import { Client, Connection } from '@temporalio/client';
import { FINAL_STATES } from '../../ledger/documents.ts';
import { dropTemporalDatabase } from '../../sandbox/temporal.ts';
import { registerSearchAttributes, withConnector } from '../harness/connector.ts';
import { activitiesIn, atRest, eventsOf, runSweep, writes } from '../harness/deliveries.ts';
import { held, partnerHas } from '../harness/disturb.ts';
import { integrationText } from '../harness/integration.ts';
import { atEnd } from '../harness/own.ts';
import { privateTemporal } from '../harness/temporal.ts';
import { until } from '../harness/until.ts';
import { dropVendors } from '../harness/vendors.ts';

/** So low that a run of three files goes on in a new execution. */
const { temporal, databaseFile } = await privateTemporal({ 'limit.historyCount.suggestContinueAsNew': 20 });
const connection = await Connection.connect({ address: temporal.current.address });
atEnd(() => connection.close());
const client = new Client({ connection });
const connector = await withConnector({
  temporal: { address: temporal.current.address, namespace: 'default', client },
});
const { admin } = connector.visma;
const config = await connector.configure(integrationText());
await connector.startWorker({ ML_CONNECTOR_SWEEP_AFTER_SECONDS: '1' });

async function drop(name: string, keys: readonly string[]): Promise<void> {
  await dropVendors(
    connector,
    name,
    keys.map((number) => ({ number, name: `Vendor ${number}` })),
  );
}

test('a run whose history grows long goes on in a new execution, with its batch and its place', async () => {
  await drop('a.csv', ['60001', '60002']);
  await drop('b.csv', ['60003', '60004']);
  await drop('c.csv', ['60005', '60006']);
  const { workflowId, result } = await connector.startSync('vendors-in', config);

  assert.equal(await result, 'closed');
  await atRest(connector, 'vendors-in');
  const executions: string[] = [];
  for await (const { status, runId } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
    executions.push(status.name);
    const activities = activitiesIn(await eventsOf(connector, workflowId, runId));
    assert.equal(activities.includes('poll'), status.name === 'CONTINUED_AS_NEW');
  }
  assert.deepEqual(executions.sort(), ['COMPLETED', 'CONTINUED_AS_NEW']);
  const batches = await connector.ledger.db.selectFrom('batch').select(['state']).execute();
  assert.deepEqual(batches, [{ state: 'closed' }]);
  assert.deepEqual(
    (await writes(connector)).sort(),
    [1, 2, 3, 4, 5, 6].map((index) => `create 6000${index}`),
  );
  assert.ok((await connector.files()).every(({ path }) => path.startsWith('/archive/')));
});

test('when Temporal has lost its database, the sweep delivers what was under way, once, and runs go on', async () => {
  await admin.addFaults({ id: 'landed', kind: 'hold-after-commit', match: { method: 'POST', bodyIncludes: '61001' } });
  await admin.addFaults({
    id: 'waiting',
    kind: 'hold-before-commit',
    match: { method: 'POST', bodyIncludes: '61002' },
  });
  await drop('lost.csv', ['61001', '61002', '61003']);
  await connector.sync('vendors-in', config);
  await held(connector, 'landed');
  await held(connector, 'waiting');
  const before = await writes(connector);
  await admin.seed({ supplierInvoices: { count: 3, start: 700_001 } });

  await temporal.stop();
  dropTemporalDatabase(databaseFile);
  await temporal.start();
  await admin.release();
  await until('the search attributes are registered', async () =>
    registerSearchAttributes(connector.temporal).then(
      () => true,
      () => false,
    ),
  );
  // Scheduled in an installation; what has just been moved is left to the next one.
  await until('the sweep finds nothing more', async () => {
    await runSweep(connector);
    const documents = await connector.documents('vendors-in');
    return documents.every(({ state }) => FINAL_STATES.includes(state));
  });

  const written = await writes(connector);
  assert.deepEqual(written.filter((write) => write.startsWith('create 6100')).sort(), [
    'create 61001',
    'create 61002',
    'create 61003',
  ]);
  assert.ok(before.includes('create 61001'));
  assert.equal(await connector.sync('invoices-out', config), 'closed');
  await atRest(connector, 'invoices-out');
  assert.equal((await partnerHas(connector, '/outbound/invoices')).length, 1);
});
