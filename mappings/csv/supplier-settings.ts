import { z } from 'zod';
import { supplierFields } from '../canonical/supplier-fields.ts';

/** Where a value comes from: a column (its header name), with what an empty cell means, or the same for every row. */
const FieldSource = z.union([
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

/** `fields` of a flow that reads suppliers: canonical field -> column name, column with rules, or constant. */
export const SupplierCsvMap = z
  .partialRecord(z.enum(supplierFields), FieldSource)
  .refine((map) => map.number !== undefined && map.name !== undefined, {
    message: 'must say where `number` and `name` come from',
  });

export type SupplierCsvMap = z.infer<typeof SupplierCsvMap>;
export type FieldSource = z.infer<typeof FieldSource>;
