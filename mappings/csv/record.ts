import { writeDay } from '../../formats/csv/days.ts';
import { writeDecimal } from '../../formats/csv/decimals.ts';
import type { CsvDialect } from '../../formats/csv/dialect.ts';
import { decimalOf } from '../canonical/decimal.ts';
import type { RecordColumn, RecordCsvMap } from './record-settings.ts';

/** A record as a system shows it: plain JSON. */
type PlainRecord = Readonly<Record<string, unknown>>;

/** How the file writes days and decimals. */
type CellForms = Pick<CsvDialect, 'decimalSign' | 'thousandsSign' | 'datePattern'>;

/** Visma.net gives a pure day as its midnight. */
const DAY = /^\d{4}-\d{2}-\d{2}T00:00:00(\.0+)?$/;
/** Fields that are instants, though one may fall on midnight. */
const INSTANT = /DateTime$/;

/** The names for the header row. */
export function recordHeader({ columns }: RecordCsvMap): string[] {
  return columns.map((column) => column.name);
}

/**
 * The rows of one record: one, or one per line. `lines` is the field that holds them. A value that the record does not have
 * is an empty cell.
 */
export function recordToRows(
  record: PlainRecord,
  { layout, columns }: RecordCsvMap,
  lines: string | undefined,
  forms: CellForms,
): string[][] {
  const rows = layout === 'lines' && lines !== undefined ? linesOf(record, lines) : [];
  return (rows.length === 0 ? [undefined] : rows).map((line) =>
    columns.map((column) => cell(column, record, { name: lines, line }, forms)),
  );
}

/** The value at a path such as `supplier.number`; undefined when there is none. */
export function valueAtPath(record: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined), record);
}

interface Line {
  readonly name: string | undefined;
  readonly line: unknown;
}

function cell(column: RecordColumn, record: PlainRecord, { name, line }: Line, forms: CellForms): string {
  if ('constant' in column) return column.constant;
  const isOfLine = name !== undefined && column.field.startsWith(`${name}.`);
  const value = isOfLine ? valueAtPath(line, column.field.slice(name.length + 1)) : valueAtPath(record, column.field);
  const plain = textOf(value);
  const translated = column.values?.[plain];
  if (plain === '' || translated !== undefined) return translated ?? '';
  if (typeof value === 'number') return writeDecimal(plain, forms, column.decimals);
  return DAY.test(plain) && !INSTANT.test(column.field) ? writeDay(plain, forms.datePattern) : plain;
}

/** What is a plain text in one answer is a small object with an id in another. */
function textOf(value: unknown): string {
  if (isRecord(value)) return textOf(value.id ?? value.number);
  if (typeof value === 'number') return decimalOf(value);
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
}

function linesOf(record: PlainRecord, field: string): readonly unknown[] {
  const lines = record[field];
  return Array.isArray(lines) ? lines : [];
}

function isRecord(value: unknown): value is PlainRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
