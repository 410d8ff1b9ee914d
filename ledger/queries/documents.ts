import { sql } from 'kysely';
import type { Ledger } from '../database.ts';
import type { DocumentRow, DocumentState, RecordedFailure } from '../schema.ts';

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
  readonly parentId: string | null;
  readonly memberOf: string | null;
  readonly createdAt: Date;
}

/** Every condition given must hold; `states` empty means any. */
export interface DocumentFilter {
  readonly flow?: string | undefined;
  readonly kind?: string | undefined;
  readonly states?: readonly DocumentState[];
  /** A business reference's value, in any letter case. */
  readonly reference?: string | undefined;
  /** The code of the failure. */
  readonly code?: string | undefined;
  readonly since?: Date | undefined;
}

/** The newest documents first, at most `limit`. */
export async function listDocuments(
  ledger: Ledger,
  filter: DocumentFilter,
  limit: number,
): Promise<readonly ListedDocument[]> {
  return selection(ledger, filter).orderBy('document.ordinal', 'desc').limit(limit).execute();
}

/** How many documents match, by state. */
export async function countByState(
  ledger: Ledger,
  filter: DocumentFilter,
): Promise<readonly { readonly state: DocumentState; readonly count: number }[]> {
  return matching(ledger, filter)
    .select(['document.state', ({ fn }) => fn.countAll<number>().as('count')])
    .groupBy('document.state')
    .orderBy('document.state')
    .execute();
}

/** Documents whose id lies between two ids, both included: those whose id begins alike. */
export async function documentsBetween(
  ledger: Ledger,
  first: string,
  last: string,
): Promise<readonly ListedDocument[]> {
  return selection(ledger, {})
    .where('document.id', '>=', first)
    .where('document.id', '<=', last)
    .orderBy('document.id')
    .limit(20)
    .execute();
}

/** The documents that this workflow delivers. */
export async function documentsOfWorkflow(ledger: Ledger, workflowId: string): Promise<readonly ListedDocument[]> {
  return selection(ledger, {}).where('document.workflowId', '=', workflowId).orderBy('document.ordinal').execute();
}

/** The records of a file, or the members of an outbound one, in their order. */
export async function documentsIn(ledger: Ledger, fileId: string, limit: number): Promise<readonly ListedDocument[]> {
  return selection(ledger, {})
    .where(({ or, eb }) => or([eb('document.parentId', '=', fileId), eb('document.memberOf', '=', fileId)]))
    .orderBy('document.ordinal')
    .limit(limit)
    .execute();
}

function matching({ db }: Ledger, filter: DocumentFilter) {
  const { flow, kind, states = [], reference, code, since } = filter;
  let query = db.selectFrom('document').leftJoin('document as file', 'file.id', 'document.memberOf');
  if (flow !== undefined) query = query.where('document.flow', '=', flow);
  if (kind !== undefined) query = query.where(sql`lower(document.kind)`, '=', kind.toLowerCase());
  if (states.length > 0) query = query.where('document.state', 'in', [...states]);
  if (since !== undefined) query = query.where('document.createdAt', '>=', since);
  if (code !== undefined) query = query.where(sql`coalesce(document.failure, file.failure) ->> 'code'`, '=', code);
  if (reference !== undefined) {
    query = query.where('document.id', 'in', (inner) =>
      inner
        .selectFrom('documentReference')
        .select('documentId')
        .where(sql`lower(value)`, '=', sql`lower(${reference})`),
    );
  }
  return query;
}

function selection(ledger: Ledger, filter: DocumentFilter) {
  return matching(ledger, filter).select([
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
    'document.parentId',
    'document.memberOf',
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
