import { Failure } from '../../failures/failure.ts';
import type { CsvRecord } from '../../formats/csv/row.ts';
import { SUPPLIER_STATUSES, Supplier } from '../canonical/supplier.ts';
import { type SupplierField, type SupplierValues, supplierFields, supplierOf } from '../canonical/supplier-fields.ts';
import { type Routing, routedValues } from '../routing/routing.ts';
import { columnOf, type FieldSource, fieldValue, isRequiredBy } from './field-source.ts';
import type { SupplierCsvMap } from './supplier-settings.ts';

interface Problem {
  readonly field: string;
  readonly rule: string;
}

const NO_ROUTING: Routing = { values: {}, rules: [] };

/** The columns that a file must have for this map. */
export function supplierColumns(map: SupplierCsvMap): string[] {
  const columns = supplierFields.map((field) => columnOf(map[field])).filter((column) => column !== undefined);
  return [...new Set(columns)];
}

/**
 * A row of a partner's vendor file as a supplier, by the flow's columns and routing. An empty cell leaves the field as it is, unless the map says otherwise;
 * countries, currencies and statuses may be written in any letter case.
 *
 * @throws Failure SUPPLIER_ROW_INVALID with every problem of the row: line, field, column and rule, never a value; the cells
 *   stand in `confidential`
 */
export function supplierFromRow(row: CsvRecord, map: SupplierCsvMap, routing: Routing = NO_ROUTING): Supplier {
  const cells = supplierFields.map((field) => [field, fieldValue(row, map[field])]);
  const values: SupplierValues = routedValues(Object.fromEntries(cells), routing);
  const missing = supplierFields
    .filter((field) => isRequired(map[field], field) && (values[field] ?? '') === '')
    .map((field) => ({ field, rule: 'must not be empty' }));
  const parsed = Supplier.safeParse(supplierOf(spelled(values)));
  if (parsed.success && missing.length === 0) return parsed.data;
  const broken = (parsed.error?.issues ?? [])
    .map(({ path, message }) => ({ field: path.slice(0, 2).join('.'), rule: message }))
    .filter(({ field }) => !missing.some((problem) => problem.field === field));
  throw rowFailure(row, map, [...missing, ...broken]);
}

/** A supplier is nothing without number and name, whatever the map says. */
function isRequired(source: FieldSource | undefined, field: SupplierField): boolean {
  if (field === 'number' || field === 'name') return true;
  return isRequiredBy(source);
}

function spelled(values: SupplierValues): SupplierValues {
  const { status } = values;
  return {
    ...values,
    status: SUPPLIER_STATUSES.find((known) => known.toLowerCase() === status?.toLowerCase()) ?? status,
    currency: values.currency?.toUpperCase(),
    'address.country': values['address.country']?.toUpperCase(),
  };
}

function rowFailure(row: CsvRecord, map: SupplierCsvMap, problems: readonly Problem[]): Failure {
  const sentences = problems.map(({ field, rule }) => {
    const column = columnOf(map[field as SupplierField]);
    return `${field}${column === undefined ? '' : ` (column ${column})`} ${rule}`;
  });
  return new Failure('SUPPLIER_ROW_INVALID', {
    message: `Line ${row.line}, record ${row.record}: ${sentences.join('; ')}.`,
    confidential: JSON.stringify(row.cells),
  });
}
