import type { Selectable } from 'kysely';
import type { Ledger } from '../database.ts';
import { intentsOf } from '../intents.ts';
import type { DocumentRow, EventRow, IntentRow, Tables } from '../schema.ts';
import { documentsBetween, documentsIn, type ListedDocument } from './documents.ts';

/** A document with everything that belongs to it. */
export interface Timeline {
  readonly document: ListedDocument;
  readonly events: readonly EventRow[];
  readonly intents: readonly IntentRow[];
  readonly bodies: readonly BodyFacts[];
  /** The configuration it was mapped with last. */
  readonly config: { readonly hash: string; readonly createdBy: string; readonly createdAt: Date };
  /** The run that stored it; undefined for a copy made by hand. */
  readonly batch: { readonly id: string; readonly workflowId: string; readonly runId: string } | undefined;
  /** All versions of its key in its flow, itself among them, the oldest first; of very many the newest. */
  readonly versions: readonly Version[];
  /** The file it came in. */
  readonly parent: ListedDocument | undefined;
  /** The file it went out in. */
  readonly file: ListedDocument | undefined;
  /** If it is a file: its records or members, as many as were asked for. */
  readonly inside: readonly ListedDocument[];
}

/** A stored body, without what is in it. */
export type BodyFacts = Pick<Selectable<Tables['body']>, 'role' | 'byteSize' | 'sha256'>;
export type Version = Pick<DocumentRow, 'id' | 'state' | 'generation'>;

const MOST_VERSIONS = 20;

export async function timelineOf(ledger: Ledger, document: ListedDocument, insideLimit: number): Promise<Timeline> {
  return {
    document,
    events: await eventsOf(ledger, document.id),
    intents: await intentsOf(ledger, document.id),
    bodies: await bodiesOf(ledger, document.id),
    config: await configOf(ledger, document.id),
    batch: await batchOf(ledger, document.batchId),
    versions: await versionsOf(ledger, document),
    parent: await findListed(ledger, document.parentId),
    file: await findListed(ledger, document.memberOf),
    inside: await documentsIn(ledger, document.id, insideLimit),
  };
}

async function bodiesOf({ db }: Ledger, documentId: string): Promise<readonly BodyFacts[]> {
  return db
    .selectFrom('body')
    .select(['role', 'byteSize', 'sha256'])
    .where('documentId', '=', documentId)
    .orderBy('createdAt')
    .execute();
}

async function configOf({ db }: Ledger, documentId: string) {
  return db
    .selectFrom('document')
    .innerJoin('configVersion', 'configVersion.hash', 'document.configHash')
    .select(['configVersion.hash', 'configVersion.createdBy', 'configVersion.createdAt'])
    .where('document.id', '=', documentId)
    .executeTakeFirstOrThrow();
}

async function batchOf({ db }: Ledger, id: string | null) {
  if (id === null) return undefined;
  return db.selectFrom('batch').select(['id', 'workflowId', 'runId']).where('id', '=', id).executeTakeFirst();
}

async function versionsOf({ db }: Ledger, { flow, sourceKey }: ListedDocument): Promise<readonly Version[]> {
  const newest = await db
    .selectFrom('document')
    .select(['id', 'state', 'generation'])
    .where('flow', '=', flow)
    .where('sourceKey', '=', sourceKey)
    .orderBy('ordinal', 'desc')
    .limit(MOST_VERSIONS)
    .execute();
  return newest.toReversed();
}

/** The events of a document, or of a batch, in their order. */
export async function eventsOf({ db }: Ledger, subjectId: string): Promise<readonly EventRow[]> {
  return db.selectFrom('event').selectAll().where('subjectId', '=', subjectId).orderBy('sequence').execute();
}

/** The run that wrote down a document's latest failure: it is about to end, if it has not ended yet. */
export async function runThatFailed({ db }: Ledger, documentId: string): Promise<string | null> {
  const row = await db
    .selectFrom('event')
    .select('runId')
    .where('subjectId', '=', documentId)
    .where('step', 'in', ['failed', 'uncertain'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.runId ?? null;
}

async function findListed(ledger: Ledger, id: string | null): Promise<ListedDocument | undefined> {
  if (id === null) return undefined;
  const [document] = await documentsBetween(ledger, id, id);
  return document;
}
