import { CsvDialect } from '../../formats/csv/dialect.ts';
import { type CsvSummary, type ReadCsvOptions, readCsv } from '../../formats/csv/read-csv.ts';
import type { CsvRow } from '../../formats/csv/row.ts';

export const dialect = (settings: object = {}): CsvDialect => CsvDialect.parse({ delimiter: ';', ...settings });

/** The bytes in chunks of the sizes given, the sizes used again from the start until the bytes are out. */
export async function* chunked(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

export interface Outcome {
  readonly rows: CsvRow[];
  readonly summary: CsvSummary | undefined;
  readonly columns: readonly string[] | undefined;
  /** Code and message of a failure of the file. */
  readonly failure: string | undefined;
}

/** Reads to the end or to the failure. */
export async function read(
  content: string | Uint8Array,
  settings: CsvDialect = dialect(),
  options: ReadCsvOptions & { sizes?: readonly number[] } = {},
): Promise<Outcome> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const reading = readCsv(chunked(bytes, options.sizes ?? [64 * 1024]), settings, options);
  const rows: CsvRow[] = [];
  let failure: string | undefined;
  try {
    for await (const row of reading) rows.push(row);
  } catch (error) {
    failure = `${(error as { code: string }).code} ${(error as Error).message}`;
  }
  return { rows, failure, summary: reading.summary, columns: reading.columns };
}

/** Cells, or code and message of the failure: what a person would see of a row. */
export function plain(row: CsvRow): unknown {
  return 'cells' in row ? { ...row.cells } : `${row.failure.code} ${row.failure.message}`;
}

/** A row with its place, for deep comparison. */
export function whole(row: CsvRow): unknown {
  const { record, line, lines, offset, length } = row;
  return { record, line, lines, offset, length, content: plain(row) };
}

export async function collected(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}
