import type { Ledger } from '../database.ts';
import { intentsOf } from '../intents.ts';
import type { EventRow, IntentRow } from '../schema.ts';
import { documentsBetween, documentsIn, type ListedDocument } from './documents.ts';

/** A document with everything that belongs to it. */
export interface Timeline {
  readonly document: ListedDocument;
  readonly events: readonly EventRow[];
  readonly intents: readonly IntentRow[];
  /** The file it came in. */
  readonly parent: ListedDocument | undefined;
  /** The file it went out in. */
  readonly file: ListedDocument | undefined;
  /** If it is a file: its records or members, as many as were asked for. */
  readonly inside: readonly ListedDocument[];
}

export async function timelineOf(ledger: Ledger, document: ListedDocument, insideLimit: number): Promise<Timeline> {
  return {
    document,
    events: await eventsOf(ledger, document.id),
    intents: await intentsOf(ledger, document.id),
    parent: await findListed(ledger, document.parentId),
    file: await findListed(ledger, document.memberOf),
    inside: await documentsIn(ledger, document.id, insideLimit),
  };
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
