import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from 'pg';
import { withDatabase } from '../harness/postgres.ts';
import { withTemporal } from '../harness/temporal.ts';

const template = { name: 'harness', prepare: makeMarker };
const [first, second] = await Promise.all([withDatabase(template), withDatabase(template)]);
const temporal = await withTemporal();

test('each database is a copy of the prepared template and of nothing else', async () => {
  await query(first.url, 'insert into marker values (1)');
  assert.deepEqual(await query(first.url, 'select id from marker'), [{ id: 1 }]);
  assert.deepEqual(await query(second.url, 'select id from marker'), []);
});

test('letters outside ASCII have a lower case in the test databases', async () => {
  assert.deepEqual(await query(first.url, "select lower('ÅKER') as lower"), [{ lower: 'åker' }]);
});

test('a workflow can be started and listed in the namespace of the test file', async () => {
  await temporal.client.workflow.start('neverRun', { taskQueue: 'nobody', workflowId: 'waiting' });
  const description = await temporal.client.workflow.getHandle('waiting').describe();
  assert.equal(description.status.name, 'RUNNING');
});

async function makeMarker(url: string): Promise<void> {
  await query(url, 'create table marker (id int primary key)');
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
