import { Failure } from '../failures/failure.ts';
import type { Ledger } from '../ledger/database.ts';
import {
  documentsBetween,
  documentsOfWorkflow,
  type ListedDocument,
  listDocuments,
} from '../ledger/queries/documents.ts';

const MOST_MATCHES = 50;

/**
 * The documents that a word stands for: an id or how one begins, a workflow id, or a business reference. A reference that
 * a file and its records share stands for the file.
 */
export async function documentsNamed(ledger: Ledger, given: string): Promise<readonly ListedDocument[]> {
  const byId = await byIdStart(ledger, given);
  if (byId.length > 0) return byId;
  const byWorkflow = await documentsOfWorkflow(ledger, given);
  if (byWorkflow.length > 0) return byWorkflow;
  const found = await listDocuments(ledger, { reference: given }, MOST_MATCHES);
  const ids = new Set(found.map(({ id }) => id));
  return found.filter(({ parentId }) => parentId === null || !ids.has(parentId));
}

/** The one document that a word stands for. @throws Failure NAME_UNKNOWN, NAME_AMBIGUOUS */
export async function documentNamed(ledger: Ledger, given: string): Promise<ListedDocument> {
  const [document, ...others] = await documentsNamed(ledger, given);
  if (document === undefined) throw unknownDocument(given);
  if (others.length === 0) return document;
  const ids = [document, ...others].map(({ id, state }) => `${id} (${state})`).join(', ');
  throw new Failure('NAME_AMBIGUOUS', { message: `"${given}" fits ${others.length + 1} documents: ${ids}.` });
}

export function unknownDocument(given: string): Failure {
  return new Failure('NAME_UNKNOWN', {
    message: `No document has the id, the workflow id or the reference "${given}".`,
    next: 'Look for it with `ml-connector documents`; references are supplier, order, invoice and voucher numbers, file names, and numbers in the other system.',
  });
}

/** Ids sort, so the ones with a beginning in common lie between it filled with 0 and with f. Short numbers are references. */
async function byIdStart(ledger: Ledger, given: string): Promise<readonly ListedDocument[]> {
  const digits = given.toLowerCase().replaceAll('-', '');
  if (!/^[0-9a-f]{8,32}$/.test(digits) || !isIdStart(given.toLowerCase(), digits)) return [];
  return documentsBetween(ledger, asId(digits.padEnd(32, '0')), asId(digits.padEnd(32, 'f')));
}

/** Whether the hyphens, if any, stand where an id has them. */
function isIdStart(given: string, digits: string): boolean {
  return given === digits || asId(digits).startsWith(given.replace(/-$/, ''));
}

function asId(digits: string): string {
  const parts = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)];
  return parts.filter((part) => part !== '').join('-');
}
