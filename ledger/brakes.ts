import { Failure } from '../failures/failure.ts';
import type { Ledger } from './database.ts';

/** How long a held document waits before it looks again, in milliseconds: a released brake takes effect within it. */
const LOOK_AGAIN_MS = 5_000;

/**
 * Passes when both the connection and the flow are open.
 * @throws Failure CONNECTION_HELD (blocked by refused credentials, or paused by an operator), FLOW_PAUSED
 */
export async function assertOpen(
  { db }: Ledger,
  { connection, flow }: { readonly connection: string; readonly flow: string },
): Promise<void> {
  const { latch, latchReason, brake } = await db
    .selectNoFrom(({ selectFrom }) => {
      const held = selectFrom('connection').where('name', '=', connection).where('latch', '<>', 'open');
      return [
        held.select('latch').as('latch'),
        held.select('latchReason').as('latchReason'),
        selectFrom('flowBrake').select('reason').where('flow', '=', flow).as('brake'),
      ];
    })
    .executeTakeFirstOrThrow();
  if (latch !== null) {
    throw new Failure('CONNECTION_HELD', {
      message: `Connection ${connection} is ${latch}${latchReason ? `: ${latchReason}` : ''}.`,
      retryAfterMs: LOOK_AGAIN_MS,
    });
  }
  if (brake !== null) {
    throw new Failure('FLOW_PAUSED', { message: `Flow ${flow} is paused: ${brake}.`, retryAfterMs: LOOK_AGAIN_MS });
  }
}

/** Pulls the emergency brake of a flow: nothing new is sent from now on; what is under way ends. */
export async function pauseFlow({ db, now }: Ledger, flow: string, reason: string, pausedBy: string): Promise<void> {
  await db
    .insertInto('flowBrake')
    .values({ flow, reason, pausedBy, pausedAt: now() })
    .onConflict((conflict) => conflict.column('flow').doUpdateSet({ reason, pausedBy, pausedAt: now() }))
    .execute();
}

/** Lets a flow go on; returns whether it was paused. */
export async function resumeFlow({ db }: Ledger, flow: string): Promise<boolean> {
  const removed = await db.deleteFrom('flowBrake').where('flow', '=', flow).executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

/** Every paused flow. */
export async function pausedFlows({ db }: Ledger) {
  return db.selectFrom('flowBrake').selectAll().orderBy('flow').execute();
}
