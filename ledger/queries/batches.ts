import type { Ledger } from '../database.ts';
import type { BatchState, DocumentState } from '../schema.ts';

/** What a run brought: its documents, and where they stand now. */
export interface BatchOutcome {
  readonly state: BatchState;
  readonly documents: number;
  readonly states: readonly { readonly state: DocumentState; readonly count: number }[];
}

/** The outcome of the run of a flow with this workflow id; undefined when it opened no batch. */
export async function batchOutcome(
  { db }: Ledger,
  flow: string,
  workflowId: string,
): Promise<BatchOutcome | undefined> {
  const batch = await db
    .selectFrom('batch')
    .select(['id', 'state'])
    .where('flow', '=', flow)
    .where('workflowId', '=', workflowId)
    .orderBy('openedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!batch) return undefined;
  const states = await db
    .selectFrom('document')
    .select(['state', ({ fn }) => fn.countAll<number>().as('count')])
    .where('batchId', '=', batch.id)
    .groupBy('state')
    .orderBy('state')
    .execute();
  return { state: batch.state, documents: states.reduce((sum, { count }) => sum + count, 0), states };
}
