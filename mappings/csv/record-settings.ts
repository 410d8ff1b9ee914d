import { z } from 'zod';

const Column = z.union([
  z.strictObject({
    name: z.string().min(1),
    /** A path into the record in Visma.net's own words; which there are depends on the entity. */
    field: z.string().min(1),
    /** Replaces a value of Visma.net's by what the partner expects. */
    values: z.record(z.string(), z.string()).optional(),
    /** Rounds half away from zero to so many places. */
    decimals: z.int().min(0).max(10).optional(),
  }),
  z.strictObject({ name: z.string().min(1), constant: z.string() }),
]);

/**
 * `columns` of a flow that writes records as they are, in the order of the file.
 * - `headers`: one row per record.
 * - `lines`: one row per line, the record's columns repeated; a record without lines is one row.
 */
export const RecordCsvMap = z.strictObject({
  layout: z.enum(['headers', 'lines']).default('headers'),
  columns: z.array(Column).min(1),
});

export type RecordCsvMap = z.infer<typeof RecordCsvMap>;
export type RecordColumn = z.infer<typeof Column>;
