import { basename, extname } from 'node:path';
import { Failure } from '../../failures/failure.ts';
import { readCsv } from '../../formats/csv/read-csv.ts';
import type { CsvPosition, CsvRow } from '../../formats/csv/row.ts';
import { writeCsv } from '../../formats/csv/write-csv.ts';
import type { Ledger } from '../../ledger/database.ts';
import { bodyHead, readBytes } from '../../ledger/read-bodies.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import type { RowMap } from './kind.ts';
import type { Flaw } from './read-group.ts';

/** Where a document of several rows stands in its stored file. */
export interface RowsOrigin extends CsvPosition {
  /** Bytes of all its rows. */
  readonly length: number;
  readonly flaw?: Flaw;
}

export function originOf(document: DocumentRow): RowsOrigin {
  return document.origin as unknown as RowsOrigin;
}

/** The rows of a document, read again from its byte range in the stored file. */
export async function readRows(ledger: Ledger, document: DocumentRow, { dialect }: RowMap): Promise<CsvRow[]> {
  const origin = originOf(document);
  const bytes = await readRange(ledger, document, origin);
  const rows: CsvRow[] = [];
  for await (const batch of readCsv(only(bytes), dialect, { from: origin }).batches()) rows.push(...batch);
  return rows;
}

function readRange(ledger: Ledger, document: DocumentRow, range: { offset: number; length: number }): Promise<Buffer> {
  return readBytes(ledger, { documentId: document.parentId ?? document.id, role: 'original' }, range);
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** What an attachment holds: its bytes, under a name that no other document of the file has. */
export interface Original {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The document's own rows, byte for byte, under the header of their file; or the whole file. */
export async function originalOf(
  ledger: Ledger,
  document: DocumentRow,
  { dialect }: RowMap,
  what: 'rows' | 'file',
): Promise<Original> {
  const file = document.business.file ?? document.sourceKey;
  if (what === 'file') {
    await refuseLarge(ledger, document, file);
    return { name: file, bytes: await readRange(ledger, document, WHOLE) };
  }
  const origin = originOf(document);
  const extension = extname(file);
  const name = `${basename(file, extension)}-line-${origin.line}${extension}`;
  const rows = await readRange(ledger, document, origin);
  if (dialect.header !== 'first-row') return { name, bytes: rows };
  const header: Uint8Array[] = [];
  for await (const block of writeCsv([], dialect, origin.columns)) header.push(block);
  return { name, bytes: Buffer.concat([...header, rows]) };
}

/** Held in memory while it is sent. What Visma.net takes at most is not published. */
const LARGEST_ATTACHMENT = 32 * 1024 * 1024;

async function refuseLarge(ledger: Ledger, { id, parentId }: DocumentRow, file: string): Promise<void> {
  const { byteSize } = await bodyHead(ledger, { documentId: parentId ?? id, role: 'original' });
  if (byteSize <= LARGEST_ATTACHMENT) return;
  throw new Failure('FILE_TOO_LARGE', {
    message: `${file} has ${byteSize} bytes, too many to be attached to a document.`,
    next: 'Set `attach: rows` in the flow, `ml-connector apply` it, then replay the document: what is there is not posted again.',
  });
}

const WHOLE = { offset: 0, length: Number.POSITIVE_INFINITY };
