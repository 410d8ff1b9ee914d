import { sql } from 'kysely';
import type { Ledger } from '../database.ts';

/** The names of all integrations that were ever applied to this ledger. */
export async function integrationsEverApplied({ db }: Ledger): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('configVersion').select('integration').distinct().execute();
  return new Set(rows.map((row) => row.integration));
}

/** The names of all flows that ever ran. */
export async function flowsSeen({ db }: Ledger): Promise<readonly string[]> {
  // From one flow to the next in the index: a flow has a batch for every run it ever made.
  const { rows } = await sql<{ flow: string }>`
    with recursive seen as (
      (select flow from batch order by flow limit 1)
      union all
      select next.flow from seen cross join lateral (
        select flow from batch where batch.flow > seen.flow order by flow limit 1
      ) as next
    )
    select flow from seen`.execute(db);
  return rows.map(({ flow }) => flow);
}

/** How much the record holds. */
export async function countRecord({ db }: Ledger): Promise<{ readonly documents: number; readonly events: number }> {
  const count = async (table: 'document' | 'event') => {
    const counting = db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('count'));
    return (await counting.executeTakeFirstOrThrow()).count;
  };
  return { documents: await count('document'), events: await count('event') };
}
