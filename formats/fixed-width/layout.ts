import { z } from 'zod';

const Field = z.strictObject({
  name: z.string().min(1),
  /** First position, counted in characters from 1. */
  from: z.int().positive(),
  /** Characters. */
  length: z.int().positive(),
  align: z.enum(['left', 'right']).default('left'),
  /** Fills the field on the side away from `align`. */
  pad: z.string().length(1).default(' '),
  /** Digits after a decimal point that is not written: with 2, `12345` is 123.45. */
  decimals: z.int().min(0).max(9).optional(),
});

const RecordType = z.strictObject({
  name: z.string().min(1),
  /** What stands at the discriminator; needed where there are several record types. */
  match: z.string().min(1).optional(),
  fields: z.array(Field).min(1),
});

/** How the lines of a fixed-width file are laid out. Positions and lengths are characters, not bytes. */
export const FixedWidthLayout = z
  .strictObject({
    encoding: z.enum(['utf-8', 'iso-8859-1', 'windows-1252', 'cp850', 'cp865']).default('utf-8'),
    newline: z.enum(['\r\n', '\n']).default('\r\n'),
    /** Where the record type is told. Without it the file has one record type. */
    discriminator: z.strictObject({ from: z.int().positive(), length: z.int().positive() }).optional(),
    records: z.array(RecordType).min(1),
    /** Longer lines are read past. */
    maxLineBytes: z.int().positive().default(65_536),
  })
  .superRefine((layout, context) => {
    for (const message of contradictions(layout.discriminator !== undefined, layout.records)) {
      context.addIssue({ code: 'custom', path: ['records'], message });
    }
  });

export type FixedWidthLayout = z.infer<typeof FixedWidthLayout>;
export type FixedWidthField = z.infer<typeof Field>;
export type FixedWidthRecordType = z.infer<typeof RecordType>;

/** Characters in a whole line of a record type. */
export function endOf({ fields }: FixedWidthRecordType): number {
  return Math.max(...fields.map(({ from, length }) => from - 1 + length));
}

function contradictions(hasDiscriminator: boolean, records: readonly FixedWidthRecordType[]): string[] {
  const matches = records.map(({ match }) => match);
  const found = records.flatMap(({ name, fields }) => overlaps(name, fields));
  if (!hasDiscriminator && records.length > 1) found.push('several record types need a discriminator');
  if (hasDiscriminator && matches.includes(undefined))
    found.push('with a discriminator each record type needs a match');
  if (new Set(matches).size < matches.length) found.push('two record types have the same match');
  return found;
}

function overlaps(record: string, fields: readonly FixedWidthField[]): string[] {
  const ordered = [...fields].sort((a, b) => a.from - b.from);
  return ordered.flatMap((field, index) => {
    const previous = ordered[index - 1];
    const isOver = previous !== undefined && previous.from + previous.length > field.from;
    return isOver ? [`${field.name} of ${record} begins inside ${previous.name}`] : [];
  });
}
