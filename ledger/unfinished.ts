import type { Ledger } from './database.ts';
import { RESTING_STATES } from './documents.ts';
import type { DocumentRow } from './schema.ts';

/** Documents of a kind that a batch made and that are still on their way. */
export async function openOfBatch({ db }: Ledger, batchId: string, kind: string): Promise<DocumentRow[]> {
  return db
    .selectFrom('document')
    .selectAll()
    .where('batchId', '=', batchId)
    .where('kind', '=', kind)
    .where('state', 'not in', RESTING_STATES)
    .orderBy('ordinal')
    .execute();
}

/** Documents on their way that nothing has moved since `before`, oldest first. */
export async function strandedDocuments(
  { db }: Ledger,
  before: Date,
  limit: number,
): Promise<Pick<DocumentRow, 'id' | 'flow' | 'kind' | 'workflowId' | 'configHash' | 'sourceKey'>[]> {
  return db
    .selectFrom('document')
    .select(['id', 'flow', 'kind', 'workflowId', 'configHash', 'sourceKey'])
    .where('state', 'in', ['received', 'transformed', 'posted'])
    .where(({ not, and, eb }) => not(and([eb('batched', '=', true), eb('state', '<>', 'received')])))
    .where('updatedAt', '<', before)
    .orderBy('updatedAt')
    .limit(limit)
    .execute();
}
