import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

const FOLDER = new URL('./migrations/', import.meta.url);
const LOCK = 7_265_001;

/** The names of the migrations that a ledger has not run yet, in their order; every one in an empty database. Changes nothing. */
export async function pendingMigrations(url: string): Promise<readonly string[]> {
  return withClient(url, missing);
}

/**
 * Brings the schema to the newest numbered migration and returns the names it ran. Workers that start at once take turns
 * behind an advisory lock. `url` must be a login that owns the schema; where nothing is missing, any login will do.
 */
export async function migrate(url: string): Promise<readonly string[]> {
  return withClient(url, async (client) => {
    if ((await missing(client)).length === 0) return [];
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(
      'create table if not exists migration (name text primary key, ran_at timestamptz not null default now())',
    );
    const names = await missing(client);
    for (const name of names) await runOne(client, name);
    return names;
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // Without a listener, a connection that dies ends the process; the query under way fails with the same error.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

async function missing(client: pg.Client): Promise<string[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  const { rows: found } = await client.query("select to_regclass('migration') is not null as exists");
  if (!found[0]?.exists) return files;
  const { rows } = await client.query<{ name: string }>('select name from migration');
  const ran = new Set(rows.map((row) => row.name));
  return files.filter((name) => !ran.has(name));
}

async function runOne(client: pg.Client, name: string): Promise<void> {
  const text = await readFile(new URL(name, FOLDER), 'utf8');
  await client.query('begin');
  try {
    await client.query(text);
    await client.query('insert into migration (name) values ($1)', [name]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${name} failed`, { cause: error });
  }
}
