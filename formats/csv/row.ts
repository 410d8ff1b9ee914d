import type { Failure } from '../../failures/failure.ts';

/** Where a record stands in the original file. */
export interface CsvPlace {
  /** From 1; the header and blank lines are not counted. */
  readonly record: number;
  /** The line it begins in, from 1, as an editor shows it. */
  readonly line: number;
  /** How many line ends it holds, its own included. */
  readonly lines: number;
  /** First byte in the original, the byte order mark counted. */
  readonly offset: number;
  /** Bytes in the original, its line end included: `offset + length` is where the next record begins. */
  readonly length: number;
}

/** A record whose cells are known, by column name. Columns without a name in the header are left out. */
export interface CsvRecord extends CsvPlace {
  readonly cells: Readonly<Record<string, string>>;
}

/** A record that could not be read; the failure names line and column, never a value. */
export interface BrokenCsvRecord extends CsvPlace {
  readonly failure: Failure;
}

export type CsvRow = CsvRecord | BrokenCsvRecord;

/** Where reading may begin again: the source then starts at byte `offset` of the original. */
export interface CsvPosition {
  readonly offset: number;
  /** The number that the next record gets. */
  readonly record: number;
  readonly line: number;
  readonly columns: readonly string[];
}

/** The place of a row itself, to read that one record again from its byte range. */
export function positionOf(row: CsvPlace, columns: readonly string[]): CsvPosition {
  return { offset: row.offset, record: row.record, line: row.line, columns };
}

/** The place behind a row, to go on reading after a stop. */
export function positionAfter(row: CsvPlace, columns: readonly string[]): CsvPosition {
  return { offset: row.offset + row.length, record: row.record + 1, line: row.line + row.lines, columns };
}
