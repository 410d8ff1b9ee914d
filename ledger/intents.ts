import { type SelectQueryBuilder, sql } from 'kysely';
import { Failure } from '../failures/failure.ts';
import { assertOpen } from './brakes.ts';
import { inTransaction, type Ledger, lockName, violatesUnique } from './database.ts';
import { FINAL_STATES, noteOnDocument } from './documents.ts';
import type { NewEvent, Provenance } from './events.ts';
import type { Recovering } from './recovery.ts';
import type { DocumentRow, IntentRow, IntentState, Tables } from './schema.ts';
import { intentToken } from './tokens.ts';
import { standingOf } from './versions.ts';

/** The outcome of these is not known, or not written down yet: nothing else is written to their record. */
const OPEN_STATES: readonly IntentState[] = ['staged', 'sent', 'uncertain'];
/** Something has been written by these, or may have been. */
export const BEGUN_STATES: readonly IntentState[] = [...OPEN_STATES, 'confirmed'];

/** An intended effect: which step of a document, and which record of which connection it writes. */
export interface IntentPlan {
  readonly document: DocumentRow;
  readonly step: string;
  readonly target: string;
  readonly targetKey: string;
  /** Where the connection leads to, by any of these names: another company or server is another place. */
  readonly place: readonly string[];
}

/** What surrounds an intent before its request is built. */
export interface Outlook {
  /** Another write to the same record is open. */
  readonly isBusy: boolean;
  /** Something of the document has been written, or may have been, by another connection or at another place. */
  readonly isElsewhere: boolean;
  /** Undefined when no recovery goes on. */
  readonly recovering: Recovering | undefined;
}

/** `isNew`: no attempt before this one has planned it. */
export interface Planned {
  readonly intent: IntentRow;
  readonly isNew: boolean;
  readonly outlook: Outlook;
}

/**
 * Finds or makes the intent of a step, and looks around it. Its token depends on the business identity alone, so every attempt
 * meets the same row.
 */
export async function planIntent(ledger: Ledger, plan: IntentPlan, provenance: Provenance): Promise<Planned> {
  return inTransaction(ledger, async (tx) => {
    await lockTarget(tx, plan);
    const found = await findOrInsert(tx, plan, provenance);
    return { ...found, outlook: await lookAround(tx, found.intent, plan.place) };
  });
}

async function findOrInsert(tx: Ledger, plan: IntentPlan, provenance: Provenance) {
  const { document, step, target, targetKey } = plan;
  const token = intentToken({ ...document, step, target });
  const inserted = await tx.db
    .insertInto('intent')
    .values({ token, documentId: document.id, target, targetKey, step, state: 'planned' })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted) {
    await noteOnDocument(tx, document.id, { step: 'planned', detail: { intent: step, token } }, provenance);
    return { intent: inserted, isNew: true };
  }
  const intent = await tx.db.selectFrom('intent').selectAll().where('token', '=', token).executeTakeFirstOrThrow();
  // Sixty bits do not collide; if they ever did, one of the two must stop here instead of passing for the other.
  if (intent.documentId !== document.id) throw new Error(`Token ${token} belongs to document ${intent.documentId}`);
  return { intent, isNew: false };
}

/** What is written down before the effect: before the first byte leaves, or before an uploaded file gets its final name. */
export interface Sending {
  readonly to: 'sent' | 'staged';
  readonly intent: IntentRow;
  readonly document: DocumentRow;
  readonly requestHash: Buffer;
  readonly ifMatch?: string;
  readonly resultDigest?: string;
  readonly sendWindowMs: number;
  readonly detail?: Record<string, unknown>;
  readonly place: readonly string[];
  /** A newer version of the document's key supersedes this write, or waits for it: what it belongs to has been begun. */
  readonly newer?: 'supersedes' | 'waits';
  /** Asked under the lock: whether what the request was built from still holds. */
  readonly stillHolds?: (tx: Ledger) => Promise<boolean>;
}

/** `superseded`: a newer version of the document's key has arrived, which this one must not overwrite. */
export type SendPermit =
  | { readonly outcome: 'permitted'; readonly intent: IntentRow }
  | { readonly outcome: 'superseded' };

/**
 * `planned -> sent` (files: `planned -> staged`), the one door to another system. Passes only when the
 * connection and flow are open, no newer version exists, no other write to the same record is open, and nobody else moved
 * the intent meanwhile.
 * @throws Failure CONNECTION_HELD, FLOW_PAUSED, TARGET_BUSY, INTENT_MOVED
 */
export async function permitSend(ledger: Ledger, sending: Sending, provenance: Provenance): Promise<SendPermit> {
  const { intent, document } = sending;
  try {
    return await inTransaction(ledger, async (tx) => {
      await lockTarget(tx, intent);
      await assertOpen(tx, { connection: intent.target, flow: document.flow });
      const { state, hasNewer } = await standingOf(tx, document);
      if (sending.newer !== 'waits' && hasNewer) return { outcome: 'superseded' };
      if (FINAL_STATES.includes(state)) throw moved(intent.token);
      const planned = { ...intent, state: 'planned' as const };
      const sent = await moveIntent(tx, planned, sending.to, {
        attempt: intent.attempt + 1,
        sentAt: sql<Date>`clock_timestamp()`,
        sendWindowMs: sending.sendWindowMs,
        requestHash: sending.requestHash,
        ifMatch: sending.ifMatch ?? null,
        resultDigest: sending.resultDigest ?? null,
        detail: JSON.stringify({ ...intent.detail, ...sending.detail, place: sending.place }),
      });
      // After the move, which waits for a confirmation under way: before it, the question could be answered too early.
      if (sending.stillHolds && !(await sending.stillHolds(tx))) throw moved(intent.token);
      const detail = { intent: intent.step, attempt: sent.attempt, request: sending.requestHash.toString('hex') };
      await noteOnDocument(tx, document.id, { step: sending.to, detail }, provenance);
      // After the note, which waits for another sender of this document: under a connection of another name it has another intent.
      const here = { target: intent.target, place: sending.place };
      if (await isBegunElsewhere(tx, document.id, here)) throw moved(intent.token);
      return { outcome: 'permitted', intent: sent };
    });
  } catch (error) {
    if (!violatesUnique(error, 'intent_in_flight')) throw error;
    throw busy(intent, error);
  }
}

/** What surrounds an intent now: when nothing is open, what is read of its record is what an earlier version has left. */
export async function outlookOf(ledger: Ledger, intent: IntentRow, place: readonly string[]): Promise<Outlook> {
  return inTransaction(ledger, async (tx) => {
    await lockTarget(tx, intent);
    return lookAround(tx, intent, place);
  });
}

/** Two that plan or send a write to the same record take turns. */
function lockTarget(tx: Ledger, { target, targetKey }: Pick<IntentRow, 'target' | 'targetKey'>): Promise<void> {
  return lockName(tx, `target/${target}/${targetKey}`);
}

async function lookAround(
  { db }: Ledger,
  { target, targetKey, token, documentId }: IntentRow,
  place: readonly string[],
): Promise<Outlook> {
  const { isBusy, isElsewhere, since, declaredAt } = await db
    .selectNoFrom(({ exists, selectFrom }) => [
      exists(
        selectFrom('intent')
          .select('token')
          .where('target', '=', target)
          .where('targetKey', '=', targetKey)
          .where('token', '<>', token)
          .where('state', 'in', OPEN_STATES),
      ).as('isBusy'),
      exists(begunElsewhere(selectFrom('intent'), documentId, { target, place })).as('isElsewhere'),
      selectFrom('recovery').select('since').as('since'),
      selectFrom('recovery').select('declaredAt').as('declaredAt'),
    ])
    .executeTakeFirstOrThrow();
  const recovering = since && declaredAt ? { since, declaredAt } : undefined;
  return { isBusy: Boolean(isBusy), isElsewhere: Boolean(isElsewhere), recovering };
}

/** Whether something of a document has been written, or may have been, elsewhere than where this leads to. */
export async function isBegunElsewhere(
  { db }: Ledger,
  documentId: string,
  where: Pick<IntentPlan, 'target' | 'place'>,
): Promise<boolean> {
  return (await begunElsewhere(db.selectFrom('intent'), documentId, where).executeTakeFirst()) !== undefined;
}

function begunElsewhere(
  intents: SelectQueryBuilder<Tables, 'intent', object>,
  documentId: string,
  { target, place }: Pick<IntentPlan, 'target' | 'place'>,
) {
  return intents
    .select('token')
    .where('documentId', '=', documentId)
    .where('state', 'in', BEGUN_STATES)
    .where(({ or, eb }) => or([eb('target', '<>', target), sql<boolean>`not (detail -> 'place' ?| ${place}::text[])`]));
}

/** The failure of a document that waits for another write to its record. */
export function busy(intent: IntentRow, cause?: unknown): Failure {
  return new Failure('TARGET_BUSY', {
    message: `Document ${intent.documentId} waits: another write to its record in ${intent.target} is not settled yet.`,
    ...(cause === undefined ? {} : { cause }),
  });
}

type IntentChange = Parameters<ReturnType<Ledger['db']['updateTable']>['set']>[0] & object;

/** Compare-and-set on state and attempt: whoever lost the race must not act on what it believed. */
async function moveIntent(
  { db }: Ledger,
  from: Pick<IntentRow, 'token' | 'state' | 'attempt'>,
  to: IntentState,
  change: Record<string, unknown> = {},
): Promise<IntentRow> {
  const row = await db
    .updateTable('intent')
    .set({ ...(change as IntentChange), state: to, updatedAt: sql<Date>`clock_timestamp()` })
    .where('token', '=', from.token)
    .where('state', '=', from.state)
    .where('attempt', '=', from.attempt)
    .returningAll()
    .executeTakeFirst();
  if (row) return row;
  throw moved(from.token);
}

function moved(token: string): Failure {
  return new Failure('INTENT_MOVED', {
    message: `Another attempt has moved intent ${token}, or what it was built from; this one stands back.`,
  });
}

/** Closes an intent by compare-and-set, in the transaction that moves its document and says why. */
export function closeIntent(
  tx: Ledger,
  intent: IntentRow,
  to: 'confirmed' | 'abandoned',
  found: Partial<Pick<IntentRow, 'externalId' | 'learnedBy'>> = {},
): Promise<IntentRow> {
  return moveIntent(tx, intent, to, found);
}

/** Moves an intent by compare-and-set, together with the event that says why. */
export async function settleIntent(
  ledger: Ledger,
  intent: IntentRow,
  to: IntentState,
  change: Partial<Pick<IntentRow, 'externalId' | 'learnedBy' | 'repeatedAnswer'>> & {
    detail?: Record<string, unknown>;
  },
  event: NewEvent,
  provenance: Provenance,
): Promise<IntentRow> {
  const { detail, ...columns } = change;
  return inTransaction(ledger, async (tx) => {
    const moved = await moveIntent(tx, intent, to, {
      ...columns,
      ...(detail ? { detail: JSON.stringify({ ...intent.detail, ...detail }) } : {}),
    });
    await noteOnDocument(tx, intent.documentId, event, provenance);
    return moved;
  });
}

/**
 * How long, in milliseconds of the database's clock, until a write that left at `sent_at` can no longer land: the send
 * window, the target's own limit and a margin. 0 or less: it is safe to say "not there, so it was never applied".
 */
export async function msUntilSettled({ db }: Ledger, intent: IntentRow, targetLimitMs: number): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    select extract(epoch from (sent_at - clock_timestamp())) * 1000 + send_window_ms + ${targetLimitMs}::float8 as ms
    from intent where token = ${intent.token}`.execute(db);
  return Number(rows[0]?.ms ?? 0);
}

/** The intents of a document, in the order they were planned. */
export async function intentsOf({ db }: Ledger, documentId: string): Promise<IntentRow[]> {
  return db.selectFrom('intent').selectAll().where('documentId', '=', documentId).orderBy('createdAt').execute();
}
