import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { sql } from 'kysely';
import { openDatabase } from '../../ledger/database.ts';
import { noteOnDocument } from '../../ledger/documents.ts';
import { migrate, pendingMigrations } from '../../ledger/migrate.ts';
import { openLedger } from '../../ledger/open.ts';
import { atEnd } from '../harness/own.ts';
import { withDatabase } from '../harness/postgres.ts';
import { ask, insertOne, MIGRATIONS, newDocument, provenance, withLedger } from './rig.ts';

const { ledger, url, masterKey, asOwner, findings } = await withLedger();

/** A login for this test. It is made before the databases it owns something in, since it is dropped after them. */
async function newLogin() {
  const name = `test_login_${randomBytes(5).toString('hex')}`;
  await asOwner(`create role ${name} login password 'known' in role ml_connector_worker`);
  atEnd(() => ask(at(url, '/postgres'), `drop role ${name}`));
  const address = new URL(url);
  address.username = name;
  address.password = 'known';
  return { name, url: address.href };
}

/** The address of another database of the same server. */
function at(address: string, database: string): string {
  return new URL(new URL(database, 'postgres://base').pathname, address).href;
}

const denied = { code: '42501' };
const { id } = await insertOne(ledger, newDocument('guarded'));

test('a worker may add events and read them, and neither change nor remove them', async () => {
  await noteOnDocument(ledger, id, { step: 'noted' }, provenance);
  await assert.rejects(ledger.db.updateTable('event').set({ actor: 'nobody' }).execute(), denied);
  await assert.rejects(ledger.db.deleteFrom('event').execute(), denied);
  await assert.rejects(sql`truncate event`.execute(ledger.db), denied);
});

test('a worker may not remove documents, batches, intents, configurations, or what was migrated', async () => {
  for (const table of ['document', 'batch', 'intent', 'config_version', 'migration']) {
    await assert.rejects(sql`delete from ${sql.table(table)}`.execute(ledger.db), denied, table);
    await assert.rejects(sql`truncate ${sql.table(table)} cascade`.execute(ledger.db), denied, table);
  }
  await assert.rejects(sql`drop table event`.execute(ledger.db), denied);
});

test('a login that is only a member of the worker role cannot leave it for more', async () => {
  const login = await newLogin();
  const restricted = await openLedger({ databaseUrl: login.url, masterKey });
  atEnd(() => restricted.close());
  await insertOne(restricted, newDocument('by the restricted login'));
  for (const attempt of ['set role none', 'reset role', 'set session authorization default']) {
    await restricted.db.connection().execute(async (db) => {
      await sql.raw(attempt).execute(db);
      await assert.rejects(db.updateTable('event').set({ actor: 'nobody' }).execute(), denied, attempt);
    });
  }
  await assert.rejects(ask(login.url, 'alter table event owner to current_user'), denied);
  assert.deepEqual(await findings(), []);
});

test('a restricted login starts where nothing is to be migrated, and is refused where something is', async () => {
  const login = await newLogin();
  assert.deepEqual(await pendingMigrations(login.url), []);
  assert.deepEqual(await migrate(login.url), []);
  const empty = await withDatabase();
  assert.deepEqual(await pendingMigrations(at(login.url, empty.url)), MIGRATIONS);
  await assert.rejects(migrate(at(login.url, empty.url)), denied);
});

test('an owner who is no superuser migrates, and a login of the worker role works beside it', async () => {
  const [owner, worker] = [await newLogin(), await newLogin()];
  const empty = await withDatabase();
  await asOwner(`alter database ${new URL(empty.url).pathname.slice(1)} owner to ${owner.name}`);
  assert.deepEqual(await migrate(at(owner.url, empty.url)), MIGRATIONS);
  const opened = await openLedger({ databaseUrl: at(worker.url, empty.url), masterKey });
  assert.equal((await opened.keys.keyFor('connection:any')).length, 32);
  await opened.close();
});

test('options in the address of the database do not take the place of the role', async () => {
  const address = new URL(url);
  address.searchParams.set('options', '-c role=none -c application_name=theirs');
  const db = openDatabase(address.href, { maxConnections: 1 });
  atEnd(() => db.destroy());
  const { rows } = await sql`select current_user as role, current_setting('application_name') as name`.execute(db);
  assert.deepEqual(rows, [{ role: 'ml_connector_worker', name: 'theirs' }]);
});

test('an address that is none is refused without being repeated', () => {
  const given = 'not an address with a secret';
  assert.throws(
    () => openDatabase(given, { maxConnections: 1 }),
    (error: Error & { code?: string }) => error.code === 'ENVIRONMENT_INVALID' && !error.message.includes('secret'),
  );
});
