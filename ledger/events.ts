import { createHmac } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';
import { inTransaction, type Ledger } from './database.ts';
import type { EventRow } from './schema.ts';

/** Who did it: a worker's activity (with its attempt and run) or a person at the command line. */
export interface Provenance {
  readonly actor: string;
  readonly attempt?: number;
  readonly workflowId?: string;
  readonly runId?: string;
}

/** Something that happened to a document or a batch. `detail` holds counts, keys and hashes, never bodies or secrets. */
export interface NewEvent {
  readonly step: string;
  readonly detail?: Record<string, unknown>;
}

/** What has a chain of events of its own. */
export interface Subject {
  readonly table: 'document' | 'batch';
  readonly id: string;
}

/** Where the chain of a subject ends. */
export interface ChainHead {
  readonly id: string;
  readonly eventCount: number;
  readonly eventHead: Buffer | null;
}

export const EVENT_KEY = 'events';

/** The step with which a batch names the documents it stored. */
export const STORED = 'stored';

/**
 * The HMAC-SHA-256 of one event over the hash of the one before it (empty for the first), under a key that the database
 * holds only wrapped. Keys are sorted: `detail` comes back from jsonb in another order.
 */
export function eventHash(key: Buffer, previous: Buffer | null, event: Omit<EventRow, 'hash'>): Buffer {
  return createHmac('sha256', key)
    .update(previous ?? '')
    .update(
      stringify([
        event.subjectId,
        event.sequence,
        event.at.toISOString(),
        event.step,
        event.actor,
        event.attempt,
        event.workflowId,
        event.runId,
        event.detail,
      ]),
    )
    .digest();
}

/** Appends events to the chain of a subject, whose row it locks; call it in the transaction that makes them true. */
export async function appendEvents(
  ledger: Ledger,
  subject: Subject,
  events: readonly NewEvent[],
  provenance: Provenance,
): Promise<void> {
  await inTransaction(ledger, async (tx) => {
    const head = await tx.db
      .selectFrom(subject.table)
      .select(['id', 'eventCount', 'eventHead'])
      .where('id', '=', subject.id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    await continueChain(tx, subject.table, head, events, provenance);
  });
}

/** Appends events after a head that the transaction has locked. */
export async function continueChain(
  { db, keys, now }: Ledger,
  table: Subject['table'],
  head: ChainHead,
  events: readonly NewEvent[],
  provenance: Provenance,
): Promise<void> {
  const rows = chain(await keys.keyFor(EVENT_KEY), head, events, provenance, now());
  await insertEvents(db, rows);
  const last = rows.at(-1);
  if (!last) return;
  await db
    .updateTable(table)
    .set({ eventCount: last.sequence, eventHead: last.hash })
    .where('id', '=', head.id)
    .execute();
}

/** Appends one event. */
export async function appendEvent(
  ledger: Ledger,
  subject: Subject,
  event: NewEvent,
  provenance: Provenance,
): Promise<void> {
  await appendEvents(ledger, subject, [event], provenance);
}

/** The rows that continue a chain from `head`; a new subject has counted none. */
export function chain(
  key: Buffer,
  head: ChainHead,
  events: readonly NewEvent[],
  provenance: Provenance,
  at: Date,
): EventRow[] {
  let previous = head.eventHead;
  return events.map(({ step, detail = {} }, index) => {
    const row = {
      subjectId: head.id,
      sequence: head.eventCount + index + 1,
      at,
      step,
      actor: provenance.actor,
      attempt: provenance.attempt ?? null,
      workflowId: provenance.workflowId ?? null,
      runId: provenance.runId ?? null,
      detail,
    };
    const hash = eventHash(key, previous, row);
    previous = hash;
    return { ...row, hash };
  });
}

/** Inserts rows made by `chain`. */
export async function insertEvents(db: Ledger['db'], rows: readonly EventRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('event')
    .values(rows.map((row) => ({ ...row, detail: JSON.stringify(row.detail) })))
    .execute();
}
