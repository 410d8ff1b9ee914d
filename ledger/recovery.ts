import { sql } from 'kysely';
import { inTransaction, type Ledger } from './database.ts';
import type { IntentRow, RecoveryRow } from './schema.ts';

/** Numbers of file names and interchanges that a recovery leaves out: so many may have been given since the backup. */
const NUMBERS_LEFT_OUT = 10_000;

/**
 * From now on this ledger looks before its first send of anything whether that was sent before: it does not know what was sent
 * after `since`. No number that may have been given since then is given again. Declared again, as after another copy was
 * restored, an earlier `since` stays, and everything is looked for anew.
 */
export async function declareRecovery(ledger: Ledger, since: Date, declaredBy: string): Promise<RecoveryRow> {
  return inTransaction(ledger, async ({ db }) => {
    await db
      .updateTable('controlNumber')
      .set({ last: sql`last + ${NUMBERS_LEFT_OUT}` })
      .execute();
    const declaredAt = sql<Date>`clock_timestamp()`;
    return db
      .insertInto('recovery')
      .values({ since, declaredBy, declaredAt })
      .onConflict((conflict) =>
        conflict.column('onlyOne').doUpdateSet({
          since: sql`least(recovery.since, excluded.since)`,
          declaredBy,
          declaredAt,
        }),
      )
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

/** The recovery that goes on; undefined when none does. */
export async function recovery({ db }: Ledger): Promise<RecoveryRow | undefined> {
  return db.selectFrom('recovery').selectAll().executeTakeFirst();
}

/** The recovery that goes on, as one who is about to send needs to know it. */
export type Recovering = Pick<RecoveryRow, 'since' | 'declaredAt'>;

/**
 * Since when, if a recovery goes on, a ledger that was lost may have sent what this intent is about. Undefined once this ledger
 * has sent it since the declaration, or a person has judged it: what was before stands in the copy, and tells nothing.
 */
export function mayBeSentSince(intent: IntentRow, recovering: Recovering | undefined): Date | undefined {
  if (recovering === undefined || intent.state !== 'planned') return undefined;
  const { judgedAt } = intent.detail as { readonly judgedAt?: string };
  const known = [intent.sentAt, judgedAt === undefined ? null : new Date(judgedAt)];
  return known.some((at) => at !== null && at >= recovering.declaredAt) ? undefined : recovering.since;
}

/** Sends need no look before them any more. Returns whether a recovery went on. */
export async function endRecovery({ db }: Ledger): Promise<boolean> {
  const ended = await db.deleteFrom('recovery').executeTakeFirst();
  return ended.numDeletedRows > 0n;
}
