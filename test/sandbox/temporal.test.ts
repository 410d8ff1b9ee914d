import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, Connection } from '@temporalio/client';
import { dropTemporalDatabase, startTemporal } from '../../sandbox/temporal.ts';
import { ownSupervisor } from '../harness/own.ts';
import { privateTemporal } from '../harness/temporal.ts';

const { temporal, databaseFile } = await privateTemporal();

test('Temporal comes back at its address after a kill -9 and knows its workflows', async () => {
  const { address } = temporal.current;
  await withClient(address, (client) => client.workflow.start('kept', { taskQueue: 'nobody', workflowId: 'kept' }));
  await temporal.kill('SIGKILL');
  assert.equal((await temporal.start()).address, address);
  const description = await withClient(address, (client) => client.workflow.getHandle('kept').describe());
  assert.equal(description.status.name, 'RUNNING');
});

test('Temporal without its database comes back at its address and knows nothing', async () => {
  await temporal.stop();
  dropTemporalDatabase(databaseFile);
  const { address } = await temporal.start();
  await assert.rejects(
    withClient(address, (client) => client.workflow.getHandle('kept').describe()),
    { name: 'WorkflowNotFoundError' },
  );
});

test('a server that ends while it starts is reported at once, with what it wrote', async () => {
  const supervisor = await ownSupervisor();
  const began = performance.now();
  await assert.rejects(startTemporal(supervisor, { program: process.execPath }), {
    name: 'ChildFailed',
    message: /temporal ended with code \d+\. Its last lines .*MODULE_NOT_FOUND/s,
  });
  assert.ok(performance.now() - began < 10_000);
});

test('a port that another server answers on is refused instead of taken for ours', async () => {
  const { port } = temporal.current;
  const supervisor = await ownSupervisor();
  await assert.rejects(startTemporal(supervisor, { program: process.execPath, port }), /Port \d+ .* is in use/);
});

async function withClient<T>(address: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}
