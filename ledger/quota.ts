import { sql } from 'kysely';
import { inTransaction, type Ledger, lockName } from './database.ts';

/** The call budget of one company and client. Shares are percentages of the limit that only that class may use. */
export interface QuotaSettings {
  readonly bucket: string;
  readonly calls: number;
  readonly windowMs: number;
  readonly sharesPercent: Readonly<Record<string, number>>;
}

/** A slot was taken, or when to come back for the one that is now reserved. */
export type SlotAnswer = { readonly granted: true } | { readonly granted: false; readonly retryAfterMs: number };

/** When less than this part of a window's calls is left, writes are spread over the rest of the window. */
const SLOW_BELOW = 0.2;
const PACED_CLASSES = ['post', 'bulk'];

interface Window {
  readonly bucket: string;
  readonly callLimit: number;
  readonly windowMs: number;
  readonly windowEndsAt: Date;
  readonly used: number;
  readonly usedBy: Record<string, number>;
  readonly blockedUntil: Date | null;
}

/**
 * Takes one call from the budget that all workers share, or reserves a place in a later window. Whoever returns with a
 * reservation that is due is let in before others; classes never eat into each other's guaranteed share.
 */
export async function takeSlot(
  ledger: Ledger,
  settings: QuotaSettings,
  purpose: { readonly class: string; readonly holder: string },
): Promise<SlotAnswer> {
  return inTransaction(ledger, async (tx) => {
    await lockName(tx, `quota/${settings.bucket}`);
    const now = await databaseTime(tx);
    const window = await currentWindow(tx, settings, now);
    if (window.blockedUntil && window.blockedUntil > now) {
      return defer(tx, settings, window, purpose, now, window.blockedUntil);
    }
    const reservation = await tx.db
      .selectFrom('quotaReservation')
      .select('dueAt')
      .where('bucket', '=', settings.bucket)
      .where('holder', '=', purpose.holder)
      .executeTakeFirst();
    if (reservation && reservation.dueAt > now) {
      return { granted: false, retryAfterMs: reservation.dueAt.getTime() - now.getTime() };
    }
    const waiting = reservation ? 0 : await dueReservations(tx, window, now);
    if (freeFor(settings, window, purpose.class) - waiting <= 0) {
      return defer(tx, settings, window, purpose, now, window.windowEndsAt);
    }
    const paceMs = reservation ? 0 : paceOf(window, purpose.class, now);
    if (paceMs > 0) return reserve(tx, window, purpose, now, new Date(now.getTime() + paceMs));
    await grant(tx, window, purpose);
    return { granted: true };
  });
}

async function databaseTime({ db }: Ledger): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  return rows[0]?.now ?? new Date(Number.NaN);
}

/** The window that `now` is in; a window that has ended starts anew, with nothing used. */
async function currentWindow({ db }: Ledger, settings: QuotaSettings, now: Date): Promise<Window> {
  const fresh = {
    windowMs: settings.windowMs,
    windowEndsAt: new Date(now.getTime() + settings.windowMs),
    used: 0,
    usedBy: '{}',
  };
  const row = await db
    .insertInto('quota')
    .values({ bucket: settings.bucket, callLimit: settings.calls, ...fresh })
    .onConflict((conflict) => conflict.column('bucket').doUpdateSet({ bucket: settings.bucket }))
    .returningAll()
    .executeTakeFirstOrThrow();
  if (row.windowEndsAt > now) return row;
  return db
    .updateTable('quota')
    .set(fresh)
    .where('bucket', '=', settings.bucket)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Reservations of this window. One that is overdue by a whole window belongs to someone who will not come back. */
async function dueReservations({ db }: Ledger, window: Window, now: Date): Promise<number> {
  const row = await db
    .selectFrom('quotaReservation')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('bucket', '=', window.bucket)
    .where('dueAt', '<', window.windowEndsAt)
    .where('dueAt', '>', new Date(now.getTime() - window.windowMs))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** What a class may still take: what is left, less what others are guaranteed and have not used. */
function freeFor(settings: QuotaSettings, window: Window, callClass: string): number {
  const keptForOthers = Object.entries(settings.sharesPercent)
    .filter(([name]) => name !== callClass)
    .map(([name, percent]) => Math.ceil((percent / 100) * window.callLimit) - (window.usedBy[name] ?? 0))
    .reduce((sum, unused) => sum + Math.max(0, unused), 0);
  return window.callLimit - window.used - keptForOthers;
}

/** How long a write waits so that the last calls of a window are spread over what is left of it. */
function paceOf(window: Window, callClass: string, now: Date): number {
  const left = window.callLimit - window.used;
  if (!PACED_CLASSES.includes(callClass) || left > window.callLimit * SLOW_BELOW) return 0;
  const leftMs = window.windowEndsAt.getTime() - now.getTime();
  return Math.ceil(leftMs / (left + 1));
}

async function grant({ db }: Ledger, window: Window, purpose: { class: string; holder: string }): Promise<void> {
  const usedBy = { ...window.usedBy, [purpose.class]: (window.usedBy[purpose.class] ?? 0) + 1 };
  await db
    .updateTable('quota')
    .set({ used: window.used + 1, usedBy: JSON.stringify(usedBy) })
    .where('bucket', '=', window.bucket)
    .execute();
  await db
    .deleteFrom('quotaReservation')
    .where('bucket', '=', window.bucket)
    .where('holder', '=', purpose.holder)
    .execute();
}

/** Reserves the first place at or after `from`: as many a window as the class can get, spread over the window's length. */
async function defer(
  tx: Ledger,
  settings: QuotaSettings,
  window: Window,
  purpose: { class: string; holder: string },
  now: Date,
  from: Date,
): Promise<SlotAnswer> {
  const ahead = await reservationsAfter(tx, window.bucket, from);
  const perWindow = Math.max(1, freeFor(settings, { ...window, used: 0, usedBy: {} }, purpose.class));
  const spacingMs = (window.windowMs * SLOW_BELOW) / perWindow;
  const windowsAhead = Math.floor(ahead / perWindow);
  const dueMs = from.getTime() + windowsAhead * window.windowMs + Math.ceil((ahead % perWindow) * spacingMs);
  return reserve(tx, window, purpose, now, new Date(dueMs));
}

async function reservationsAfter({ db }: Ledger, bucket: string, from: Date): Promise<number> {
  const row = await db
    .selectFrom('quotaReservation')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('bucket', '=', bucket)
    .where('dueAt', '>=', from)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

async function reserve(
  { db }: Ledger,
  window: Window,
  purpose: { class: string; holder: string },
  now: Date,
  dueAt: Date,
): Promise<SlotAnswer> {
  await db
    .insertInto('quotaReservation')
    .values({ bucket: window.bucket, holder: purpose.holder, class: purpose.class, dueAt })
    .onConflict((conflict) => conflict.columns(['bucket', 'holder']).doUpdateSet({ dueAt }))
    .execute();
  return { granted: false, retryAfterMs: Math.max(1, dueAt.getTime() - now.getTime()) };
}

/** What an answer's rate headers said; the limit is unknown where a bare 429 does not name it. */
export interface RateReading {
  readonly limit: number | undefined;
  readonly remaining: number;
  readonly resetMs: number;
  readonly retryAfterMs?: number;
}

/** Rate headers count in whole seconds. */
const ROUNDING_MS = 1500;

/**
 * Corrects limit, window and remainder by what the target says: it counts every caller of the company, we only ours.
 * A remainder higher than ours is not believed within a window, since our calls under way are not in it yet.
 */
export async function correctQuota(ledger: Ledger, settings: QuotaSettings, reading: RateReading): Promise<void> {
  await inTransaction(ledger, async (tx) => {
    await lockName(tx, `quota/${settings.bucket}`);
    const now = await databaseTime(tx);
    const window = await currentWindow(tx, settings, now);
    const callLimit = reading.limit ?? window.callLimit;
    const windowEndsAt = new Date(now.getTime() + reading.resetMs);
    const hasStartedAnew = windowEndsAt.getTime() > window.windowEndsAt.getTime() + ROUNDING_MS;
    const counted = callLimit - reading.remaining;
    await tx.db
      .updateTable('quota')
      .set({
        callLimit,
        windowEndsAt,
        ...(hasStartedAnew ? { used: counted, usedBy: '{}' } : { used: Math.max(window.used, counted) }),
        ...(reading.retryAfterMs === undefined ? {} : { blockedUntil: new Date(now.getTime() + reading.retryAfterMs) }),
      })
      .where('bucket', '=', settings.bucket)
      .execute();
  });
}
