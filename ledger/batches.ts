import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { inTransaction, type Ledger, lockName } from './database.ts';
import { appendEvent, type NewEvent, type Provenance } from './events.ts';
import type { BatchRow } from './schema.ts';

/** One run of a flow. `plan` is what the run found to do, in the flow's own terms. */
export interface NewBatch {
  readonly flow: string;
  readonly configHash: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly plan: Record<string, unknown>;
  /** Where the flow stood when the plan was made. */
  readonly cursor: Readonly<Record<string, unknown>> | undefined;
}

/** Opens the batch of a run, or finds the one this run opened before: a repeated poll changes nothing. */
export async function openBatch(ledger: Ledger, batch: NewBatch, provenance: Provenance): Promise<BatchRow> {
  return inTransaction(ledger, async (tx) => {
    const inserted = await tx.db
      .insertInto('batch')
      .values({
        id: uuidv7(),
        flow: batch.flow,
        configHash: batch.configHash,
        state: 'open',
        plan: JSON.stringify(batch.plan),
        cursorBefore: batch.cursor && JSON.stringify(batch.cursor),
        workflowId: batch.workflowId,
        runId: batch.runId,
      })
      .onConflict((conflict) => conflict.columns(['flow', 'workflowId', 'runId']).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (inserted) {
      await appendEvent(
        tx,
        { table: 'batch', id: inserted.id },
        { step: 'opened', detail: { flow: batch.flow } },
        provenance,
      );
    }
    const found = await findBatchOfRun(tx, batch);
    if (!found) throw new Error(`The batch of run ${batch.runId} is not in the ledger`);
    return found;
  });
}

/** The batch a run opened, if it did. */
export async function findBatchOfRun(
  { db }: Ledger,
  run: Pick<NewBatch, 'flow' | 'workflowId' | 'runId'>,
): Promise<BatchRow | undefined> {
  return db
    .selectFrom('batch')
    .selectAll()
    .where('flow', '=', run.flow)
    .where('workflowId', '=', run.workflowId)
    .where('runId', '=', run.runId)
    .executeTakeFirst();
}

/** The batch with this id. */
export async function getBatch({ db }: Ledger, id: string): Promise<BatchRow> {
  return db.selectFrom('batch').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** Adds an event to a batch. */
export async function noteOnBatch(ledger: Ledger, id: string, event: NewEvent, provenance: Provenance): Promise<void> {
  await appendEvent(ledger, { table: 'batch', id }, event, provenance);
}

/** What was noted on a batch under a step, in order. */
export async function notesOnBatch({ db }: Ledger, id: string, step: string): Promise<Record<string, unknown>[]> {
  const rows = await db
    .selectFrom('event')
    .select('detail')
    .where('subjectId', '=', id)
    .where('step', '=', step)
    .orderBy('sequence')
    .execute();
  return rows.map(({ detail }) => detail);
}

/** Where a flow has got to, or undefined before its first run. */
export async function readCursor({ db }: Ledger, flow: string): Promise<Record<string, unknown> | undefined> {
  const row = await db.selectFrom('cursor').select('position').where('flow', '=', flow).executeTakeFirst();
  return row?.position;
}

/**
 * Moves a flow's cursor, by compare-and-set with the position its batch began from. A run that was overtaken by another
 * leaves the cursor alone; what it stored is stored. Without a position there is nothing to move.
 */
export async function commitCursor(
  ledger: Ledger,
  batch: BatchRow,
  position: Record<string, unknown> | undefined,
  provenance: Provenance,
): Promise<'closed' | 'overtaken'> {
  if (batch.state !== 'open') return batch.state;
  if (position === undefined) return 'closed';
  return inTransaction(ledger, async (tx) => {
    // Two attempts of this run at once must not take each other for another run, also where there is no row yet.
    await lockName(tx, `cursor/${batch.flow}`);
    const cursor = tx.db.selectFrom('cursor').select('batchId').where('flow', '=', batch.flow);
    const current = await cursor.executeTakeFirst();
    if (current?.batchId === batch.id) return 'closed';
    if (!(await moveCursor(tx, batch, position))) return 'overtaken';
    await noteOnBatch(tx, batch.id, { step: 'cursor committed', detail: { cursor: position } }, provenance);
    return 'closed';
  });
}

/** Closes a batch; one that is closed stays as it is. */
export async function closeBatch(
  ledger: Ledger,
  batch: Pick<BatchRow, 'id'>,
  state: 'closed' | 'overtaken',
  provenance: Provenance,
): Promise<void> {
  await inTransaction(ledger, async (tx) => {
    const closed = await tx.db
      .updateTable('batch')
      .set({ state, closedAt: tx.now() })
      .where('id', '=', batch.id)
      .where('state', '=', 'open')
      .executeTakeFirst();
    if (closed.numUpdatedRows === 1n) await noteOnBatch(tx, batch.id, { step: state }, provenance);
  });
}

async function moveCursor({ db, now }: Ledger, batch: BatchRow, position: Record<string, unknown>): Promise<boolean> {
  const next = { position: JSON.stringify(position), batchId: batch.id, updatedAt: now() };
  if (!batch.cursorBefore) {
    const inserted = await db
      .insertInto('cursor')
      .values({ flow: batch.flow, ...next })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n;
  }
  const moved = await db
    .updateTable('cursor')
    .set(next)
    .where('flow', '=', batch.flow)
    .where(sql<boolean>`position = ${JSON.stringify(batch.cursorBefore)}::jsonb`)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}
