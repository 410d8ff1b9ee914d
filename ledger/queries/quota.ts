import { sql } from 'kysely';
import type { Ledger } from '../database.ts';
import { KEPT_MS, spenderOf } from '../quota.ts';
import { freeFor, paceOf, type QuotaSettings, type Spent, type Waiting } from '../quota-shares.ts';
import type { QuotaRow } from '../schema.ts';

/** One class of calls: what it is guaranteed, what it has used and who waits in it. */
export interface ClassStatus {
  readonly class: string;
  readonly guaranteed: number;
  readonly used: number;
  readonly waiting: number;
  /** When a call that were asked for now would be made, behind those who wait already. */
  readonly nextSlot: Date;
}

/** Calls of a class by one flow, or by whatever else asked (`ping`, `preview`). */
export interface Spender {
  readonly class: string;
  readonly who: string;
  readonly calls: number;
}

export interface Queue {
  readonly class: string;
  readonly who: string;
  readonly waiting: number;
  readonly nextDue: Date;
}

/** A call budget at this moment. */
export interface QuotaStatus {
  readonly bucket: string;
  readonly limit: number;
  readonly used: number;
  readonly left: number;
  /** Calls of the window that the target has counted and we have not made. */
  readonly usedByOthers: number;
  /** Null while no window has begun: the first call begins one. */
  readonly windowEnds: Date | null;
  readonly blockedUntil: Date | null;
  readonly classes: readonly ClassStatus[];
  readonly spenders: readonly Spender[];
  readonly queues: readonly Queue[];
}

/** How a budget stands. Reads only. */
export async function quotaStatus(ledger: Ledger, settings: QuotaSettings): Promise<QuotaStatus> {
  const now = await databaseTime(ledger);
  const row = await ledger.db.selectFrom('quota').selectAll().where('bucket', '=', settings.bucket).executeTakeFirst();
  const window = row && row.windowEndsAt > now ? row : undefined;
  const spent: Spent = window ?? { callLimit: row?.callLimit ?? settings.calls, used: 0, usedBy: {} };
  const queues = await queuesOf(ledger, settings.bucket, now);
  const waiting = waitingByClass(queues);
  const blockedUntil = row?.blockedUntil && row.blockedUntil > now ? row.blockedUntil : null;
  const ours = Object.values(spent.usedBy).reduce((sum, calls) => sum + calls, 0);
  return {
    bucket: settings.bucket,
    limit: spent.callLimit,
    used: spent.used,
    left: Math.max(0, spent.callLimit - spent.used),
    usedByOthers: Math.max(0, spent.used - ours),
    windowEnds: window?.windowEndsAt ?? null,
    blockedUntil,
    classes: Object.keys(settings.sharesPercent).map((name) => ({
      class: name,
      guaranteed: Math.floor(((settings.sharesPercent[name] ?? 0) / 100) * spent.callLimit),
      used: spent.usedBy[name] ?? 0,
      waiting: waiting[name] ?? 0,
      nextSlot: nextSlot({ settings, spent, window, waiting, now, blockedUntil }, name),
    })),
    spenders: spendersOf(window),
    queues,
  };
}

async function databaseTime({ db }: Ledger): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  return rows[0]?.now ?? new Date();
}

interface Moment {
  readonly settings: QuotaSettings;
  readonly spent: Spent;
  readonly window: QuotaRow | undefined;
  readonly waiting: Waiting;
  readonly now: Date;
  readonly blockedUntil: Date | null;
}

/** Now, after a pause that was asked for, spread over the rest of the window, or in the next one. */
function nextSlot({ settings, spent, window, waiting, now, blockedUntil }: Moment, callClass: string): Date {
  if (blockedUntil) return blockedUntil;
  if (!window) return now;
  if (freeFor(settings, spent, callClass, waiting) <= 0) return window.windowEndsAt;
  const leftMs = window.windowEndsAt.getTime() - now.getTime();
  return new Date(now.getTime() + paceOf(spent, callClass, waiting, leftMs));
}

/** Places that are still kept, by class and by whose they are. */
async function queuesOf(ledger: Ledger, bucket: string, now: Date): Promise<readonly Queue[]> {
  const places = await ledger.db
    .selectFrom('quotaReservation')
    .select(['class', 'holder', 'dueAt'])
    .where('bucket', '=', bucket)
    .where('dueAt', '>=', new Date(now.getTime() - KEPT_MS))
    .orderBy('dueAt')
    .execute();
  const named = await Promise.all(
    places.map(async ({ holder, ...place }) => ({ ...place, who: await spenderOf(ledger, holder) })),
  );
  return [...Map.groupBy(named, (place) => JSON.stringify([place.class, place.who])).values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ class: first.class, who: first.who, waiting: group.length, nextDue: first.dueAt }] : [];
  });
}

function waitingByClass(queues: readonly Queue[]): Waiting {
  const waiting: Record<string, number> = {};
  for (const queue of queues) waiting[queue.class] = (waiting[queue.class] ?? 0) + queue.waiting;
  return waiting;
}

function spendersOf(window: QuotaRow | undefined): readonly Spender[] {
  return Object.entries(window?.spentBy ?? {})
    .map(([key, calls]) => {
      const space = key.indexOf(' ');
      return { class: key.slice(0, space), who: key.slice(space + 1), calls };
    })
    .sort((a, b) => b.calls - a.calls);
}
