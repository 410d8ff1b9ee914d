import { sql } from 'kysely';
import type { Ledger } from './database.ts';
import type { DocumentRow, DocumentState } from './schema.ts';

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

/**
 * Which of these contents (SHA-256, hex) the flow holds already, in whatever state, leaving out what was stored ahead.
 * Event-like kinds whose records come in files refuse them for ever.
 */
export async function heldContents(
  { db }: Ledger,
  flow: string,
  hashes: readonly Buffer[],
  ahead: StoredAhead,
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await db
    .selectFrom('document')
    .select('contentHash')
    .distinct()
    .where('flow', '=', flow)
    .where('contentHash', 'in', [...hashes])
    .where(({ not, and, eb }) =>
      not(and([eb('parentId', 'is not distinct from', ahead.parentId), eb('sourceVersion', '>=', ahead.version)])),
    )
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

/**
 * Which of these keys have a version that is on its way, or that something has moved since `since`: what the target held
 * then need not be what it will hold when they are through.
 */
export async function keysInMotion(
  { db }: Ledger,
  flow: string,
  sourceKeys: readonly string[],
  since: Date,
): Promise<Set<string>> {
  if (sourceKeys.length === 0) return new Set();
  const rows = await db
    .selectFrom('document')
    .select('sourceKey')
    .where('flow', '=', flow)
    .where('sourceKey', 'in', [...new Set(sourceKeys)])
    .where('state', '<>', 'skipped')
    .where(({ or, eb }) => or([eb('state', 'in', [...ON_THEIR_WAY]), eb('updatedAt', '>=', since)]))
    .execute();
  return new Set(rows.map((row) => row.sourceKey));
}

const ON_THEIR_WAY = ['received', 'transformed', 'posted', 'uncertain'] as const;

/** The state of a document now, and whether a newer version of its key has arrived in the same flow. */
export async function standingOf(
  { db }: Ledger,
  { id, flow, sourceKey, ordinal }: DocumentRow,
): Promise<{ readonly state: DocumentState; readonly hasNewer: boolean }> {
  const { state, hasNewer } = await db
    .selectFrom('document')
    .select('state')
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('document as newer')
          .select('newer.id')
          .where('newer.flow', '=', flow)
          .where('newer.sourceKey', '=', sourceKey)
          .where('newer.ordinal', '>', ordinal),
      ).as('hasNewer'),
    )
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { state, hasNewer: Boolean(hasNewer) };
}

/** Whether a newer version of the document's key has arrived in the same flow. */
export async function hasNewerVersion(ledger: Ledger, document: DocumentRow): Promise<boolean> {
  return (await standingOf(ledger, document)).hasNewer;
}

/** What the target calls another version of the document's key, if one has got there. */
export async function postedBefore({ db }: Ledger, document: DocumentRow): Promise<string | undefined> {
  const row = await db
    .selectFrom('document')
    .select('externalId')
    .where('flow', '=', document.flow)
    .where('sourceKey', '=', document.sourceKey)
    .where('id', '<>', document.id)
    .where('externalId', 'is not', null)
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.externalId ?? undefined;
}

/** Whether others of the flow that share a business reference are on their way before a document, or done after it. */
export async function neighboursOf(
  { db }: Ledger,
  { id, flow, ordinal }: DocumentRow,
  reference: { readonly name: string; readonly value: string },
): Promise<{ readonly underWay: boolean; readonly done: boolean }> {
  const rows = await db
    .selectFrom('document')
    .innerJoin('documentReference', 'documentReference.documentId', 'document.id')
    .select(['document.ordinal', 'document.state'])
    .where('document.flow', '=', flow)
    .where('document.id', '<>', id)
    .where('documentReference.name', '=', reference.name)
    .where((expression) => expression.fn('lower', ['documentReference.value']), '=', reference.value.toLowerCase())
    .where('documentReference.value', '=', reference.value)
    .execute();
  const isOnItsWay = (state: DocumentState) => (ON_THEIR_WAY as readonly DocumentState[]).includes(state);
  return {
    underWay: rows.some((row) => row.ordinal < ordinal && isOnItsWay(row.state)),
    done: rows.some((row) => row.ordinal > ordinal && (row.state === 'posted' || row.state === 'delivered')),
  };
}

/** The id the target gave to an earlier version of the document's key. */
export async function externalIdOfKey(ledger: Ledger, document: Keyed): Promise<string | undefined> {
  const row = await newestExternalId(ledger, document).executeTakeFirst();
  return row?.externalId ?? undefined;
}

type Keyed = Pick<DocumentRow, 'flow' | 'sourceKey'>;

function newestExternalId({ db }: Ledger, { flow, sourceKey }: Keyed) {
  return db
    .selectFrom('document')
    .select('externalId')
    .where('flow', '=', flow)
    .where('sourceKey', '=', sourceKey)
    .where('externalId', 'is not', null)
    .orderBy('ordinal', 'desc')
    .limit(1);
}

/**
 * The id that an earlier version of a key got at a place: at another one it stands for something else. A company that was noted
 * without its number may be any of its tenant.
 */
export async function externalIdAt(
  ledger: Ledger,
  document: Keyed,
  place: readonly string[],
): Promise<string | undefined> {
  const isElsewhere = sql<boolean>`detail ? 'place' and not exists (
    select from jsonb_array_elements_text(detail -> 'place') as former (name), unnest(${place}::text[]) as present (name)
    where former.name = present.name
      or (right(former.name, 1) = '/' and starts_with(present.name, former.name))
      or (right(present.name, 1) = '/' and starts_with(former.name, present.name)))`;
  const row = await newestExternalId(ledger, document)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('intent')
            .select('token')
            .whereRef('intent.documentId', '=', 'document.id')
            .where('intent.state', '=', 'confirmed')
            .where(isElsewhere),
        ),
      ),
    )
    .executeTakeFirst();
  return row?.externalId ?? undefined;
}

/** The newest version of a key that a flow took over from Visma.net, and when it was changed there, in its local form. */
export type LatestTaken = Pick<
  DocumentRow,
  'id' | 'sourceKey' | 'sourceVersion' | 'contentHash' | 'state' | 'memberOf' | 'ordinal'
> & { readonly modified: string };

/** The newest version of each key as it was first taken, whatever became of it. What was posted again is none. */
export async function latestTaken(
  { db }: Ledger,
  flow: string,
  sourceKeys: readonly string[],
): Promise<Map<string, LatestTaken>> {
  if (sourceKeys.length === 0) return new Map();
  const rows = await taken(db, flow)
    .where(sql<boolean>`document.source_key = any(${[...new Set(sourceKeys)]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.sourceKey, row]));
}

/** The same of every key whose newest version was changed at `since` or later, in Visma.net's local form. */
export async function takenSince({ db }: Ledger, flow: string, since: string): Promise<LatestTaken[]> {
  const isSince = sql<boolean>`modified collate "C" >= ${since}`;
  return db.selectFrom(taken(db, flow).as('taken')).selectAll().where(isSince).execute();
}

/** Its first event says when a record was changed. */
function taken(db: Ledger['db'], flow: string) {
  return db
    .selectFrom('document')
    .innerJoin('event', (join) => join.onRef('event.subjectId', '=', 'document.id').on('event.sequence', '=', 1))
    .select([
      'document.id',
      'document.sourceKey',
      'document.sourceVersion',
      'document.contentHash',
      'document.state',
      'document.memberOf',
      'document.ordinal',
      sql<string>`coalesce(event.detail ->> 'modified', '')`.as('modified'),
    ])
    .distinctOn('document.sourceKey')
    .where('document.flow', '=', flow)
    .where('document.batched', '=', true)
    .where('document.generation', '=', 0)
    .orderBy('document.sourceKey')
    .orderBy('document.ordinal', 'desc');
}
