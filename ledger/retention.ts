import { sql } from 'kysely';
import { inTransaction, type Ledger } from './database.ts';
import { FINAL_STATES, noteOnDocument } from './documents.ts';
import type { Provenance } from './events.ts';

/** Whose bodies are to be forgotten: of documents of one integration that nothing has moved since `before`. */
export interface Retention {
  readonly integration: string;
  readonly before: Date;
}

const DOCUMENTS_A_PAGE = 200;

/**
 * Forgets the bodies of documents that are done for good and have not moved since a moment; returns of how many. Hashes,
 * sizes, references and events stay. A file is kept as long as one of its records is: they have their bytes in it. May end
 * at any point and be called again.
 */
export async function forgetBodies(
  ledger: Ledger,
  retention: Retention,
  provenance: Provenance,
  alive: () => void,
): Promise<number> {
  let forgotten = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  while (true) {
    const page = await candidates(ledger, retention, after);
    for (const id of page) {
      alive();
      if (await forget(ledger, id, retention.before, provenance)) forgotten += 1;
    }
    const last = page.at(-1);
    if (last === undefined) return forgotten;
    after = last;
  }
}

/** Documents with bodies, by id: most of those found can be forgotten. */
async function candidates({ db }: Ledger, { integration, before }: Retention, after: string): Promise<string[]> {
  const rows = await db
    .selectFrom('body')
    .innerJoin('document', 'document.id', 'body.documentId')
    .select('body.documentId as id')
    .distinct()
    .where('body.forgottenAt', 'is', null)
    .where('body.documentId', '>', after)
    .where('body.documentId', '<', firstIdAt(before))
    .where(sql<boolean>`starts_with(document.flow, ${`${integration}/`})`)
    .where('document.state', 'in', FINAL_STATES)
    .where('document.updatedAt', '<', before)
    .orderBy('body.documentId')
    .limit(DOCUMENTS_A_PAGE)
    .execute();
  return rows.map(({ id }) => id);
}

/** The lowest uuid of version 7 of a moment: its first 48 bits are milliseconds since 1970. */
function firstIdAt(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** Looks again under the lock of the document, which also keeps a copy of one of its records from coming in between. */
async function forget(ledger: Ledger, id: string, before: Date, provenance: Provenance): Promise<boolean> {
  return inTransaction(ledger, async (tx) => {
    const document = await tx.db
      .selectFrom('document')
      .select('id')
      .where('id', '=', id)
      .where('state', 'in', FINAL_STATES)
      .where('updatedAt', '<', before)
      .forUpdate()
      .executeTakeFirst();
    if (!document || (await hasRecordInUse(tx, id, before))) return false;
    const bodies = await tx.db
      .updateTable('body')
      .set({ forgottenAt: tx.now(), chunks: 0 })
      .where('documentId', '=', id)
      .where('forgottenAt', 'is', null)
      .returning(['role', 'sha256'])
      .execute();
    if (bodies.length === 0) return false;
    await tx.db.deleteFrom('bodyChunk').where('documentId', '=', id).execute();
    const hashes = Object.fromEntries(bodies.map(({ role, sha256 }) => [role, sha256.toString('hex')]));
    await noteOnDocument(tx, id, { step: 'bodies forgotten', detail: hashes }, provenance);
    return true;
  });
}

async function hasRecordInUse({ db }: Ledger, fileId: string, before: Date): Promise<boolean> {
  const record = await db
    .selectFrom('document')
    .select('id')
    .where('parentId', '=', fileId)
    .where(({ or, eb }) => or([eb('state', 'not in', FINAL_STATES), eb('updatedAt', '>=', before)]))
    .limit(1)
    .executeTakeFirst();
  return record !== undefined;
}
