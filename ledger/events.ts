import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { stringify } from 'safe-stable-stringify';
import type { ChainHead } from './chain-heads.ts';
import { inTransaction, type Ledger } from './database.ts';
import type { DocumentColumns, DocumentState, EventRow } from './schema.ts';

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

/** Appends events to the chain of a subject; call it in the transaction that makes them true. */
export async function appendEvents(
  ledger: Ledger,
  subject: Subject,
  events: readonly NewEvent[],
  provenance: Provenance,
): Promise<void> {
  const { table, id } = subject;
  if (await appendWhereGuessed(ledger, { table, id, events, provenance })) return;
  await inTransaction(ledger, async (tx) => {
    const head = await tx.db
      .selectFrom(table)
      .select(['id', 'eventCount', 'eventHead'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    await continueChain(tx, table, head, events, provenance);
  });
}

/** Appends events after a head that the transaction has locked. */
export async function continueChain(
  { db, keys, now, heads }: Ledger,
  table: Subject['table'],
  head: ChainHead,
  events: readonly NewEvent[],
  provenance: Provenance,
): Promise<void> {
  const rows = chain(await keys.keyFor(EVENT_KEY), head, events, provenance, now());
  const last = rows.at(-1);
  if (!last) return;
  await db
    .with('appended', (step) => step.insertInto('event').values(rows.map(asValues)))
    .updateTable(table)
    .set({ eventCount: last.sequence, eventHead: last.hash })
    .where('id', '=', head.id)
    .execute();
  heads.learn({ id: head.id, eventCount: last.sequence, eventHead: last.hash });
}

/** Events for a subject, and what changes in its row with them. */
export interface Appending {
  readonly table: Subject['table'];
  readonly id: string;
  readonly events: readonly NewEvent[];
  readonly provenance: Provenance;
  /** Columns of a document to change with the events, unless it is in one of these states. */
  readonly change?: { readonly columns: DocumentColumns; readonly unless: readonly DocumentState[] };
}

/**
 * Appends in one statement where the chain ends as this process believes it does. False when it believes nothing, or is
 * wrong, or the document is in a state that the change does not leave: then nothing has been done.
 */
export async function appendWhereGuessed(ledger: Ledger, appending: Appending): Promise<boolean> {
  const { table, id, events, provenance, change } = appending;
  const guess = ledger.heads.get(id);
  if (guess === undefined) return false;
  const rows = chain(await ledger.keys.keyFor(EVENT_KEY), guess, events, provenance, ledger.now());
  const last = rows.at(-1);
  if (last === undefined) return true;
  const end = { eventCount: last.sequence, eventHead: last.hash };
  const appended = await ledger.db
    .with('moved', (step) =>
      step
        .updateTable(table)
        .set({ ...change?.columns, ...end })
        .where('id', '=', id)
        .where('eventCount', '=', guess.eventCount)
        .where('eventHead', 'is not distinct from', guess.eventHead)
        .$if(change !== undefined, (query) => query.where('state', 'not in', change?.unless ?? []))
        .returning('id'),
    )
    .insertInto('event')
    .columns(['subjectId', 'sequence', 'at', 'step', 'actor', 'attempt', 'workflowId', 'runId', 'detail', 'hash'])
    .expression(whereMoved(rows))
    .executeTakeFirst();
  if (appended.numInsertedOrUpdatedRows === 0n) return false;
  ledger.heads.learn({ id, ...end });
  return true;
}

/** The rows as one parameter a column, so that any number of them is the same statement. */
function whereMoved(rows: readonly EventRow[]) {
  const column = <Name extends keyof EventRow>(name: Name) => rows.map((row) => row[name]);
  return sql`select moved.id, rows.sequence, rows.at, rows.step, rows.actor, rows.attempt, rows.workflow_id, rows.run_id,
      rows.detail::jsonb, rows.hash
    from moved, unnest(${column('sequence')}::int[], ${column('at')}::timestamptz[], ${column('step')}::text[],
      ${column('actor')}::text[], ${column('attempt')}::int[], ${column('workflowId')}::text[], ${column('runId')}::text[],
      ${rows.map(({ detail }) => JSON.stringify(detail))}::text[], ${column('hash')}::bytea[])
      as rows (sequence, at, step, actor, attempt, workflow_id, run_id, detail, hash)`;
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
  await db.insertInto('event').values(rows.map(asValues)).execute();
}

function asValues(row: EventRow) {
  return { ...row, detail: JSON.stringify(row.detail) };
}
