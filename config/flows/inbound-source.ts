import { z } from 'zod';
import { durationMsSchema, filePatternSchema, folderSchema, nameSchema, wholeNumberSchema } from '../values.ts';

const MIB = 1024 * 1024;

/** `source` of a flow that takes files from a partner's folder. */
export const inboundSource = z.strictObject({
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
