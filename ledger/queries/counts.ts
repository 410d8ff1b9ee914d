import { type RawBuilder, sql } from 'kysely';
import type { Ledger } from '../database.ts';
import { conditionsOf, type DocumentFilter, documentTable } from './document-filter.ts';
import { drawersFor, drawerTable, IS_IN_DRAWER, isInOneOf } from './drawers.ts';

/** What documents are counted by. */
export const COUNTED_BY = ['code', 'state', 'flow', 'kind'] as const;
export type CountedBy = (typeof COUNTED_BY)[number];

/** How many documents have a value, and when the oldest of them arrived; `value` is null for those without one. */
export interface Count {
  readonly value: string | null;
  readonly count: number;
  readonly oldest: Date;
}

/** Its own, else that of the file it is a member of, which is asked for only where there is no other. */
const CODE = sql`coalesce(document.failure,
  (select file.failure from document as file where file.id = document.member_of)) ->> 'code'`;

/** How many of the documents that match have each value, the most first. Counts every one of them. */
export async function countDocuments(ledger: Ledger, filter: DocumentFilter, by: CountedBy): Promise<readonly Count[]> {
  const value = by === 'code' ? CODE : sql.ref(`document.${by}`);
  const { rows } = await sql<Count>`
    select ${value} as value, count(*) as count, min(document.created_at) as oldest
    from ${await matching(ledger, filter)}
    group by 1 order by count(*) desc, 1`.execute(ledger.db);
  return rows;
}

/** By state, how many documents match; undefined when they are more than `most`, which are not counted. */
export async function countByState(
  ledger: Ledger,
  filter: DocumentFilter,
  most: number,
): Promise<ReadonlyMap<string, number> | undefined> {
  const { rows } = await sql<{ state: string; count: number }>`
    select state, count(*) as count from (
      select document.state from ${await matching(ledger, filter)} limit ${most + 1}
    ) as document group by state order by state`.execute(ledger.db);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return total > most ? undefined : new Map(rows.map(({ state, count }) => [state, count]));
}

/** The documents that match, as a table `document`, drawer by drawer (`offset 0` leaves no other way). */
async function matching(ledger: Ledger, filter: DocumentFilter): Promise<RawBuilder<unknown>> {
  const drawn = await drawersFor(ledger, filter);
  const where = conditionsOf(filter);
  if (drawn?.asRanges) {
    return sql`(
      select document.* from ${drawerTable(drawn.drawers)} cross join lateral (
        select * from document where ${IS_IN_DRAWER} and ${where} offset 0) as document) as document`;
  }
  const inDrawer = drawn === undefined ? sql`true` : isInOneOf(drawn.drawers);
  return sql`(select document.* from ${documentTable(filter)} where ${where} and ${inDrawer}) as document`;
}
