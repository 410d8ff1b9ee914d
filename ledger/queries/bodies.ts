import type { Ledger } from '../database.ts';
import type { BodyRole } from '../schema.ts';

/** The roles of the bodies that a document has of its own. */
export async function rolesOf({ db }: Ledger, documentId: string): Promise<readonly BodyRole[]> {
  const rows = await db
    .selectFrom('body')
    .select('role')
    .where('documentId', '=', documentId)
    .orderBy('role')
    .execute();
  return rows.map(({ role }) => role);
}
