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

/** What the sweep needs to know of a document to start its delivery. */
export type Stranded = Pick<
  DocumentRow,
  'id' | 'ordinal' | 'flow' | 'kind' | 'workflowId' | 'configHash' | 'sourceKey'
>;

const PAGE = 500;

/** Documents on their way that nothing has moved since `before`, in the order they came, however many they are. */
export async function* strandedDocuments(ledger: Ledger, before: Date): AsyncGenerator<Stranded, void, void> {
  let after: number | undefined = 0;
  while (after !== undefined) {
    const page: Stranded[] = await strandedPage(ledger, before, after);
    yield* page;
    after = page.length === PAGE ? page.at(-1)?.ordinal : undefined;
  }
}

function strandedPage({ db }: Ledger, before: Date, after: number): Promise<Stranded[]> {
  return db
    .selectFrom('document')
    .select(['id', 'ordinal', 'flow', 'kind', 'workflowId', 'configHash', 'sourceKey'])
    .where('state', 'in', ['received', 'transformed', 'posted'])
    .where(({ not, and, eb }) => not(and([eb('batched', '=', true), eb('state', '<>', 'received')])))
    .where('updatedAt', '<', before)
    .where('ordinal', '>', after)
    .orderBy('ordinal')
    .limit(PAGE)
    .execute();
}
