import { sql } from 'kysely';
import { inTransaction, type Ledger } from './database.ts';
import type { IntentRow, RecoveryRow } from './schema.ts';

/** Numbers of file names and interchanges that a recovery leaves out: so many may have been given since the backup. */
const NUMBERS_LEFT_OUT = 10_000;

/**
 * From now on every first send looks first whether it was sent before: this ledger does not know what was sent after `since`.
 * No number that may have been given since then is given again. Declared again, an earlier `since` stays.
 */
export async function declareRecovery(ledger: Ledger, since: Date, declaredBy: string): Promise<RecoveryRow> {
  return inTransaction(ledger, async ({ db }) => {
    const known = await db.selectFrom('recovery').selectAll().executeTakeFirst();
    if (!known) {
      await db
        .updateTable('controlNumber')
        .set({ last: sql`last + ${NUMBERS_LEFT_OUT}` })
        .execute();
    }
    return db
      .insertInto('recovery')
      .values({ since, declaredBy })
      .onConflict((conflict) =>
        conflict.column('onlyOne').doUpdateSet({ since: sql`least(recovery.since, excluded.since)`, declaredBy }),
      )
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

/** The recovery that goes on; undefined when none does. */
export async function recovery({ db }: Ledger): Promise<RecoveryRow | undefined> {
  return db.selectFrom('recovery').selectAll().executeTakeFirst();
}

/**
 * Since when, if a recovery goes on, a first send of this intent may have been made by a ledger that was lost. Undefined for an intent
 * that was sent by this one, or that a person has judged.
 */
export function mayBeSentSince(intent: IntentRow, recoveringSince: Date | undefined): Date | undefined {
  const isFirst = intent.state === 'planned' && intent.attempt === 0 && intent.detail.judged !== true;
  return isFirst ? recoveringSince : undefined;
}

/** First sends need no look any more. Returns whether a recovery went on. */
export async function endRecovery({ db }: Ledger): Promise<boolean> {
  const ended = await db.deleteFrom('recovery').executeTakeFirst();
  return ended.numDeletedRows > 0n;
}
