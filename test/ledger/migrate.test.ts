import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test from 'node:test';
import { promisify } from 'node:util';
import { migrate, pendingMigrations } from '../../ledger/migrate.ts';
import { withDatabase } from '../harness/postgres.ts';
import { ask, MIGRATIONS } from './rig.ts';

const run = promisify(execFile);
const MIGRATE = new URL('../../ledger/migrate.ts', import.meta.url).href;

/** Migrates in a process of its own, as a worker does that starts. */
async function inAnotherProcess(url: string): Promise<string[]> {
  const program = `import { migrate } from ${JSON.stringify(MIGRATE)}; console.log(JSON.stringify(await migrate(process.argv[1])));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program, url]);
  return JSON.parse(stdout);
}

test('of processes that start at once on an empty database one runs each migration, and the others wait', async () => {
  const { url } = await withDatabase();
  const ran = await Promise.all([inAnotherProcess(url), inAnotherProcess(url), migrate(url), migrate(url)]);
  assert.deepEqual(ran.flat(), MIGRATIONS);
  assert.deepEqual(
    await ask(url, 'select name from migration order by name'),
    MIGRATIONS.map((name) => ({ name })),
  );
});

test('what is missing is told without being run', async () => {
  const { url } = await withDatabase();
  assert.deepEqual(await pendingMigrations(url), MIGRATIONS);
  assert.deepEqual(await ask(url, `select to_regclass('document') as found`), [{ found: null }]);
  await migrate(url);
  assert.deepEqual(await pendingMigrations(url), []);
});

test('a migration that fails leaves nothing of itself, and runs when its cause is gone', async () => {
  const { url } = await withDatabase();
  await ask(url, 'create table quota_reservation ()');
  await assert.rejects(migrate(url), /Migration 0001-ledger.sql failed/);
  assert.deepEqual(await ask(url, `select to_regclass('document') as found`), [{ found: null }]);
  await ask(url, 'drop table quota_reservation');
  assert.deepEqual(await migrate(url), MIGRATIONS);
});
