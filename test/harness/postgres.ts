import { randomBytes } from 'node:crypto';
import { type Client, escapeIdentifier } from 'pg';
import type { Kept } from '../../sandbox/kept.ts';
import type { Postgres } from '../../sandbox/postgres.ts';
import { asAdministrator, dropDatabase } from './databases.ts';
import { atEnd, ownSupervisor } from './own.ts';
import { keepPostgres } from './parts.ts';
import { runId } from './run-id.ts';

/** A database that is made once per test run and then copied: preparing it takes seconds, copying it a moment. */
export interface Template {
  readonly name: string;
  /** Fills the empty database, and closes its own connections: one in use cannot be copied. */
  readonly prepare: (url: string) => Promise<void>;
}

export interface TestDatabase {
  readonly url: string;
}

/**
 * A fresh database for this test file, dropped when the file ends. Call it at the top level of the file.
 *
 * It lives in the server of the test run; a file that is run alone uses `DATABASE_URL`, or starts a server for itself.
 */
export async function withDatabase(template?: Template): Promise<TestDatabase> {
  const server = await serverUrl();
  const name = `${runId()}_${randomBytes(5).toString('hex')}`;
  await asAdministrator(server, async (admin) => {
    const source = template === undefined ? 'template1' : await ensureTemplate(admin, server, template);
    await admin.query(`create database ${escapeIdentifier(name)} template ${escapeIdentifier(source)}`);
  });
  atEnd(() => asAdministrator(server, (admin) => dropDatabase(admin, name)));
  return { url: databaseUrl(server, name) };
}

/** A Postgres server for this test file alone: for tests that stop it. It ends with the file. */
export async function privatePostgres(): Promise<Kept<Postgres>> {
  return keepPostgres(await ownSupervisor());
}

let own: Promise<Kept<Postgres>> | undefined;

async function serverUrl(): Promise<string> {
  const given = process.env.ML_CONNECTOR_TEST_DATABASE_URL || process.env.DATABASE_URL;
  if (given) return given;
  own ??= privatePostgres();
  return (await own).current.url;
}

/** Test files run at the same time; an advisory lock lets one make the template and the others wait for it. */
async function ensureTemplate(admin: Client, server: string, template: Template): Promise<string> {
  const name = `${runId()}_template_${template.name}`;
  await admin.query('select pg_advisory_lock(hashtext($1))', [name]);
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount === 0) {
    const making = `${name}_making`;
    await dropDatabase(admin, making);
    await admin.query(`create database ${escapeIdentifier(making)}`);
    await template.prepare(databaseUrl(server, making));
    await admin.query(`alter database ${escapeIdentifier(making)} rename to ${escapeIdentifier(name)}`);
  }
  await admin.query('select pg_advisory_unlock(hashtext($1))', [name]);
  return name;
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
