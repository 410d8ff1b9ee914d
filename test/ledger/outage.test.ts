import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { sql } from 'kysely';
import { failureOf } from '../../activities/classify.ts';
import { inTransaction, isUnreachable, lockName } from '../../ledger/database.ts';
import { migrate } from '../../ledger/migrate.ts';
import { openLedger } from '../../ledger/open.ts';
import { atEnd } from '../harness/own.ts';
import { privatePostgres } from '../harness/postgres.ts';
import { until } from '../harness/until.ts';
import { ask } from './rig.ts';

const postgres = await privatePostgres();
const databaseUrl = postgres.current.url;
await migrate(databaseUrl);
const ledger = await openLedger({ databaseUrl, masterKey: randomBytes(32).toString('base64'), maxConnections: 5 });
atEnd(() => ledger.close());

const ping = () => sql<{ one: number }>`select 1 as one`.execute(ledger.db);
const isPassing = (error: unknown) => {
  const { code, type } = failureOf(error);
  return isUnreachable(error) && code === 'LEDGER_UNREACHABLE' && type === 'Transient';
};

test('idle connections that a restart has broken are replaced', async () => {
  await Promise.all([ping(), ping(), ping(), ping()]);
  await postgres.restart();
  const answers = await Promise.allSettled([ping(), ping(), ping(), ping()]);
  for (const answer of answers) assert.ok(answer.status === 'fulfilled' || isPassing(answer.reason));
  assert.deepEqual((await ping()).rows, [{ one: 1 }]);
});

test('a transaction that the server drops while it waits for something else passes as an outage, and ends no process', async () => {
  const work = inTransaction(ledger, async (tx) => {
    await sql`select 1`.execute(tx.db);
    await postgres.restart();
    await sql`select 1`.execute(tx.db);
  });
  await assert.rejects(work, isPassing);
  assert.deepEqual((await ping()).rows, [{ one: 1 }]);
});

test('a statement whose plan a migration has outdated passes as an outage, and works when it is tried again', async () => {
  const read = () => ledger.db.selectFrom('flowBrake').selectAll().execute();
  const readOften = async () => {
    for (let time = 0; time < 10; time += 1) await read();
  };
  await readOften();
  await ask(databaseUrl, 'alter table flow_brake add column added_by_a_migration text');
  await assert.rejects(read(), isPassing);
  await readOften();
});

test('a statement that the server drops passes as an outage', async () => {
  const sleeping = assert.rejects(sql`select pg_sleep(30)`.execute(ledger.db), isPassing);
  const end = `select pg_terminate_backend(pid) from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'`;
  await until('the statement runs', async () => (await ask(databaseUrl, end)).length > 0);
  await sleeping;
});

test('a server that is down, and a key asked of it, pass as an outage; when it is back, so are we', async () => {
  await postgres.stop();
  await assert.rejects(ping(), isPassing);
  await assert.rejects(ledger.keys.keyFor('connection:new'), isPassing);
  await postgres.start();
  assert.deepEqual((await ping()).rows, [{ one: 1 }]);
  assert.equal((await ledger.keys.keyFor('connection:new')).length, 32);
});

test('a password that is not taken passes as an outage: it may be in the middle of being changed', async () => {
  const address = new URL(databaseUrl);
  address.password = 'wrong';
  const opening = openLedger({ databaseUrl: address.href, masterKey: randomBytes(32).toString('base64') });
  await assert.rejects(opening, isPassing);
});

test('a statement that waits too long is ended, and tried again like an outage', async () => {
  const waiting = inTransaction(ledger, async (tx) => {
    await sql`set local statement_timeout = 50`.execute(tx.db);
    await sql`select pg_sleep(5)`.execute(tx.db);
  });
  await assert.rejects(waiting, isPassing);
  const { rows } = await sql`select current_setting('statement_timeout') as statement,
    current_setting('idle_in_transaction_session_timeout') as idle`.execute(ledger.db);
  assert.deepEqual(rows, [{ statement: '1min', idle: '1min' }]);
});

test('of two that wait for each other one is let through, and the other tries again', async () => {
  const inOrder = (first: string, second: string) =>
    inTransaction(ledger, async (tx) => {
      await lockName(tx, first);
      await sql`select pg_sleep(0.2)`.execute(tx.db);
      await lockName(tx, second);
    });
  const ends = await Promise.allSettled([inOrder('a', 'b'), inOrder('b', 'a')]);
  const lost = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  assert.equal(lost.length, 1);
  assert.ok(isPassing(lost[0]));
});

test('a statement that is wrong is a defect and no outage', async () => {
  await assert.rejects(sql`select * from nowhere`.execute(ledger.db), (error) => {
    return !isUnreachable(error) && failureOf(error).code === 'UNEXPECTED';
  });
});

test('work inside a transaction whose statement failed is undone as a whole', async () => {
  const work = inTransaction(ledger, async (tx) => {
    await lockName(tx, 'any');
    await sql`insert into control_number values ('kept', 1)`.execute(tx.db);
    await inTransaction(tx, (inner) => sql`select * from nowhere`.execute(inner.db)).catch(() => undefined);
  });
  await assert.rejects(work);
  const { rows } = await sql`select * from control_number`.execute(ledger.db);
  assert.deepEqual(rows, []);
});
