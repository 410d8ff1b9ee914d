import { escapeIdentifier } from 'pg';
import { openLedger } from '../../ledger/open.ts';
import type { Connector } from './connector.ts';
import { asAdministrator, dropDatabase } from './databases.ts';
import { atEnd } from './own.ts';

/** A copy of the ledger as it is now, by its address. Whoever is connected loses the connection, and connects again. */
export async function backUp({ databaseUrl }: Connector): Promise<string> {
  const url = new URL(databaseUrl);
  const name = url.pathname.slice(1);
  const copy = `${name}_copy`;
  const server = databaseUrl.replace(name, 'postgres');
  await asAdministrator(server, async (admin) => {
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await admin.query(`create database ${escapeIdentifier(copy)} template ${escapeIdentifier(name)}`);
  });
  atEnd(() => asAdministrator(server, (admin) => dropDatabase(admin, copy)));
  url.pathname = `/${copy}`;
  return url.href;
}

/** The same parts with the ledger at another address. */
export async function connectedTo(connector: Connector, databaseUrl: string): Promise<Connector> {
  const env = { ...connector.env, DATABASE_URL: databaseUrl };
  const ledger = await openLedger({ databaseUrl, masterKey: connector.env.ML_CONNECTOR_MASTER_KEY ?? '' });
  atEnd(() => ledger.close());
  const documentsOf = (flow: string) => ledger.db.selectFrom('document').selectAll().where('flow', '=', `acme/${flow}`);
  return { ...connector, env, ledger, documents: (flow) => documentsOf(flow).orderBy('ordinal').execute() };
}
