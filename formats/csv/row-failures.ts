import { Failure } from '../../failures/failure.ts';
import { cellAt, countLineEnds, type Marks, type Scan } from './scan-record.ts';

type BadQuoting = Extract<Scan, { kind: 'broken' }>;
type Oversize = Extract<Scan, { kind: 'oversize' }>;

/** The record at hand, as far as a failure has to name it. */
interface RecordContext {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly line: number;
  readonly columns: readonly string[];
  readonly marks: Marks;
}

/** Names a column to a reader: its number, and its name when the header gave one. */
export function columnLabel(cell: number, columns: readonly string[]): string {
  const name = columns[cell - 1];
  return name === undefined || name === '' ? `column ${cell}` : `column ${cell} (${name})`;
}

/** A record that cannot be read while its neighbours can. `where` is a line and, when it can be told, a column. */
export function rowFailure(where: string, problem: string): Failure {
  return new Failure('CSV_ROW_INVALID', { message: sentence(where, problem) });
}

/** The file as a whole is not what the dialect says. */
export function fileFailure(where: string, problem: string): Failure {
  return new Failure('CSV_FILE_INVALID', { message: sentence(where, problem) });
}

export function quotingFailure(context: RecordContext, scan: BadQuoting): Failure {
  const { bytes, start, marks } = context;
  const opens = scan.at === start || bytes[scan.at - 1] === marks.delimiter;
  const problem = opens
    ? 'the quote that opens the cell is not closed before a delimiter or a line end'
    : 'a quote stands in a cell that does not begin with one';
  return rowFailure(placeAt(context, scan.at), problem);
}

/** @param limit bytes a record may have */
export function oversizeFailure(context: RecordContext, scan: Oversize, limit: number): Failure {
  const rule = `the record is longer than ${limit} bytes`;
  const problem = scan.state === 'quoted' ? `${rule}; is a quote not closed?` : rule;
  const { bytes, start, line, columns, marks } = context;
  return rowFailure(`line ${line}, ${columnLabel(cellAt(bytes, start, start + limit, marks), columns)}`, problem);
}

/** Wrong number of cells, or a cell over the limit of `most` bytes; `length` is the length of the record in bytes. */
export function cellsFailure(
  cells: readonly string[],
  length: number,
  { line, columns }: Pick<RecordContext, 'line' | 'columns'>,
  most: number,
): Failure | undefined {
  if (cells.length !== columns.length) {
    const first = columnLabel(Math.min(cells.length, columns.length) + 1, columns);
    return rowFailure(`line ${line}, ${first}`, `the row has ${cells.length} cells where ${columns.length} belong`);
  }
  // Looking into every cell of every record would cost more than reading it.
  if (length <= most) return undefined;
  const long = cells.findIndex((cell) => Buffer.byteLength(cell) > most);
  if (long === -1) return undefined;
  return rowFailure(`line ${line}, ${columnLabel(long + 1, columns)}`, `the cell is longer than ${most} bytes`);
}

function placeAt({ bytes, start, line, columns, marks }: RecordContext, at: number): string {
  const label = columnLabel(cellAt(bytes, start, at, marks), columns);
  return `line ${line + countLineEnds(bytes, start, at)}, ${label}`;
}

function sentence(where: string, problem: string): string {
  const end = problem.endsWith('?') ? '' : '.';
  return `${where.charAt(0).toUpperCase()}${where.slice(1)}: ${problem}${end}`;
}
