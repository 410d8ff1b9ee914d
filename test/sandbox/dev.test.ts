import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { Client } from 'pg';
import { devFilePath, readDevFile } from '../../sandbox/dev-file.ts';
import { devReady, isRunningPid, newHome, pidsOf, processesOf, spawnDev, until } from './dev-process.ts';

const home = newHome();
const dev = spawnDev(home);
const first = await devReady(dev, home);

test('dev.json names five running processes, only its owner may read it, and the Web UI answers', async () => {
  assert.deepEqual(pidsOf(first).map(isRunningPid), [true, true, true, true, true]);
  assert.equal(statSync(devFilePath(home)).mode & 0o777, 0o600);
  assert.equal((await fetch(first.temporal.ui!)).status, 200);
});

test('a second dev in the same home is refused, and the first goes on', async () => {
  const second = spawnDev(home);
  assert.equal(await second.ended, 1);
  assert.match(second.printed(), new RegExp(`process ${dev.process.pid}\\).*dev\\.json`));
  assert.deepEqual(readDevFile(home), first);
  assert.deepEqual(pidsOf(first).map(isRunningPid), [true, true, true, true, true]);
});

test('a worker that is killed comes back, and dev.json names the new one', async () => {
  process.kill(first.worker!.pid, 'SIGKILL');
  await until(() => ![undefined, first.worker!.pid].includes(readDevFile(home)?.worker?.pid), dev.printed);
  assert.ok(isRunningPid(readDevFile(home)?.worker?.pid));
});

test('a Postgres that is killed comes back at its address with what was committed', async () => {
  await query(first.postgres.url, 'create table kept as select 1 as one');
  process.kill(first.postgres.pid!, 'SIGKILL');
  await until(() => readDevFile(home)?.postgres.pid !== first.postgres.pid, dev.printed);
  assert.equal(readDevFile(home)!.postgres.url, first.postgres.url);
  assert.deepEqual(await query(first.postgres.url, 'select one from kept'), [{ one: 1 }]);
});

test('SIGTERM ends everything, and dev.json is gone', async () => {
  const last = readDevFile(home)!;
  dev.process.kill('SIGTERM');
  assert.equal(await dev.ended, 143);
  assert.deepEqual(pidsOf(last).map(isRunningPid), [false, false, false, false, false]);
  assert.deepEqual(processesOf(home), []);
  assert.equal(existsSync(devFilePath(home)), false);
});

test('the next dev in the same home has the data of the one before', async () => {
  const next = spawnDev(home);
  const { postgres } = await devReady(next, home);
  assert.deepEqual(await query(postgres.url, 'select one from kept'), [{ one: 1 }]);
});

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
