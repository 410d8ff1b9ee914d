import { Failure } from '../../failures/failure.ts';
import type { CsvDialect } from './dialect.ts';
import { encodeText, encodeWithReplacement } from './encode-text.ts';
import { columnLabel } from './row-failures.ts';

const BLOCK_CHARACTERS = 64 * 1024;
const BOM = '\ufeff';

/** A row on its way out; `row` is 0 for the header. */
interface OutgoingRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly text: string;
}

/**
 * Writes rows of cells as CSV, in the order given, in blocks of about 64 KiB. Every row is written as it is, so that files
 * whose rows differ in length (record types) can be made too. Cells are never altered (see `CsvDialect`).
 *
 * @param columns names for a header row; without them there is none
 * @throws Failure CSV_CELL_UNENCODABLE while iterating, naming row and column
 */
export async function* writeCsv(
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  dialect: CsvDialect,
  columns?: readonly string[],
): AsyncGenerator<Uint8Array> {
  if (dialect.bom && dialect.encoding === 'utf-8') yield Buffer.from(BOM);
  let block: OutgoingRow[] = columns === undefined ? [] : [outgoing(columns, 0, dialect, columns)];
  let characters = 0;
  let row = 0;
  for await (const cells of rows) {
    row += 1;
    const next = outgoing(cells, row, dialect, columns ?? []);
    block.push(next);
    characters += next.text.length;
    if (characters < BLOCK_CHARACTERS) continue;
    yield encoded(block, dialect, columns ?? []);
    block = [];
    characters = 0;
  }
  if (block.length > 0) yield encoded(block, dialect, columns ?? []);
}

function outgoing(cells: readonly string[], row: number, dialect: CsvDialect, columns: readonly string[]): OutgoingRow {
  const texts = cells.map((cell, index) => {
    if (!needsQuotes(cell, cells, dialect)) return cell;
    if (dialect.quote === '') throw unencodable(row, index, columns, 'needs quotes, and the dialect has none');
    return `${dialect.quote}${cell.replaceAll(dialect.quote, dialect.quote.repeat(2))}${dialect.quote}`;
  });
  return { row, cells, text: texts.join(dialect.delimiter) + dialect.lineEnd };
}

function needsQuotes(cell: string, cells: readonly string[], dialect: CsvDialect): boolean {
  if (dialect.quoting === 'always') return true;
  // A row of one empty cell would be a blank line, and a leading U+FEFF a byte order mark.
  if (cell === '') return cells.length === 1;
  return (
    cell.includes(dialect.delimiter) ||
    cell.includes('\n') ||
    cell.includes('\r') ||
    (dialect.quote !== '' && cell.includes(dialect.quote)) ||
    cell.startsWith(BOM)
  );
}

function encoded(block: readonly OutgoingRow[], dialect: CsvDialect, columns: readonly string[]): Uint8Array {
  const text = block.map((row) => row.text).join('');
  const result = encodeText(text, dialect.encoding);
  if ('bytes' in result) return result.bytes;
  if (dialect.unencodable === 'replace') return encodeWithReplacement(text, dialect.encoding);
  throw missingCharacter(block, dialect, columns, result.missing);
}

/** Names the first cell of the block that the encoding cannot hold. */
function missingCharacter(
  block: readonly OutgoingRow[],
  { encoding }: CsvDialect,
  columns: readonly string[],
  character: string,
): Failure {
  for (const { row, cells } of block) {
    const bad = cells.findIndex((cell) => 'missing' in encodeText(cell, encoding));
    if (bad !== -1) return unencodable(row, bad, columns, `holds ${character}, which ${encoding} does not have`);
  }
  return unencodable(0, 0, columns, `holds ${character}, which ${encoding} does not have`);
}

function unencodable(row: number, cell: number, columns: readonly string[], problem: string): Failure {
  const where = row === 0 ? 'The header' : `Row ${row}`;
  return new Failure('CSV_CELL_UNENCODABLE', {
    message: `${where}, ${columnLabel(cell + 1, columns)}: the cell ${problem}.`,
  });
}
