import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { inTransaction, type Ledger } from './database.ts';
import { appendEvent, chain, EVENT_KEY, insertEvents, type NewEvent, type Provenance } from './events.ts';
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
 * (flow, source key, version, generation) that is there already is left as it is.
 */
export async function insertDocuments(
  ledger: Ledger,
  documents: readonly NewDocument[],
  provenance: Provenance,
): Promise<DocumentRow[]> {
  if (documents.length === 0) return [];
  const key = await ledger.keys.keyFor(EVENT_KEY);
  return inTransaction(ledger, async (tx) => {
    const at = tx.now();
    const born = documents.map((document) => {
      const id = document.id ?? uuidv7();
      const first = document.event ?? { step: 'received' };
      const events = chain(key, id, { count: 0, hash: null }, [first], provenance, at);
      return { document, id, events };
    });
    const inserted = await tx.db
      .insertInto('document')
      .values(born.map(({ document, id, events }) => rowOf(document, id, events.at(-1)?.hash ?? null)))
      .onConflict((conflict) => conflict.columns(['flow', 'sourceKey', 'sourceVersion', 'generation']).doNothing())
      .returning('id')
      .execute();
    const isNew = new Set(inserted.map((row) => row.id));
    const fresh = born.filter(({ id }) => isNew.has(id));
    await insertEvents(
      tx.db,
      fresh.flatMap(({ events }) => events),
    );
    await insertReferences(
      tx,
      fresh.map(({ id, document }) => ({ id, business: document.business })),
    );
    return findAll(tx, documents);
  });
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

async function insertReferences(
  { db }: Ledger,
  documents: readonly { id: string; business: Readonly<Record<string, string>> }[],
): Promise<void> {
  const rows = documents.flatMap(({ id, business }) =>
    Object.entries(business).map(([name, value]) => ({ documentId: id, name, value })),
  );
  if (rows.length > 0) await db.insertInto('documentReference').values(rows).execute();
}

async function findAll({ db }: Ledger, documents: readonly NewDocument[]): Promise<DocumentRow[]> {
  const identities = documents.map(
    (document) =>
      sql`(${document.flow}::text, ${document.sourceKey}::text, ${document.sourceVersion}::text, ${document.generation ?? 0}::int)`,
  );
  const rows = await db
    .selectFrom('document')
    .selectAll()
    .where(sql<boolean>`(flow, source_key, source_version, generation) in (${sql.join(identities)})`)
    .execute();
  const byIdentity = new Map(rows.map((row) => [identityOf(row), row]));
  return documents.flatMap((document) => byIdentity.get(identityOf(document)) ?? []);
}

type Identity = Pick<NewDocument, 'flow' | 'sourceKey' | 'sourceVersion' | 'generation'>;

function identityOf({ flow, sourceKey, sourceVersion, generation = 0 }: Identity): string {
  return JSON.stringify([flow, sourceKey, sourceVersion, generation]);
}

/** The document with this id. */
export async function getDocument(ledger: Ledger, id: string): Promise<DocumentRow> {
  return ledger.db.selectFrom('document').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
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
 * Moves a document to a state, with the event that says why, in one transaction. A document that rests in a final state
 * stays there: returns false and changes nothing.
 */
export async function moveDocument(
  ledger: Ledger,
  id: string,
  change: DocumentChange,
  event: NewEvent,
  provenance: Provenance,
): Promise<boolean> {
  return inTransaction(ledger, async (tx) => {
    const moved = await tx.db
      .updateTable('document')
      .set({
        state: change.state,
        updatedAt: tx.now(),
        ...(change.failure === undefined ? {} : { failure: change.failure && JSON.stringify(change.failure) }),
        ...(change.externalId === undefined ? {} : { externalId: change.externalId }),
        ...(change.configHash === undefined ? {} : { configHash: change.configHash }),
        ...(change.contentHash === undefined ? {} : { contentHash: change.contentHash }),
      })
      .where('id', '=', id)
      .where('state', 'not in', FINAL_STATES)
      .executeTakeFirst();
    if (moved.numUpdatedRows === 0n) return false;
    await appendEvent(tx, { table: 'document', id }, event, provenance);
    return true;
  });
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

/** Versions that an attempt of the same work may have stored already: records of one file, from one of them on. */
export interface StoredAhead {
  readonly parentId: string;
  readonly version: string;
}

/** The newest version of a key. `fileOrdinal` tells when the file it stands in arrived, compared with other files. */
export interface LatestVersion {
  readonly sourceKey: string;
  readonly contentHash: Buffer | null;
  readonly fileOrdinal: number | null;
}

/** The newest version of each key, whatever became of it, leaving out what was stored ahead. State-like kinds compare with it. */
export async function latestVersions(
  { db }: Ledger,
  flow: string,
  sourceKeys: readonly string[],
  ahead: StoredAhead,
): Promise<Map<string, LatestVersion>> {
  const rows = await db
    .selectFrom('document')
    .leftJoin('document as file', 'file.id', 'document.parentId')
    .select(['document.sourceKey', 'document.contentHash', 'file.ordinal as fileOrdinal'])
    .distinctOn('document.sourceKey')
    .where('document.flow', '=', flow)
    .where('document.sourceKey', 'in', [...new Set(sourceKeys)])
    .where(({ not, and, eb }) =>
      not(
        and([
          eb('document.parentId', 'is not distinct from', ahead.parentId),
          eb('document.sourceVersion', '>=', ahead.version),
        ]),
      ),
    )
    .orderBy('document.sourceKey')
    .orderBy('document.ordinal', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.sourceKey, row]));
}

/**
 * Which of these contents (SHA-256) the flow holds already. Event-like kinds refuse them for ever. What is `received` and no
 * further is left out: an attempt that died after it stored them must find its documents again.
 */
export async function knownContents({ db }: Ledger, flow: string, hashes: readonly Buffer[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await db
    .selectFrom('document')
    .select('contentHash')
    .where('flow', '=', flow)
    .where('contentHash', 'in', [...hashes])
    .where('state', '<>', 'received')
    .execute();
  return new Set(rows.flatMap((row) => row.contentHash?.toString('hex') ?? []));
}

/** Whether another document of the flow holds this content already. */
export async function isHeldBesides({ db }: Ledger, document: DocumentRow, hash: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom('document')
    .select('id')
    .where('flow', '=', document.flow)
    .where('contentHash', '=', hash)
    .where('id', '<>', document.id)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

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

/** Whether a newer version of the document's key has arrived in the same flow. */
export async function hasNewerVersion({ db }: Ledger, document: DocumentRow): Promise<boolean> {
  const row = await db
    .selectFrom('document')
    .select('id')
    .where('flow', '=', document.flow)
    .where('sourceKey', '=', document.sourceKey)
    .where('ordinal', '>', document.ordinal)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
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

/** How many records of this file became documents. */
export async function countChildren({ db }: Ledger, parentId: string): Promise<number> {
  const row = await db
    .selectFrom('document')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('parentId', '=', parentId)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** The id the target gave to an earlier version of the document's key. */
export async function externalIdOfKey(
  { db }: Ledger,
  document: Pick<DocumentRow, 'flow' | 'sourceKey'>,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('document')
    .select('externalId')
    .where('flow', '=', document.flow)
    .where('sourceKey', '=', document.sourceKey)
    .where('externalId', 'is not', null)
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.externalId ?? undefined;
}

/** Documents of a flow that are mapped and wait for an outbound file, oldest first. */
export async function membersWaiting({ db }: Ledger, flow: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('document')
    .select('id')
    .where('flow', '=', flow)
    .where('state', '=', 'transformed')
    .where('memberOf', 'is', null)
    .where('batched', '=', true)
    .orderBy('ordinal')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Makes documents members of an outbound file for good. */
export async function joinFile(
  ledger: Ledger,
  fileId: string,
  members: readonly string[],
  provenance: Provenance,
): Promise<void> {
  await ledger.db
    .updateTable('document')
    .set({ memberOf: fileId })
    .where('id', 'in', [...members])
    .execute();
  const event = { step: 'joined a file', detail: { file: fileId } };
  for (const id of members) await appendEvent(ledger, { table: 'document', id }, event, provenance);
}

/** The members of an outbound file, in the order they go out. */
export async function membersOf({ db }: Ledger, fileId: string): Promise<string[]> {
  const rows = await db.selectFrom('document').select('id').where('memberOf', '=', fileId).orderBy('ordinal').execute();
  return rows.map((row) => row.id);
}

/** The members of an outbound file take its state, each with the event in its own chain; those at rest for good stay. */
export async function moveMembers(
  ledger: Ledger,
  fileId: string,
  state: DocumentState,
  event: NewEvent,
  provenance: Provenance,
): Promise<void> {
  const key = await ledger.keys.keyFor(EVENT_KEY);
  await inTransaction(ledger, async ({ db, now }) => {
    const members = await db
      .selectFrom('document')
      .select(['id', 'eventCount', 'eventHead'])
      .where('memberOf', '=', fileId)
      .where('state', 'not in', [...FINAL_STATES, state])
      .forUpdate()
      .execute();
    for (let from = 0; from < members.length; from += MEMBERS_AT_ONCE) {
      const page = members.slice(from, from + MEMBERS_AT_ONCE);
      const rows = page.flatMap((member) =>
        chain(key, member.id, { count: member.eventCount, hash: member.eventHead }, [event], provenance, now()),
      );
      await insertEvents(db, rows);
      const heads = sql.join(rows.map((row) => sql`(${row.subjectId}::uuid, ${row.hash}::bytea)`));
      await sql`
        update document set state = ${state}, updated_at = ${now()}, event_count = event_count + 1, event_head = head.hash
        from (values ${heads}) as head (id, hash) where document.id = head.id`.execute(db);
    }
  });
}

const MEMBERS_AT_ONCE = 500;
