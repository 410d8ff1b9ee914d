import { Client, escapeIdentifier } from 'pg';

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

/** Drops what the test files of a run have left on a server that outlives it: templates, and what killed files had. */
export async function dropLeftDatabases(server: string, run: string): Promise<void> {
  await asAdministrator(server, async (admin) => {
    const { rows } = await admin.query<{ datname: string }>('select datname from pg_database where datname like $1', [
      `${run.replaceAll('_', '\\_')}\\_%`,
    ]);
    for (const { datname } of rows) await dropDatabase(admin, datname);
  });
}
