import { writeDay } from '../../formats/csv/days.ts';
import { writeDecimal } from '../../formats/csv/decimals.ts';
import type { CsvDialect } from '../../formats/csv/dialect.ts';
import type { Invoice, InvoiceLine } from '../canonical/invoice.ts';
import { type InvoiceField, invoiceValue } from '../canonical/invoice-fields.ts';
import type { InvoiceColumn, InvoiceCsvMap } from './invoice-settings.ts';

/** How the file writes days and decimals. */
type CellForms = Pick<CsvDialect, 'decimalSign' | 'thousandsSign' | 'datePattern'>;

type CellKind = 'text' | 'decimal' | 'day';

const KINDS: Readonly<Partial<Record<InvoiceField, CellKind>>> = {
  date: 'day',
  dueDate: 'day',
  orderDate: 'day',
  deliveredOn: 'day',
  total: 'decimal',
  netTotal: 'decimal',
  vatTotal: 'decimal',
  balance: 'decimal',
  'lines.quantity': 'decimal',
  'lines.unitPrice': 'decimal',
  'lines.amount': 'decimal',
};

/** The names for the header row; undefined for `records`, whose rows have no columns in common. */
export function invoiceHeader(map: InvoiceCsvMap): string[] | undefined {
  return map.layout === 'records' ? undefined : map.columns.map((column) => column.name);
}

/** The rows of one invoice in the layout of the map. A field that the invoice does not have is an empty cell. */
export function invoiceToRows(invoice: Invoice, map: InvoiceCsvMap, forms: CellForms): string[][] {
  const row = (columns: readonly InvoiceColumn[], line: InvoiceLine | undefined) =>
    columns.map((column) => cell(column, invoice, line, forms));
  if (map.layout === 'headers') return [row(map.columns, undefined)];
  if (map.layout === 'records') {
    return [row(map.header, undefined), ...invoice.lines.map((line) => row(map.line, line))];
  }
  return invoice.lines.length === 0
    ? [row(map.columns, undefined)]
    : invoice.lines.map((line) => row(map.columns, line));
}

function cell(column: InvoiceColumn, invoice: Invoice, line: InvoiceLine | undefined, forms: CellForms): string {
  if ('constant' in column) return column.constant;
  const value = invoiceValue(invoice, line, column.field) ?? '';
  const translated = column.values?.[value];
  if (value === '' || translated !== undefined) return translated ?? '';
  const kind = KINDS[column.field] ?? 'text';
  if (kind === 'day') return writeDay(value, forms.datePattern);
  return kind === 'decimal' ? writeDecimal(value, forms, column.decimals) : value;
}
