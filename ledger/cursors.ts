import { sql } from 'kysely';
import { noteOnBatch } from './batches.ts';
import { inTransaction, type Ledger, lockName } from './database.ts';
import type { Provenance } from './events.ts';

/** Where a flow has got to, which batch brought it there, and since when it stands there. */
export interface CursorState {
  readonly position: Record<string, unknown>;
  readonly batchId: string;
  readonly updatedAt: Date;
}

/** Undefined before the first run that had something to commit. */
export async function cursorState({ db }: Ledger, flow: string): Promise<CursorState | undefined> {
  return db
    .selectFrom('cursor')
    .select(['position', 'batchId', 'updatedAt'])
    .where('flow', '=', flow)
    .executeTakeFirst();
}

/** The newest run of a flow, if it has not ended: it read its cursor when it began. */
export async function openRun({ db }: Ledger, flow: string) {
  const newest = await db
    .selectFrom('batch')
    .select(['id', 'state', 'workflowId', 'openedAt'])
    .where('flow', '=', flow)
    .orderBy('openedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return newest?.state === 'open' ? newest : undefined;
}

/**
 * Sets a cursor to another position, if it still stands where `from` says; returns whether it did. A run under way, which
 * began from the old position, ends as `overtaken`, and the next one begins from the new. The batch that brought the cursor
 * to where it stood keeps the event that says who moved it away.
 */
export async function setCursor(
  ledger: Ledger,
  flow: string,
  from: CursorState,
  to: Readonly<Record<string, unknown>>,
  { provenance, reason }: { readonly provenance: Provenance; readonly reason: string | null },
): Promise<boolean> {
  return inTransaction(ledger, async (tx) => {
    await lockName(tx, `cursor/${flow}`);
    const moved = await tx.db
      .updateTable('cursor')
      .set({ position: JSON.stringify(to), updatedAt: tx.now() })
      .where('flow', '=', flow)
      .where(sql<boolean>`position = ${JSON.stringify(from.position)}::jsonb`)
      .executeTakeFirst();
    if (moved.numUpdatedRows !== 1n) return false;
    const detail = { flow, from: from.position, to, reason };
    await noteOnBatch(tx, from.batchId, { step: 'cursor rewound', detail }, provenance);
    return true;
  });
}

/** Who set a cursor back since its batch has committed it, the latest first. */
export async function rewindsOf({ db }: Ledger, { batchId }: CursorState) {
  return db
    .selectFrom('event')
    .select(['at', 'actor', 'detail'])
    .where('subjectId', '=', batchId)
    .where('step', '=', 'cursor rewound')
    .orderBy('sequence', 'desc')
    .execute();
}
