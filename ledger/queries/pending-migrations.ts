import { readdir } from 'node:fs/promises';
import pg from 'pg';

const FOLDER = new URL('../migrations/', import.meta.url);

/** The names of the migrations that a ledger has not run yet, in their order; every one in an empty database. Changes nothing. */
export async function pendingMigrations(url: string): Promise<readonly string[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows: found } = await client.query("select to_regclass('migration') is not null as exists");
    if (!found[0]?.exists) return files;
    const { rows } = await client.query<{ name: string }>('select name from migration');
    const ran = new Set(rows.map((row) => row.name));
    return files.filter((name) => !ran.has(name));
  } finally {
    await client.end();
  }
}
