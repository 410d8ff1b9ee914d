import { sql } from 'kysely';
import type { NoticeBody, Sink } from './alerts.ts';
import type { Ledger } from './database.ts';

/** A notice that one caller has taken on. */
export interface Notice {
  readonly id: string;
  readonly sink: Sink;
  readonly body: NoticeBody;
  readonly createdAt: Date;
}

/** Whoever took a notice and has not said that it is sent within this, in milliseconds, has died with it. */
const CLAIM_MS = 120_000;

/** Takes on the oldest notices that nobody is sending, at most `limit`. */
export async function claimNotices(ledger: Ledger, limit: number): Promise<Notice[]> {
  const at = ledger.now();
  const free = sql<boolean>`sent_at is null and (claimed_at is null or claimed_at < ${new Date(at.getTime() - CLAIM_MS)})`;
  const due = ledger.db
    .selectFrom('alertNotice')
    .select('id')
    .where(free)
    .orderBy('createdAt')
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked();
  const rows = await ledger.db
    .updateTable('alertNotice')
    .set({ claimedAt: at })
    .where('id', 'in', due)
    .returning(['id', 'sink', 'body', 'createdAt'])
    .execute();
  return rows
    .map((row) => ({ ...row, body: row.body as unknown as NoticeBody }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Notes that a notice is sent. */
export async function noticeSent({ db, now }: Ledger, id: string): Promise<void> {
  await db.updateTable('alertNotice').set({ sentAt: now() }).where('id', '=', id).execute();
}

/** Gives a notice back that could not be sent: it is taken on again by the next who looks. */
export async function releaseNotice({ db }: Ledger, id: string): Promise<void> {
  await db
    .updateTable('alertNotice')
    .set({ claimedAt: null })
    .where('id', '=', id)
    .where('sentAt', 'is', null)
    .execute();
}
