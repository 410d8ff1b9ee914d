import { sql } from 'kysely';
import { inTransaction, type Ledger, lockName } from './database.ts';
import type { FileSeenRow } from './schema.ts';

/** A file as a listing shows it; `modifiedAt` has the precision of the server, often a second. */
export interface SeenFile {
  readonly path: string;
  readonly byteSize: number;
  readonly modifiedAt: Date;
}

/** Since when a file has looked as it looks now, by the ledger's clock, and the document that has claimed it, if one has. */
export interface FileSighting extends SeenFile {
  readonly seenAt: Date;
  readonly documentId: string | null;
}

/**
 * Notes how the files of a folder look and returns since when each has looked so, in the order given. A file whose size or
 * time changed starts anew: it is growing, or another file took its name.
 */
export async function noteSightings(ledger: Ledger, flow: string, files: readonly SeenFile[]): Promise<FileSighting[]> {
  const known = await sightingsOf(ledger, flow, files);
  const unseen = files.filter((file) => !known.has(file.path));
  if (unseen.length > 0) await insertSightings(ledger, flow, unseen);
  const inserted = unseen.length > 0 ? await sightingsOf(ledger, flow, unseen) : new Map<string, FileSeenRow>();
  const sightings: FileSighting[] = [];
  for (const file of files) {
    const row = known.get(file.path) ?? inserted.get(file.path);
    sightings.push(row && isSameFile(row, file) ? row : await startAnew(ledger, flow, file));
  }
  return sightings;
}

async function sightingsOf({ db }: Ledger, flow: string, files: readonly SeenFile[]) {
  const paths = files.map((file) => file.path);
  const rows = await db
    .selectFrom('fileSeen')
    .selectAll()
    .where('flow', '=', flow)
    .where(sql<boolean>`path = any(${paths}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.path, row]));
}

async function insertSightings({ db, now }: Ledger, flow: string, files: readonly SeenFile[]): Promise<void> {
  for (let from = 0; from < files.length; from += FILES_AT_ONCE) {
    const page = files.slice(from, from + FILES_AT_ONCE);
    await db
      .insertInto('fileSeen')
      .values(page.map((file) => ({ flow, ...file, seenAt: now() })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Postgres takes 65,535 values in a statement. */
const FILES_AT_ONCE = 1000;

function isSameFile(row: FileSeenRow, file: SeenFile): boolean {
  return (
    row.movedTo === null && row.byteSize === file.byteSize && row.modifiedAt.getTime() === file.modifiedAt.getTime()
  );
}

async function startAnew({ db, now }: Ledger, flow: string, file: SeenFile): Promise<FileSighting> {
  return db
    .updateTable('fileSeen')
    .set({ ...file, seenAt: now(), documentId: null, sha256: null, occurrence: null, movedTo: null })
    .where('flow', '=', flow)
    .where('path', '=', file.path)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * Claims a whole file for a document, in the transaction that stores the document's bytes. `claim` gets the occurrence of
 * this content in the flow (1 for the first file with it) and returns the document's id. A file that is claimed already
 * keeps its document: two runs that fetch the same file end with one.
 */
export async function claimFile(
  ledger: Ledger,
  flow: string,
  file: SeenFile & { readonly sha256: Buffer },
  claim: (tx: Ledger, occurrence: number) => Promise<string>,
): Promise<string> {
  return inTransaction(ledger, async (tx) => {
    await lockName(tx, `file/${flow}/${file.path}`);
    const seen = await tx.db
      .selectFrom('fileSeen')
      .selectAll()
      .where('flow', '=', flow)
      .where('path', '=', file.path)
      .executeTakeFirst();
    if (seen?.documentId && seen.sha256?.equals(file.sha256)) return seen.documentId;
    const occurrence = await nextOccurrence(tx, flow, file.sha256);
    const documentId = await claim(tx, occurrence);
    // Claimed since we looked: by the next file at this path, or by a run that was faster. The place is theirs.
    if (!seen?.documentId) await noteClaim(tx, flow, file, { documentId, occurrence });
    return documentId;
  });
}

/** With the look of what was read: a listing may have noted the next file at this path since, which nobody has claimed. */
async function noteClaim(
  { db, now }: Ledger,
  flow: string,
  file: SeenFile & { readonly sha256: Buffer },
  claim: { readonly documentId: string; readonly occurrence: number },
): Promise<void> {
  const { path, ...look } = file;
  const change = { ...look, ...claim, movedTo: null };
  await db
    .insertInto('fileSeen')
    .values({ flow, path, seenAt: now(), ...change })
    .onConflict((conflict) => conflict.columns(['flow', 'path']).doUpdateSet(change))
    .execute();
}

async function nextOccurrence({ db }: Ledger, flow: string, sha256: Buffer): Promise<number> {
  const row = await db
    .insertInto('fileContent')
    .values({ flow, sha256, occurrences: 1 })
    .onConflict((conflict) =>
      conflict.columns(['flow', 'sha256']).doUpdateSet((expression) => ({
        occurrences: expression('fileContent.occurrences', '+', 1),
      })),
    )
    .returning('occurrences')
    .executeTakeFirstOrThrow();
  return row.occurrences;
}

/** Notes where a claimed file was moved to: the next file at its path is another one. */
export async function noteMoved({ db }: Ledger, flow: string, path: string, documentId: string, movedTo: string) {
  await db
    .updateTable('fileSeen')
    .set({ movedTo })
    .where('flow', '=', flow)
    .where('path', '=', path)
    .where('documentId', '=', documentId)
    .execute();
}

/** How a file looked when this document claimed it; undefined when another file has taken its place since. */
export async function claimedAs(
  { db }: Ledger,
  flow: string,
  path: string,
  documentId: string,
): Promise<SeenFile | undefined> {
  return db
    .selectFrom('fileSeen')
    .select(['path', 'byteSize', 'modifiedAt'])
    .where('flow', '=', flow)
    .where('path', '=', path)
    .where('documentId', '=', documentId)
    .executeTakeFirst();
}

/** The documents that have claimed the files at these paths and whose files were not moved yet. */
export async function findClaimed({ db }: Ledger, flow: string, paths: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('fileSeen')
    .select('documentId')
    .where('flow', '=', flow)
    .where(sql<boolean>`path = any(${[...paths]}::text[])`)
    .where('movedTo', 'is', null)
    .orderBy('path')
    .execute();
  return rows.flatMap((row) => row.documentId ?? []);
}
