import { z } from 'zod';
import type { CsvRecord } from '../../formats/csv/row.ts';
import { translation } from '../routing/routing.ts';

/** Where a value comes from: a column (its header name), with what an empty cell means, or the same for every row. */
export const FieldSource = z.union([
  z.string().min(1),
  z.strictObject({
    column: z.string().min(1),
    /** Used for an empty cell. */
    default: z.string().optional(),
    /** Replaces what the partner writes by what we mean, `Norge: NO`. Letter case and outer white space do not matter. */
    values: z.record(z.string(), z.string()).optional(),
    required: z.boolean().default(false),
    /** An empty cell leaves the field as it is, or clears it. */
    empty: z.enum(['leave', 'clear']).default('leave'),
  }),
  z.strictObject({ constant: z.string() }),
]);

export type FieldSource = z.infer<typeof FieldSource>;

type ColumnSource = Extract<FieldSource, { column: string }>;

/** The column that a field is read from; undefined for a constant. */
export function columnOf(source: FieldSource | undefined): string | undefined {
  if (typeof source === 'string') return source;
  return source !== undefined && 'column' in source ? source.column : undefined;
}

/** Whether the file has to give a value for the field. */
export function isRequiredBy(source: FieldSource | undefined): boolean {
  return typeof source === 'object' && 'column' in source && source.required;
}

/** The text of a field in a row; undefined where it says nothing, '' where an empty cell clears. */
export function fieldValue(row: CsvRecord, source: FieldSource | undefined): string | undefined {
  if (source === undefined) return undefined;
  if (typeof source === 'object' && 'constant' in source) return source.constant;
  const plain = (column: string): ColumnSource => ({ column, required: false, empty: 'leave' });
  const rules = typeof source === 'string' ? plain(source) : source;
  const cell = row.cells[rules.column]?.trim() ?? '';
  if (cell === '') return rules.default ?? (rules.empty === 'clear' ? '' : undefined);
  return translation(cell, rules.values ?? {});
}
