import type { Ledger } from '../database.ts';

/** The names of all integrations that were ever applied to this ledger. */
export async function integrationsEverApplied({ db }: Ledger): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('configVersion').select('integration').distinct().execute();
  return new Set(rows.map((row) => row.integration));
}

/** The names of all flows that ever ran. */
export async function flowsSeen({ db }: Ledger): Promise<readonly string[]> {
  const rows = await db.selectFrom('batch').select('flow').distinct().execute();
  return rows.map((row) => row.flow);
}

/** How much the record holds. */
export async function countRecord({ db }: Ledger): Promise<{ readonly documents: number; readonly events: number }> {
  const count = async (table: 'document' | 'event') => {
    const counting = db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('count'));
    return (await counting.executeTakeFirstOrThrow()).count;
  };
  return { documents: await count('document'), events: await count('event') };
}
