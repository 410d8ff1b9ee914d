import { sql } from 'kysely';
import type { Ledger } from '../database.ts';

/** Documents of a flow that wait for a person, by the code of their failure. Members of a file count with the file. */
export interface WaitingForPerson {
  readonly flow: string;
  readonly state: 'failed' | 'uncertain';
  readonly code: string;
  readonly count: number;
}

export async function waitingForPerson({ db }: Ledger): Promise<WaitingForPerson[]> {
  const rows = await db
    .selectFrom('document')
    .select(({ fn }) => [
      'flow',
      'state',
      sql<string>`coalesce(failure ->> 'code', '')`.as('code'),
      fn.countAll<number>().as('count'),
    ])
    .where('state', 'in', ['failed', 'uncertain'])
    .where('memberOf', 'is', null)
    .groupBy(['flow', 'state', 'code'])
    .orderBy('flow')
    .orderBy('code')
    .execute();
  return rows.map((row) => ({ ...row, state: row.state === 'failed' ? 'failed' : 'uncertain' }));
}

/** A call budget whose waiting calls do not fit into this window and the next one. */
export interface StarvedBudget {
  readonly bucket: string;
  readonly waiting: number;
  readonly lastDueAt: Date;
}

export async function starvedBudgets({ db, now }: Ledger): Promise<StarvedBudget[]> {
  return db
    .selectFrom('quota')
    .innerJoin('quotaReservation', 'quotaReservation.bucket', 'quota.bucket')
    .select(({ fn }) => [
      'quota.bucket',
      fn.countAll<number>().as('waiting'),
      fn.max('quotaReservation.dueAt').as('lastDueAt'),
    ])
    .where('quotaReservation.dueAt', '>', now())
    .groupBy(['quota.bucket', 'quota.windowEndsAt', 'quota.windowMs'])
    .having(sql<boolean>`max(quota_reservation.due_at) > quota.window_ends_at + quota.window_ms * interval '1 ms'`)
    .orderBy('quota.bucket')
    .execute();
}

/** When the last run of a flow ended that read its source to the end; null when none has. */
export async function lastRunEnded({ db }: Ledger, flow: string): Promise<Date | null> {
  const row = await db
    .selectFrom('batch')
    .select('closedAt')
    .where('flow', '=', flow)
    .where('state', '<>', 'open')
    .orderBy('openedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.closedAt ?? null;
}

/** Whether a flow got a document in each of these spans of time: after `from`, up to `to`. */
export async function gotDocuments(
  { db }: Ledger,
  flow: string,
  spans: readonly { readonly from: Date; readonly to: Date }[],
): Promise<boolean[]> {
  const { rows } = await sql<{ got: boolean }>`
    select exists (
      select from document where flow = ${flow} and created_at > span.from_at and created_at <= span.to_at
    ) as got
    from unnest(${spans.map(({ from }) => from)}::timestamptz[], ${spans.map(({ to }) => to)}::timestamptz[])
      with ordinality as span (from_at, to_at, place)
    order by span.place`.execute(db);
  return rows.map(({ got }) => got);
}
