import { z } from 'zod';
import { fileNameSchema, folderSchema, nameSchema, wholeNumberSchema } from '../values.ts';

/** Where the files of a flow go. */
export const outboundTargetSchema = z.strictObject({
  connection: nameSchema,
  folder: folderSchema,
  /** File name: `{date:yyyyMMdd}` is the day of the batch in UTC, `{sequence:6}` a number that never repeats. */
  name: fileNameSchema,
  /** What a file that vanished between upload and confirmation means: the partner took it, or a person must say. */
  collected: z.enum(['inferred', 'uncertain']).default('uncertain'),
  maxRecords: wholeNumberSchema(1, 1_000_000).default(5000),
});
