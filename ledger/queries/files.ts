import { sql } from 'kysely';
import type { Ledger } from '../database.ts';
import type { SeenFile } from '../files-seen.ts';

/** Of these files, the paths of those that a document has claimed as they look now: they will not be read again. */
export async function claimedPaths(
  { db }: Ledger,
  flow: string,
  files: readonly SeenFile[],
): Promise<ReadonlySet<string>> {
  if (files.length === 0) return new Set();
  const paths = files.map(({ path }) => path);
  const rows = await db
    .selectFrom('fileSeen')
    .select(['path', 'byteSize', 'modifiedAt'])
    .where('flow', '=', flow)
    .where('path', 'in', paths)
    .where('documentId', 'is not', null)
    .where('movedTo', 'is', null)
    .execute();
  const looks = new Set(rows.map(lookOf));
  return new Set(files.filter((file) => looks.has(lookOf(file))).map(({ path }) => path));
}

function lookOf({ path, byteSize, modifiedAt }: SeenFile): string {
  return JSON.stringify([path, byteSize, modifiedAt.getTime()]);
}

/** Of these paths, those to which a file was moved when its records were stored, as the events say. */
export async function pathsMovedTo({ db }: Ledger, paths: readonly string[]): Promise<ReadonlySet<string>> {
  if (paths.length === 0) return new Set();
  const { rows } = await sql<{ to: string }>`
    select distinct detail ->> 'to' as to from event
    where step = 'moved' and detail ->> 'to' = any(${[...paths]}::text[])`.execute(db);
  return new Set(rows.map(({ to }) => to));
}
