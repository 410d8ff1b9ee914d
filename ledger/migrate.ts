import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

const FOLDER = new URL('./migrations/', import.meta.url);
const LOCK = 7_265_001;

/**
 * Brings the schema to the newest numbered migration and returns the names it ran. Workers that start at once take turns
 * behind an advisory lock. `url` must be a login that owns the schema.
 */
export async function migrate(url: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(
      'create table if not exists migration (name text primary key, ran_at timestamptz not null default now())',
    );
    const ran: string[] = [];
    for (const name of await missing(client)) {
      await runOne(client, name);
      ran.push(name);
    }
    return ran;
  } finally {
    await client.end();
  }
}

async function missing(client: pg.Client): Promise<string[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  const { rows } = await client.query<{ name: string }>('select name from migration');
  const known = new Set(rows.map((row) => row.name));
  return files.filter((name) => !known.has(name));
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
