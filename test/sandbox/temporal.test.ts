import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client, Connection } from '@temporalio/client';
import { cacheFolder } from '../../sandbox/home.ts';
import { dropTemporalDatabase, startTemporal } from '../../sandbox/temporal.ts';
import { findTemporal } from '../../sandbox/temporal-binary.ts';
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

test('a server that fails at its first start, as when a port is taken from it, is started once more', async () => {
  const supervisor = await ownSupervisor();
  const found = await findTemporal(supervisor, {
    env: process.env,
    cache: cacheFolder(process.env),
    progress: () => undefined,
  });
  const [program, mark] = [join(supervisor.folder, 'unlucky'), join(supervisor.folder, 'struck')];
  const script = `#!/bin/sh\nif [ ! -e '${mark}' ]; then : > '${mark}'; echo 'panic: no port' >&2; exit 2; fi\nexec '${found}' "$@"\n`;
  await writeFile(program, script, { mode: 0o755 });
  const started = await startTemporal(supervisor, { program });
  assert.ok(existsSync(mark));
  await started.child.stop();
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
