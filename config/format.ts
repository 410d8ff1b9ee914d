import { z } from 'zod';
import { textSchema, wholeNumberSchema } from './values.ts';

const KIB = 1024;

const oneCharacter = z.string().length(1, 'must be one character');

const dialect = {
  type: z.literal('csv'),
  delimiter: oneCharacter.default(';'),
  quote: oneCharacter.default('"'),
  encoding: z.enum(['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15', 'utf-16le']).default('utf-8'),
  header: z.boolean().default(true),
  decimal: z.enum(['.', ',']).default('.'),
  /** Letters of Unicode TR35: `yyyy-MM-dd`, `dd.MM.yyyy`, `yyyyMMdd`. */
  date: textSchema.default('yyyy-MM-dd'),
};

/** How a partner writes its CSV files. The limits keep one broken file from filling the memory. */
export const csvInSchema = z
  .strictObject({
    ...dialect,
    maxRecordBytes: wholeNumberSchema(KIB, 16 * KIB * KIB).default(KIB * KIB),
    maxColumns: wholeNumberSchema(1, 10_000).default(1000),
  })
  .refine((format) => format.delimiter !== format.quote, 'delimiter and quote must differ');

/** How a partner wants its CSV files. */
export const csvOutSchema = z
  .strictObject({
    ...dialect,
    lineEnd: z.enum(['crlf', 'lf']).default('crlf'),
    byteOrderMark: z.boolean().default(false),
  })
  .refine((format) => format.delimiter !== format.quote, 'delimiter and quote must differ');

export type CsvIn = z.infer<typeof csvInSchema>;
export type CsvOut = z.infer<typeof csvOutSchema>;
