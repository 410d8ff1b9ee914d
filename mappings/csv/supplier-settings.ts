import { z } from 'zod';
import { supplierFields } from '../canonical/supplier-fields.ts';
import { FieldSource } from './field-source.ts';

/** `fields` of a flow that reads suppliers: canonical field -> column name, column with rules, or constant. */
export const SupplierCsvMap = z
  .partialRecord(z.enum(supplierFields), FieldSource)
  .refine((map) => map.number !== undefined && map.name !== undefined, {
    message: 'must say where `number` and `name` come from',
  });

export type SupplierCsvMap = z.infer<typeof SupplierCsvMap>;
