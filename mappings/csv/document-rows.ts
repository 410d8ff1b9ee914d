import { Failure } from '../../failures/failure.ts';
import { readDay } from '../../formats/csv/days.ts';
import { readDecimal } from '../../formats/csv/decimals.ts';
import type { CsvDialect } from '../../formats/csv/dialect.ts';
import type { CsvRecord, CsvRow } from '../../formats/csv/row.ts';
import { columnOf, type FieldSource, fieldValue, isRequiredBy } from './field-source.ts';

/** How the text of a field is read: as it is, as a decimal or a day in the partner's form, or in capitals. */
export type FieldType = 'text' | 'decimal' | 'day' | 'capitals';

/** The fields of a kind of document by name; those of a line begin with `lines.`. */
export type FieldTypes = Readonly<Record<string, FieldType>>;

/** Our field to where its value comes from. */
export type DocumentMap = Readonly<Record<string, FieldSource | undefined>>;

/** A document as its rows say it, by field name: values in our form, nothing for what is empty. */
export interface RowDocument {
  readonly header: Readonly<Record<string, string>>;
  /** Field names without `lines.`; rows that say nothing about a line are none. */
  readonly lines: readonly Readonly<Record<string, string>>[];
}

export interface RowRules {
  readonly fields: FieldTypes;
  readonly columns: DocumentMap;
  readonly dialect: CsvDialect;
}

const LINES = 'lines.';
const PROBLEMS_SHOWN = 10;

/** The columns that a file must have for these rules. */
export function documentColumns(columns: DocumentMap): string[] {
  return [...new Set(Object.values(columns).flatMap((source) => columnOf(source) ?? []))];
}

/**
 * Puts the rows of one document together. A field of the header may stand in every row or in the first alone; rows that
 * contradict each other are refused.
 *
 * @throws Failure of a row that cannot be read, or DOCUMENT_ROWS_INVALID with line, field, column and rule of each problem
 */
export function readDocumentRows(rows: readonly CsvRow[], rules: RowRules): RowDocument {
  const records = rows.map((row) => {
    if ('failure' in row) throw row.failure;
    return row;
  });
  const problems: string[] = [];
  const header = readHeader(records, rules, problems);
  const lines = records
    .map((record) => readLine(record, rules, problems))
    .filter((line) => Object.keys(line).length > 0);
  if (problems.length > 0) throw invalid(problems, records);
  return { header, lines };
}

function readHeader(records: readonly CsvRecord[], rules: RowRules, problems: string[]): Record<string, string> {
  const fields = Object.keys(rules.fields).filter((field) => !field.startsWith(LINES));
  const values = fields.flatMap((field) => {
    const found = records.flatMap((record) => {
      const value = readField(record, field, rules, problems);
      return value === undefined ? [] : [{ record, value }];
    });
    const [first] = found;
    const other = found.find(({ value }) => value !== first?.value);
    if (other)
      problems.push(`${placeOf(other.record, field, rules)} says something else than line ${first?.record.line}`);
    if (!first && isRequiredBy(rules.columns[field]) && records[0]) {
      problems.push(`${placeOf(records[0], field, rules)} must not be empty`);
    }
    return first ? [[field, first.value] as const] : [];
  });
  return Object.fromEntries(values);
}

/** A line of constants and defaults alone is none: the row is one of the header. */
function readLine(record: CsvRecord, rules: RowRules, problems: string[]): Record<string, string> {
  const fields = Object.keys(rules.fields).filter((field) => field.startsWith(LINES));
  const isLine = fields.some((field) => (record.cells[columnOf(rules.columns[field]) ?? '']?.trim() ?? '') !== '');
  if (!isLine) return {};
  const values = fields.flatMap((field) => {
    const value = readField(record, field, rules, problems);
    if (value === undefined && isRequiredBy(rules.columns[field])) {
      problems.push(`${placeOf(record, field, rules)} must not be empty`);
    }
    return value === undefined ? [] : [[field.slice(LINES.length), value] as const];
  });
  return Object.fromEntries(values);
}

function readField(record: CsvRecord, field: string, rules: RowRules, problems: string[]): string | undefined {
  const text = fieldValue(record, rules.columns[field]);
  if (text === undefined || text === '') return undefined;
  const value = typed(text, rules.fields[field] ?? 'text', rules.dialect);
  if (value === undefined)
    problems.push(`${placeOf(record, field, rules)} ${ruleOf(rules.fields[field], rules.dialect)}`);
  return value;
}

function typed(text: string, type: FieldType, dialect: CsvDialect): string | undefined {
  if (type === 'decimal') return readDecimal(text, dialect);
  if (type === 'day') return readDay(text, dialect.datePattern);
  return type === 'capitals' ? text.toUpperCase() : text;
}

function ruleOf(type: FieldType | undefined, { decimalSign, datePattern }: CsvDialect): string {
  return type === 'day'
    ? `is no day written ${datePattern}`
    : `is no decimal with "${decimalSign}" before the fraction`;
}

function placeOf({ line }: CsvRecord, field: string, { columns }: RowRules): string {
  const column = columnOf(columns[field]);
  return `line ${line}, ${field}${column === undefined ? '' : ` (column ${column})`}`;
}

function invalid(problems: readonly string[], records: readonly CsvRecord[]): Failure {
  const more = problems.length - PROBLEMS_SHOWN;
  const shown = [...new Set(problems)].slice(0, PROBLEMS_SHOWN).join('; ');
  const message = `${shown.charAt(0).toUpperCase()}${shown.slice(1)}${more > 0 ? `; ${more} more` : ''}.`;
  return new Failure('DOCUMENT_ROWS_INVALID', {
    message,
    confidential: JSON.stringify(records.map(({ line, cells }) => ({ line, cells }))),
  });
}
