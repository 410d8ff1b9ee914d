import { sql } from 'kysely';
import { inTransaction, type Ledger, lockName } from './database.ts';
import { freeFor, paceOf, type QuotaSettings, SLOW_BELOW, type Waiting } from './quota-shares.ts';
import type { QuotaRow } from './schema.ts';

/** A slot was taken, and what was known of its window then; or when to come back for the one that is now reserved. */
export type SlotAnswer =
  | { readonly granted: true; readonly window: KnownWindow }
  | { readonly granted: false; readonly retryAfterMs: number };

/** What the ledger knows of a window, every call that was granted counted. */
export type KnownWindow = Pick<QuotaRow, 'callLimit' | 'windowEndsAt' | 'used'>;

/** Who asks for a call, for instance a document id and its step, and in which class. */
interface Purpose {
  readonly class: string;
  readonly holder: string;
}

/** How long, in milliseconds, a place is kept for whoever does not come when it is due. */
export const KEPT_MS = 60_000;

/** One question for a slot, under the lock of its bucket, at one moment of the database's clock. */
interface Asking {
  readonly tx: Ledger;
  readonly settings: QuotaSettings;
  readonly purpose: Purpose;
  readonly window: QuotaRow;
  readonly now: Date;
  /** Whether anybody has a place in this bucket. */
  readonly isAwaited: boolean;
  /** The number drawn when the place was reserved; undefined for a newcomer. */
  readonly ticket: number | undefined;
}

/**
 * Takes one call from the budget that all workers share, or reserves a place in a later window. Who asked first is served
 * first, and classes never eat into each other's guaranteed share.
 */
export async function takeSlot(ledger: Ledger, settings: QuotaSettings, purpose: Purpose): Promise<SlotAnswer> {
  return inTransaction(ledger, async (tx) => {
    await lockName(tx, `quota/${settings.bucket}`);
    const { window, now, isAwaited } = await currentWindow(tx, settings);
    const reservation = isAwaited ? await reservationOf(tx, settings.bucket, purpose.holder) : undefined;
    const asking = { tx, settings, purpose, window, now, isAwaited, ticket: reservation?.ticket };
    if (window.blockedUntil && window.blockedUntil > now) return defer(asking, window.blockedUntil);
    if (reservation && reservation.dueAt > now) return comeBack(now, reservation.dueAt);
    return takeOrWait(asking);
  });
}

async function takeOrWait(asking: Asking): Promise<SlotAnswer> {
  const { settings, purpose, window, now, ticket } = asking;
  const ahead = await waitingBetween(asking, new Date(now.getTime() - KEPT_MS), window.windowEndsAt);
  if (freeFor(settings, window, purpose.class, ahead) <= 0) return defer(asking, window.windowEndsAt);
  const leftMs = window.windowEndsAt.getTime() - now.getTime();
  const paceMs = ticket === undefined ? paceOf(window, purpose.class, ahead, leftMs) : 0;
  if (paceMs > 0) return reserve(asking, new Date(now.getTime() + paceMs));
  await grant(asking);
  const { callLimit, windowEndsAt, used } = window;
  return { granted: true, window: { callLimit, windowEndsAt, used: used + 1 } };
}

async function databaseTime({ db }: Ledger): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const [row] = rows;
  if (!row) throw new Error('The database did not tell its time');
  return row.now;
}

/** The window that the database's time is in, and whether anybody waits for it. */
async function currentWindow(
  ledger: Ledger,
  settings: QuotaSettings,
): Promise<Pick<Asking, 'window' | 'now' | 'isAwaited'>> {
  const row = await ledger.db
    .selectFrom('quota')
    .selectAll()
    .select(({ exists, selectFrom }) => [
      sql<Date>`clock_timestamp()`.as('now'),
      exists(selectFrom('quotaReservation').select('holder').whereRef('bucket', '=', 'quota.bucket')).as('isAwaited'),
    ])
    .where('bucket', '=', settings.bucket)
    .executeTakeFirst();
  if (row === undefined) {
    const now = await databaseTime(ledger);
    return { window: await freshWindow(ledger, settings, now), now, isAwaited: false };
  }
  const { now, isAwaited, ...known } = row;
  const window = known.windowEndsAt > now ? known : await freshWindow(ledger, settings, now);
  return { window, now, isAwaited: Boolean(isAwaited) };
}

/** A window that has ended starts anew, with nothing used. */
async function freshWindow({ db }: Ledger, settings: QuotaSettings, now: Date): Promise<QuotaRow> {
  const { bucket, calls, windowMs } = settings;
  const fresh = { windowMs, windowEndsAt: new Date(now.getTime() + windowMs), used: 0, usedBy: '{}', spentBy: '{}' };
  await db
    .deleteFrom('quotaReservation')
    .where('bucket', '=', bucket)
    .where('dueAt', '<', new Date(now.getTime() - windowMs - KEPT_MS))
    .execute();
  return db
    .insertInto('quota')
    .values({ bucket, callLimit: calls, ...fresh })
    .onConflict((conflict) => conflict.column('bucket').doUpdateSet(fresh))
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function reservationOf({ db }: Ledger, bucket: string, holder: string) {
  return db
    .selectFrom('quotaReservation')
    .select(['dueAt', 'ticket'])
    .where('bucket', '=', bucket)
    .where('holder', '=', holder)
    .executeTakeFirst();
}

/** Those who asked before, by class, whose places are due in a span of time. */
async function waitingBetween({ tx, settings, ticket, isAwaited }: Asking, from: Date, until?: Date): Promise<Waiting> {
  if (!isAwaited) return {};
  const rows = await tx.db
    .selectFrom('quotaReservation')
    .select(['class', ({ fn }) => fn.countAll<number>().as('count')])
    .where('bucket', '=', settings.bucket)
    .where('dueAt', '>=', from)
    .$if(until !== undefined, (query) => query.where('dueAt', '<', until ?? from))
    .$if(ticket !== undefined, (query) => query.where('ticket', '<', ticket ?? 0))
    .groupBy('class')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.class, row.count]));
}

async function grant({ tx, purpose, window, ticket }: Asking): Promise<void> {
  const usedBy = { ...window.usedBy, [purpose.class]: (window.usedBy[purpose.class] ?? 0) + 1 };
  const spender = `${purpose.class} ${await spenderOf(tx, purpose.holder)}`;
  const spentBy = { ...window.spentBy, [spender]: (window.spentBy[spender] ?? 0) + 1 };
  await tx.db
    .updateTable('quota')
    .set({ used: window.used + 1, usedBy: JSON.stringify(usedBy), spentBy: JSON.stringify(spentBy) })
    .where('bucket', '=', window.bucket)
    .execute();
  if (ticket === undefined) return;
  await tx.db
    .deleteFrom('quotaReservation')
    .where('bucket', '=', window.bucket)
    .where('holder', '=', purpose.holder)
    .execute();
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whose call it is: the flow of the document or batch that a holder begins with, else its first word (`ping`). */
export async function spenderOf({ db }: Ledger, holder: string): Promise<string> {
  const [subject = ''] = holder.split('/');
  if (!UUID.test(subject)) return subject;
  const document = await db.selectFrom('document').select('flow').where('id', '=', subject).executeTakeFirst();
  if (document) return document.flow;
  const batch = await db.selectFrom('batch').select('flow').where('id', '=', subject).executeTakeFirst();
  return batch?.flow ?? 'unknown';
}

/** Reserves a place at or after `from`: as many a window as the class can get, over the first part of the window. */
async function defer(asking: Asking, from: Date): Promise<SlotAnswer> {
  const { settings, purpose, window } = asking;
  const ahead = (await waitingBetween(asking, from))[purpose.class] ?? 0;
  const perWindow = Math.max(1, freeFor(settings, { ...window, used: 0, usedBy: {} }, purpose.class));
  const spacingMs = (window.windowMs * SLOW_BELOW) / perWindow;
  const windowsAhead = Math.floor(ahead / perWindow);
  const dueMs = from.getTime() + windowsAhead * window.windowMs + Math.ceil((ahead % perWindow) * spacingMs);
  return reserve(asking, new Date(dueMs));
}

/** A place reserved before keeps its ticket. */
async function reserve({ tx, settings, purpose, now }: Asking, dueAt: Date): Promise<SlotAnswer> {
  await tx.db
    .insertInto('quotaReservation')
    .values({ bucket: settings.bucket, holder: purpose.holder, class: purpose.class, dueAt })
    .onConflict((conflict) => conflict.columns(['bucket', 'holder']).doUpdateSet({ dueAt }))
    .execute();
  return comeBack(now, dueAt);
}

function comeBack(now: Date, dueAt: Date): SlotAnswer {
  return { granted: false, retryAfterMs: Math.max(1, dueAt.getTime() - now.getTime()) };
}

/** What an answer's rate headers said; the limit is unknown where a bare 429 does not name it. */
export interface RateReading {
  readonly limit: number | undefined;
  readonly remaining: number;
  readonly resetMs: number;
  readonly retryAfterMs?: number;
}

/** Rate headers count in whole seconds, rounded down: the window may go on for so long after the end they name. */
const SECOND_MS = 1000;

/**
 * Corrects limit, window and remainder by what the target says: it counts every caller of the company, we only ours.
 * A remainder higher than ours is not believed within a window, since our calls under way are not in it yet.
 */
export async function correctQuota(ledger: Ledger, settings: QuotaSettings, reading: RateReading): Promise<void> {
  await inTransaction(ledger, async (tx) => {
    await lockName(tx, `quota/${settings.bucket}`);
    const { window, now } = await currentWindow(tx, settings);
    await tx.db
      .updateTable('quota')
      .set({ ...corrected(window, reading, now), blockedUntil: blockedUntil(window, reading, now) })
      .where('bucket', '=', settings.bucket)
      .execute();
  });
}

/**
 * Whether an answer says nothing that the ledger did not know when it granted a call of this window: then there is nothing to
 * correct. The ends of one window differ by rounding, and by the clock of this process.
 */
export function isKnown(
  window: KnownWindow,
  { limit, remaining, resetMs, retryAfterMs }: RateReading,
  now: Date,
): boolean {
  const endsOffMs = Math.abs(endOf(resetMs, now).getTime() - window.windowEndsAt.getTime());
  const isSame = limit === window.callLimit && window.callLimit - remaining <= window.used;
  return retryAfterMs === undefined && isSame && endsOffMs <= 2 * SECOND_MS;
}

function endOf(resetMs: number, now: Date): Date {
  return new Date(now.getTime() + Math.ceil(resetMs / SECOND_MS) * SECOND_MS + SECOND_MS);
}

function corrected(window: QuotaRow, { limit, remaining, resetMs }: RateReading, now: Date) {
  const callLimit = limit ?? window.callLimit;
  const windowEndsAt = endOf(resetMs, now);
  // The end of one window varies from answer to answer, by rounding and by the time they take; the next one is far off.
  const hasStartedAnew = windowEndsAt.getTime() > window.windowEndsAt.getTime() + window.windowMs / 2;
  const counted = Math.max(0, callLimit - remaining);
  return hasStartedAnew
    ? { callLimit, windowEndsAt, used: counted, usedBy: '{}', spentBy: '{}' }
    : { callLimit, windowEndsAt, used: Math.max(window.used, counted) };
}

/** The longest of what was asked for: answers come in any order. */
function blockedUntil(window: QuotaRow, { retryAfterMs }: RateReading, now: Date): Date | null {
  if (retryAfterMs === undefined) return window.blockedUntil;
  const asked = now.getTime() + retryAfterMs;
  return new Date(Math.max(asked, window.blockedUntil?.getTime() ?? 0));
}
