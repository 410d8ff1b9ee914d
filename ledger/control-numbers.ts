import { sql } from 'kysely';
import type { Ledger } from './database.ts';

/**
 * The next number of a sequence (a partner's file names, a direction's control numbers), never given twice. A transaction
 * that fails gives its number back: show it to nobody before the commit. Until then others wait for the next one.
 */
export async function nextControlNumber({ db }: Ledger, scope: string): Promise<number> {
  const row = await db
    .insertInto('controlNumber')
    .values({ scope, last: 1 })
    .onConflict((conflict) => conflict.column('scope').doUpdateSet({ last: sql`control_number.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow();
  return row.last;
}
