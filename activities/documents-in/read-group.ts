import { createHash } from 'node:crypto';
import { Failure } from '../../failures/failure.ts';
import type { CsvRow } from '../../formats/csv/row.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { contentHash } from '../../mappings/canonical/content-hash.ts';
import { type RowDocument, readDocumentRows } from '../../mappings/csv/document-rows.ts';
import type { DocumentsInKind, FlowOf } from '../configuration.ts';
import type { RowGroup } from './groups.ts';
import { MOST_ROWS } from './groups.ts';
import type { DocumentKind } from './kind.ts';

/** What may keep a document from being taken although its rows can be read, as its origin keeps it. */
export type Flaw = 'scattered' | 'beside a broken row' | 'too long';

/** A document of a file as the ledger needs it. */
export interface ReadGroup {
  readonly key: string;
  readonly contentHash: Buffer;
  readonly business: Readonly<Record<string, string>>;
}

/** The rows of a document put together by the flow's columns. @throws Failure with every problem of its rows */
export function rowsOf<K extends DocumentsInKind, C extends object>(
  kind: DocumentKind<K, C>,
  config: FlowOf<K>,
  rows: readonly CsvRow[],
): RowDocument {
  return readDocumentRows(rows, kind.rows(config));
}

/** Reads a document as far as it goes. One whose rows cannot be read keeps what can, and fails in its own delivery. */
export function readGroup<K extends DocumentsInKind, C extends object>(
  kind: DocumentKind<K, C>,
  config: FlowOf<K>,
  file: Pick<DocumentRow, 'id' | 'contentHash'>,
  group: RowGroup,
): ReadGroup {
  const unnamed = `row ${group.first.record} of ${identityOf(file).slice(0, 12)}`;
  try {
    const rows = rowsOf(kind, config, group.rows);
    const key = kind.keyOf(rows) ?? unnamed;
    return { key, contentHash: hashOf(rows), business: kind.business(rows) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // What the cells say is the same again only if all of them are.
    const cells = group.rows.map((row) =>
      'cells' in row ? row.cells : { file: identityOf(file), record: row.record },
    );
    return { key: group.key === undefined ? unnamed : keyOfCells(group.key), contentHash: hashOf(cells), business: {} };
  }
}

/** The identity of a document's content: what its rows say, whatever the routing makes of it. */
export function hashOf(content: unknown): Buffer {
  return Buffer.from(contentHash(content), 'hex');
}

function keyOfCells(key: string): string {
  return (JSON.parse(key || '[]') as string[]).join('/') || createHash('sha256').update(key).digest('hex').slice(0, 12);
}

/** Rows without a readable key are the same again only in the same file. */
function identityOf(file: Pick<DocumentRow, 'id' | 'contentHash'>): string {
  return file.contentHash?.toString('hex') ?? file.id;
}

/** What is wrong with a document's place in its file. `scattered`: the keys whose rows stand apart. */
export function flawOf({ key, isBesideBroken, isTooLong }: RowGroup, scattered: ReadonlySet<string>): Flaw | undefined {
  if (key !== undefined && scattered.has(key)) return 'scattered';
  if (isTooLong) return 'too long';
  return isBesideBroken ? 'beside a broken row' : undefined;
}

/** Refuses a document that may not be whole. */
function assertWhole(flaw: Flaw | undefined, isProvenWhole: boolean): void {
  if (flaw === 'scattered') {
    const message = 'The rows of this document do not stand together in the file, so that parts of it would be posted.';
    throw new Failure('DOCUMENT_SCATTERED', { message });
  }
  if (flaw === 'too long') {
    throw new Failure('DOCUMENT_ROWS_INVALID', { message: `The document has more than ${MOST_ROWS} rows.` });
  }
  if (flaw === undefined || isProvenWhole) return;
  const message =
    'A row beside this document cannot be read, and nothing in the document tells whether it was its own.';
  throw new Failure('DOCUMENT_ROWS_INVALID', { message });
}

/**
 * The canonical document of rows, if it certainly is whole.
 * @throws Failure naming what is wrong with it
 */
export function canonicalOf<K extends DocumentsInKind, C extends object>(
  kind: DocumentKind<K, C>,
  config: FlowOf<K>,
  rows: RowDocument,
  flaw: Flaw | undefined,
): C {
  // Before the map: what is wrong with the rows may be that some are missing.
  if (flaw !== 'beside a broken row') assertWhole(flaw, false);
  const canonical = kind.canonical(rows, config);
  assertWhole(flaw, kind.isProvenWhole(canonical));
  return canonical;
}
