import { Failure } from '../../failures/failure.ts';
import { readDay } from './days.ts';
import { readDecimal } from './decimals.ts';
import type { CsvDialect } from './dialect.ts';
import type { CsvRecord } from './row.ts';

/**
 * The decimal in a cell, in our form (`-1250.5`); undefined when the cell is empty.
 *
 * @throws Failure CSV_CELL_INVALID naming line and column
 */
export function decimalCell(row: CsvRecord, column: string, dialect: CsvDialect): string | undefined {
  const rule = `is no decimal with "${dialect.decimalSign}" before the fraction and "${dialect.thousandsSign}" between thousands`;
  return typedCell(row, column, rule, (text) => readDecimal(text, dialect));
}

/**
 * The day in a cell, ISO; undefined when the cell is empty.
 *
 * @throws Failure CSV_CELL_INVALID naming line and column
 */
export function dayCell(row: CsvRecord, column: string, dialect: CsvDialect): string | undefined {
  return typedCell(row, column, `is no day written ${dialect.datePattern}`, (text) =>
    readDay(text, dialect.datePattern),
  );
}

function typedCell(
  row: CsvRecord,
  column: string,
  rule: string,
  read: (text: string) => string | undefined,
): string | undefined {
  const text = row.cells[column]?.trim() ?? '';
  if (text === '') return undefined;
  const value = read(text);
  if (value !== undefined) return value;
  throw new Failure('CSV_CELL_INVALID', {
    message: `Line ${row.line}, column ${column}: the cell ${rule}.`,
    confidential: `The cell holds: ${text}`,
  });
}
