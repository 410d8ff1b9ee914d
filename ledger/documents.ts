import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { inTransaction, type Ledger } from './database.ts';
import {
  appendEvent,
  appendWhereGuessed,
  chain,
  continueChain,
  EVENT_KEY,
  insertEvents,
  type NewEvent,
  type Provenance,
  STORED,
} from './events.ts';
import type { DocumentRow, DocumentState, RecordedFailure } from './schema.ts';

/** A document to keep. `business` holds what people search by (supplier number, invoice number, file name). */
export interface NewDocument {
  /** Given where bytes are stored before the document that claims them. */
  readonly id?: string;
  readonly flow: string;
  readonly kind: string;
  readonly sourceKey: string;
  readonly sourceVersion: string;
  readonly generation?: number;
  readonly contentHash?: Buffer;
  readonly workflowId: string;
  readonly configHash: string;
  readonly batchId?: string;
  readonly parentId?: string;
  readonly batched?: boolean;
  readonly origin?: Record<string, unknown>;
  readonly targetSeen?: Record<string, unknown>;
  readonly business: Readonly<Record<string, string>>;
  readonly state?: DocumentState;
  readonly event?: NewEvent;
}

/** States a document does not leave by itself: done, or waiting for a person. */
export const RESTING_STATES: readonly DocumentState[] = ['delivered', 'skipped', 'superseded', 'failed', 'uncertain'];
/** States in which nothing is left to do, ever. */
export const FINAL_STATES: readonly DocumentState[] = ['delivered', 'skipped', 'superseded'];

/**
 * Inserts documents, each with its first event, and returns the rows of all of them in the order given: an identity
 * (flow, source key, version, generation) that is there already is left as it is. The batch notes what it stored, so that a
 * missing document is noticed.
 */
export async function insertDocuments(
  ledger: Ledger,
  documents: readonly NewDocument[],
  provenance: Provenance,
): Promise<DocumentRow[]> {
  if (documents.length === 0) return [];
  const key = await ledger.keys.keyFor(EVENT_KEY);
  return inTransaction(ledger, async (tx) => {
    const rows: DocumentRow[] = [];
    for (let from = 0; from < documents.length; from += DOCUMENTS_AT_ONCE) {
      rows.push(...(await insertPage(tx, key, documents.slice(from, from + DOCUMENTS_AT_ONCE), provenance)));
    }
    return rows;
  });
}

/** Postgres takes 65,535 values in a statement. */
const DOCUMENTS_AT_ONCE = 1000;

async function insertPage(tx: Ledger, key: Buffer, documents: readonly NewDocument[], provenance: Provenance) {
  const at = tx.now();
  const born = documents.map((document) => {
    const id = document.id ?? uuidv7();
    const first = document.event ?? { step: 'received' };
    const events = chain(key, { id, eventCount: 0, eventHead: null }, [first], provenance, at);
    return { document, id, events };
  });
  const inserted = await tx.db
    .insertInto('document')
    .values(born.map(({ document, id, events }) => rowOf(document, id, events.at(-1)?.hash ?? null)))
    .onConflict((conflict) => conflict.columns(['flow', 'sourceKey', 'sourceVersion', 'generation']).doNothing())
    .returningAll()
    .execute();
  const isNew = new Set(inserted.map((row) => row.id));
  const fresh = born.filter(({ id }) => isNew.has(id));
  const events = fresh.flatMap((one) => one.events);
  await insertEvents(tx.db, events);
  await insertReferences(tx, fresh);
  await noteStored(tx, fresh, provenance);
  return inOrder(documents, [
    ...inserted,
    ...(await findRows(
      tx,
      born.filter(({ id }) => !isNew.has(id)),
    )),
  ]);
}

interface Born {
  readonly id: string;
  readonly document: NewDocument;
}

async function noteStored(tx: Ledger, fresh: readonly Born[], provenance: Provenance): Promise<void> {
  for (const [batchId, stored] of Map.groupBy(fresh, ({ document }) => document.batchId)) {
    const event = { step: STORED, detail: { documents: stored.map(({ id }) => id) } };
    if (batchId !== undefined) await appendEvent(tx, { table: 'batch', id: batchId }, event, provenance);
  }
}

function rowOf(document: NewDocument, id: string, eventHead: Buffer | null) {
  return {
    id,
    flow: document.flow,
    kind: document.kind,
    sourceKey: document.sourceKey,
    sourceVersion: document.sourceVersion,
    generation: document.generation ?? 0,
    contentHash: document.contentHash ?? null,
    state: document.state ?? ('received' as const),
    workflowId: document.workflowId,
    configHash: document.configHash,
    batchId: document.batchId ?? null,
    parentId: document.parentId ?? null,
    batched: document.batched ?? false,
    origin: document.origin ? JSON.stringify(document.origin) : null,
    targetSeen: document.targetSeen ? JSON.stringify(document.targetSeen) : null,
    business: JSON.stringify(document.business),
    eventCount: 1,
    eventHead,
  };
}

async function insertReferences({ db }: Ledger, fresh: readonly Born[]): Promise<void> {
  const rows = fresh.flatMap(({ id, document }) =>
    Object.entries(document.business).map(([name, value]) => ({ documentId: id, name, value })),
  );
  if (rows.length > 0) await db.insertInto('documentReference').values(rows).execute();
}

async function findRows({ db }: Ledger, born: readonly Born[]): Promise<DocumentRow[]> {
  if (born.length === 0) return [];
  const column = (name: 'flow' | 'sourceKey' | 'sourceVersion') => born.map(({ document }) => document[name]);
  const generations = born.map(({ document }) => document.generation ?? 0);
  return db
    .selectFrom('document')
    .selectAll()
    .where(
      sql<boolean>`(flow, source_key, source_version, generation) in (select * from unnest(
        ${column('flow')}::text[], ${column('sourceKey')}::text[], ${column('sourceVersion')}::text[], ${generations}::int[]))`,
    )
    .execute();
}

function inOrder(documents: readonly NewDocument[], rows: readonly DocumentRow[]): DocumentRow[] {
  const byIdentity = new Map(rows.map((row) => [identityOf(row), row]));
  return documents.flatMap((document) => byIdentity.get(identityOf(document)) ?? []);
}

type Identity = Pick<NewDocument, 'flow' | 'sourceKey' | 'sourceVersion' | 'generation'>;

function identityOf({ flow, sourceKey, sourceVersion, generation = 0 }: Identity): string {
  return JSON.stringify([flow, sourceKey, sourceVersion, generation]);
}

/** The document with this id. */
export async function getDocument(ledger: Ledger, id: string): Promise<DocumentRow> {
  const document = await ledger.db.selectFrom('document').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  ledger.heads.learn(document);
  return document;
}

/** How many records of this file became documents. */
export async function countChildren({ db }: Ledger, parentId: string): Promise<number> {
  const row = await db
    .selectFrom('document')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('parentId', '=', parentId)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** What a step may change beside the state. */
export interface DocumentChange {
  readonly state: DocumentState;
  readonly failure?: RecordedFailure | null;
  readonly externalId?: string | null;
  readonly configHash?: string;
  readonly contentHash?: Buffer;
}

/**
 * Moves a document to a state, with the events that say why, in one transaction. A document that rests in a final state
 * stays there, and one that is posted does not go back to before its post: returns false and changes nothing.
 */
export async function moveDocument(
  ledger: Ledger,
  id: string,
  change: DocumentChange,
  event: NewEvent | readonly NewEvent[],
  provenance: Provenance,
): Promise<boolean> {
  const { failure, ...given } = change;
  const failed = failure === undefined ? {} : { failure: failure && JSON.stringify(failure) };
  const columns = { ...given, ...failed, updatedAt: ledger.now() };
  const unless = closedTo(change.state);
  const events = [event].flat();
  const appending = { table: 'document' as const, id, events, provenance, change: { columns, unless } };
  if (await appendWhereGuessed(ledger, appending)) return true;
  return inTransaction(ledger, async (tx) => {
    const moved = await tx.db
      .updateTable('document')
      .set(columns)
      .where('id', '=', id)
      .where('state', 'not in', unless)
      .returning(['id', 'eventCount', 'eventHead'])
      .executeTakeFirst();
    if (moved) await continueChain(tx, 'document', moved, events, provenance);
    return moved !== undefined;
  });
}

/** An attempt that was given up may still come late with what it did before the post. */
function closedTo(state: DocumentState): readonly DocumentState[] {
  return state === 'received' || state === 'transformed' ? [...FINAL_STATES, 'posted'] : FINAL_STATES;
}

/** Adds an event to a document without moving it. */
export async function noteOnDocument(
  ledger: Ledger,
  id: string,
  event: NewEvent,
  provenance: Provenance,
): Promise<void> {
  await appendEvent(ledger, { table: 'document', id }, event, provenance);
}
