import { Client, escapeIdentifier } from 'pg';
import { runId } from './run-id.ts';

/** Drops a database, whoever is connected to it. */
export async function dropDatabase(admin: Client, name: string): Promise<void> {
  await admin.query(`drop database if exists ${escapeIdentifier(name)} with (force)`);
}

/** Lends a connection to the server for making and dropping databases. */
export async function asAdministrator<T>(server: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: server });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** Drops what test files that were killed have left on a server that outlives the run. */
export async function dropLeftDatabases(server: string): Promise<void> {
  await asAdministrator(server, async (admin) => {
    const { rows } = await admin.query<{ datname: string }>('select datname from pg_database where datname like $1', [
      `${runId().replaceAll('_', '\\_')}\\_%`,
    ]);
    for (const { datname } of rows) await dropDatabase(admin, datname);
  });
}
