import { type RawBuilder, sql } from 'kysely';
import type { Ledger } from '../database.ts';
import type { DocumentRow, DocumentState, RecordedFailure } from '../schema.ts';
import { conditionsOf, type DocumentFilter, documentTable } from './document-filter.ts';
import { type Drawn, drawersFor, drawerTable, IS_IN_DRAWER, isInOneOf } from './drawers.ts';

/** A document as people look for it. */
export interface ListedDocument {
  readonly id: string;
  readonly flow: string;
  readonly kind: string;
  readonly state: DocumentState;
  readonly sourceKey: string;
  readonly sourceVersion: string;
  readonly generation: number;
  readonly workflowId: string;
  readonly references: Readonly<Record<string, string>>;
  readonly externalId: string | null;
  /** Its own, or that of the outbound file it is a member of. */
  readonly failure: RecordedFailure | null;
  readonly batchId: string | null;
  readonly parentId: string | null;
  readonly memberOf: string | null;
  /** Goes out as a member of a file. */
  readonly batched: boolean;
  readonly createdAt: Date;
}

/**
 * The newest documents first, at most `limit`; with `after`, those that arrived before the document of this id. Pages that
 * follow one another neither repeat nor leave out a document, whatever arrives meanwhile.
 */
export async function listDocuments(
  ledger: Ledger,
  filter: DocumentFilter,
  limit: number,
  after?: string,
): Promise<readonly ListedDocument[]> {
  const rows = pageOf(filter, await drawersFor(ledger, filter), { limit, after });
  return listed(ledger, rows).orderBy('document.createdAt', 'desc').orderBy('document.ordinal', 'desc').execute();
}

function beyond(id: string): RawBuilder<boolean> {
  const of = (column: string) => sql`(select ${sql.ref(column)} from document where id = ${id})`;
  return sql`(document.created_at, document.ordinal) < (${of('created_at')}, ${of('ordinal')})`;
}

/** The rows of one page. Of each drawer so many are taken as the page may hold, and the newest of them all are the page. */
function pageOf(
  filter: DocumentFilter,
  drawn: Drawn | undefined,
  { limit, after }: { readonly limit: number; readonly after: string | undefined },
): RawBuilder<DocumentRow> {
  const where = sql`${conditionsOf(filter)} and ${after === undefined ? sql`true` : beyond(after)}`;
  const newest = sql`order by document.created_at desc, document.ordinal desc limit ${limit}`;
  if (!drawn?.asRanges) {
    const inDrawer = drawn === undefined ? sql`true` : isInOneOf(drawn.drawers);
    return sql`(select document.* from ${documentTable(filter)} where ${where} and ${inDrawer} ${newest})`;
  }
  return sql`(
    select document.* from ${drawerTable(drawn.drawers)} cross join lateral (
      select * from document where ${IS_IN_DRAWER} and ${where} ${newest}
    ) as document ${newest})`;
}

/** Documents whose id lies between two ids, both included: those whose id begins alike. */
export async function documentsBetween(
  ledger: Ledger,
  first: string,
  last: string,
): Promise<readonly ListedDocument[]> {
  const found = sql<DocumentRow>`(select * from document where id between ${first} and ${last} order by id limit 20)`;
  return listed(ledger, found).orderBy('document.id').execute();
}

/** The documents that this workflow delivers. */
export async function documentsOfWorkflow(ledger: Ledger, workflowId: string): Promise<readonly ListedDocument[]> {
  const found = sql<DocumentRow>`(select * from document where workflow_id = ${workflowId})`;
  return listed(ledger, found).orderBy('document.ordinal').execute();
}

/** The records of a file, or the members of an outbound one, in their order. */
export async function documentsIn(ledger: Ledger, fileId: string, limit: number): Promise<readonly ListedDocument[]> {
  const first = sql`order by ordinal limit ${limit}`;
  const found = sql<DocumentRow>`(
    (select * from document where parent_id = ${fileId} ${first}) union all
    (select * from document where member_of = ${fileId} ${first}))`;
  return listed(ledger, found).orderBy('document.ordinal').limit(limit).execute();
}

/** What is shown of some rows of documents, each with the failure of the file it is a member of. */
function listed({ db }: Ledger, rows: RawBuilder<DocumentRow>) {
  return db
    .selectFrom(rows.as('document'))
    .leftJoin('document as file', 'file.id', 'document.memberOf')
    .select([
      'document.id',
      'document.flow',
      'document.kind',
      'document.state',
      'document.sourceKey',
      'document.sourceVersion',
      'document.generation',
      'document.workflowId',
      'document.business as references',
      'document.externalId',
      'document.batchId',
      'document.parentId',
      'document.memberOf',
      'document.batched',
      'document.createdAt',
      sql<RecordedFailure | null>`coalesce(document.failure, file.failure)`.as('failure'),
    ]);
}

/** The highest generation of a document's identity: how often it was copied to be posted again. */
export async function newestGeneration(
  { db }: Ledger,
  { flow, sourceKey, sourceVersion }: Pick<DocumentRow, 'flow' | 'sourceKey' | 'sourceVersion'>,
): Promise<number> {
  const row = await db
    .selectFrom('document')
    .select(({ fn }) => fn.max('generation').as('newest'))
    .where('flow', '=', flow)
    .where('sourceKey', '=', sourceKey)
    .where('sourceVersion', '=', sourceVersion)
    .executeTakeFirstOrThrow();
  return row.newest;
}
