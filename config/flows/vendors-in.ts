import { z } from 'zod';
import { SupplierCsvMap } from '../../mappings/csv/supplier-settings.ts';
import { SupplierRouting } from '../../mappings/routing/schemas.ts';
import { formatSchema } from '../format.ts';
import { scheduleSchema } from '../schedule.ts';
import { nameSchema } from '../values.ts';
import { inboundSource } from './inbound-source.ts';

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
  source: inboundSource,
  target,
  format: formatSchema,
  /** Our field to the partner's column, to a column with rules, or to a constant. */
  columns: SupplierCsvMap,
  /** Translations of values and rules, applied to each row before it is checked. */
  routing: SupplierRouting.prefault({}),
});
