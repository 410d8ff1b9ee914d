import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Client } from 'pg';
import { privatePostgres } from '../harness/postgres.ts';

const postgres = await privatePostgres();

test('Postgres keeps its data and its address over a restart', async () => {
  const before = postgres.current;
  await query(before.url, 'create table restarted as select 1 as one');
  const after = await postgres.restart();
  assert.equal(after.url, before.url);
  assert.notEqual(after.child.pid, before.child.pid);
  assert.deepEqual(await query(after.url, 'select one from restarted'), [{ one: 1 }]);
});

test('Postgres comes back after a kill -9 with what was committed, though its lock file was left', async () => {
  await query(postgres.current.url, 'create table killed as select 1 as one');
  await postgres.kill('SIGKILL');
  const after = await postgres.start();
  assert.deepEqual(await query(after.url, 'select one from killed'), [{ one: 1 }]);
});

test('Postgres refuses a wrong password', async () => {
  const url = new URL(postgres.current.url);
  url.password = 'wrong';
  await assert.rejects(query(url.href, 'select 1'), /password authentication failed/);
});

test('the server runs as an unprivileged user and its command line holds no password', () => {
  const { pid } = postgres.current.child;
  const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  assert.notEqual(uid, '0');
  assert.doesNotMatch(readFileSync(`/proc/${pid}/cmdline`, 'utf8'), new RegExp(new URL(postgres.current.url).password));
});

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
