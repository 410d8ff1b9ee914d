import type { Ledger } from './database.ts';

/** What is known of a flow's runs: the last that ended, and when the next should have begun. */
export interface ScheduleWatch {
  readonly flow: string;
  readonly configHash: string;
  readonly lastRunAt: Date | null;
  readonly expectedAt: Date;
}

export async function scheduleWatch({ db }: Ledger, flow: string): Promise<ScheduleWatch | undefined> {
  return db.selectFrom('scheduleWatch').selectAll().where('flow', '=', flow).executeTakeFirst();
}

export async function setScheduleWatch({ db }: Ledger, watch: ScheduleWatch): Promise<void> {
  const { flow: _, ...change } = watch;
  await db
    .insertInto('scheduleWatch')
    .values(watch)
    .onConflict((conflict) => conflict.column('flow').doUpdateSet(change))
    .execute();
}

/** Forgets what was expected of a flow, for instance since its schedule is paused. */
export async function forgetScheduleWatch({ db }: Ledger, flow: string): Promise<void> {
  await db.deleteFrom('scheduleWatch').where('flow', '=', flow).execute();
}
