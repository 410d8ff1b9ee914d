import { z } from 'zod';
import { isDatePattern } from './days.ts';

export const CSV_ENCODINGS = ['utf-8', 'windows-1252', 'iso-8859-1'] as const;
export type CsvEncoding = (typeof CSV_ENCODINGS)[number];

/** Marks are single bytes in every encoding we read, so a border between chunks never cuts one. */
const Mark = z.string().regex(/^[\t\x20-\x7e]$/, 'must be one ASCII character');

const Limits = z.strictObject({
  /** Bytes of one record without its line end. A longer one is a failed row. */
  recordBytes: z
    .int()
    .positive()
    .default(1024 * 1024),
  cellBytes: z
    .int()
    .positive()
    .default(64 * 1024),
  columns: z.int().positive().default(1000),
  /** Bytes of the header row. A longer one is not a header: the file fails. */
  headerBytes: z
    .int()
    .positive()
    .default(64 * 1024),
});

/**
 * How a partner writes CSV. The same settings read and write.
 *
 * Cells are written as they are: a cell that begins with `=`, `+`, `-` or `@` is not altered, since the reader of the file
 * is a system and a changed value would be wrong. Whoever opens such a file in a spreadsheet should import it as text.
 */
export const CsvDialect = z
  .strictObject({
    delimiter: Mark.default(','),
    /** '' when the partner knows no quoting. */
    quote: z.union([Mark, z.literal('')]).default('"'),
    /** `first-row` when the file names its columns; else their names by position. */
    header: z.union([z.literal('first-row'), z.array(z.string().min(1)).min(1)]).default('first-row'),
    encoding: z.enum(CSV_ENCODINGS).default('utf-8'),
    /** Write a byte order mark (UTF-8 only). Reading accepts both. */
    bom: z.boolean().default(false),
    decimalSign: z.enum(['.', ',']).default('.'),
    /** Sign between groups of three digits, '' for none. */
    thousandsSign: z.enum(['', '.', ',', ' ', "'"]).default(''),
    /** `yyyy`, `yy` (20yy), `MM`, `M`, `dd`, `d` and separators. */
    datePattern: z.string().refine(isDatePattern, 'must hold year, month and day once each').default('yyyy-MM-dd'),
    lineEnd: z.enum(['\r\n', '\n', '\r']).default('\r\n'),
    quoting: z.enum(['when-needed', 'always']).default('when-needed'),
    /** A character that the encoding cannot hold fails the row, or is written as `?`. */
    unencodable: z.enum(['fail', 'replace']).default('fail'),
    limits: Limits.prefault({}),
  })
  .refine((dialect) => dialect.delimiter !== dialect.quote, { message: 'delimiter and quote must differ' })
  .refine((dialect) => dialect.decimalSign !== dialect.thousandsSign, {
    message: 'decimalSign and thousandsSign must differ',
  })
  .refine((dialect) => dialect.quoting === 'when-needed' || dialect.quote !== '', {
    message: 'quoting `always` needs a quote',
  });

/** The settings with every default filled in: `CsvDialect.parse(section)`. */
export type CsvDialect = z.infer<typeof CsvDialect>;
