import { z } from 'zod';
import { RECORD_ENTITY_NAMES } from '../../connectors/visma/records.ts';
import { RecordCsvMap } from '../../mappings/csv/record-settings.ts';
import { formatSchema } from '../format.ts';
import { scheduleSchema } from '../schedule.ts';
import { daySchema, durationMsSchema, nameSchema, textSchema } from '../values.ts';
import { outboundTargetSchema } from './outbound-target.ts';

const source = z.strictObject({
  connection: nameSchema,
  /** What is read, as Visma.net names it. */
  entity: z.enum(RECORD_ENTITY_NAMES),
  /** Parameters of Visma.net's list, each with one value. */
  filters: z.record(z.string(), textSchema).default({}),
  /** Where the first poll begins; without it, at the very beginning. */
  since: daySchema.default('1900-01-01'),
  /**
   * Each poll reads again what changed so shortly before the last one: Visma.net's lists shift while they are read, and its
   * clock, whose zone is not documented, may be put back an hour in autumn. What has not changed since costs nothing.
   */
  overlapMs: durationMsSchema({ minMs: 0 }).default(65 * 60_000),
});

/** Records of Visma.net that changed become rows of files in the partner's folder, in Visma.net's own words. */
export const recordsOutSchema = z.strictObject({
  kind: z.literal('records-out'),
  schedule: scheduleSchema,
  source,
  target: outboundTargetSchema,
  format: formatSchema,
  /** What the rows of the file are, and their columns in order. */
  rows: RecordCsvMap,
});
