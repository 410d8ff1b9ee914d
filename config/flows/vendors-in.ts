import { z } from 'zod';
import { SupplierCsvMap } from '../../mappings/csv/supplier-settings.ts';
import { SupplierRouting } from '../../mappings/routing/schemas.ts';
import { formatSchema } from '../format.ts';
import { scheduleSchema } from '../schedule.ts';
import { durationMsSchema, filePatternSchema, folderSchema, nameSchema, wholeNumberSchema } from '../values.ts';

const MIB = 1024 * 1024;

const source = z.strictObject({
  connection: nameSchema,
  folder: folderSchema,
  pattern: filePatternSchema,
  /** Where a file goes when all its records are stored. */
  archive: folderSchema,
  /** Where a file goes that cannot be read as a whole. */
  error: folderSchema,
  /** A file is taken when its size and time did not change for so long: partners write without a temporary name. */
  settleMs: durationMsSchema({ minMs: 0 }).default(10_000),
  maxFileBytes: wholeNumberSchema(1, 16 * 1024 * MIB).default(1024 * MIB),
});

const target = z.strictObject({
  connection: nameSchema,
  /**
   * Which number a new supplier gets. `manual`: the file's, as Visma.net's number series is manual. `override`: the file's,
   * though the series is automatic. `automatic`: the next of the series.
   */
  numbering: z.enum(['manual', 'override', 'automatic']).default('override'),
});

/** Vendor master files of a partner become suppliers in Visma.net. */
export const vendorsInSchema = z.strictObject({
  kind: z.literal('vendors-in'),
  schedule: scheduleSchema,
  source,
  target,
  format: formatSchema,
  /** Our field to the partner's column, to a column with rules, or to a constant. */
  columns: SupplierCsvMap,
  /** Translations of values and rules, applied to each row before it is checked. */
  routing: SupplierRouting.prefault({}),
});
