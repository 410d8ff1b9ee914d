import iconv from 'iconv-lite';
import { Failure } from '../../failures/failure.ts';
import { valueIn } from './field-text.ts';
import { endOf, type FixedWidthLayout, type FixedWidthRecordType } from './layout.ts';
import { type Line, linesOf } from './lines.ts';

interface Place {
  /** Number of the line, from 1. */
  readonly line: number;
  /** Bytes from the beginning of the file. */
  readonly offset: number;
}

/** A line as values by field name, decimals as decimal strings, or why it cannot be read. */
export type FixedWidthRow =
  | (Place & { readonly type: string; readonly fields: Readonly<Record<string, string>> })
  | (Place & { readonly failure: Failure });

const SUB = '\u001a';

/**
 * Reads fixed-width lines as a stream. A line that ends early has empty fields at its end; lines of nothing but blanks, and
 * the SUB that old systems put last, are passed over. A line that cannot be read is a row with a failure
 * (FIXED_WIDTH_LINE_INVALID); the rows around it go on.
 */
export async function* readFixedWidth(
  source: AsyncIterable<Uint8Array>,
  layout: FixedWidthLayout,
): AsyncGenerator<FixedWidthRow> {
  let number = 0;
  for await (const line of linesOf(source, layout.maxLineBytes)) {
    number += 1;
    const row = rowOf(line, number, layout);
    if (row !== undefined) yield row;
  }
}

function rowOf(line: Line, number: number, layout: FixedWidthLayout): FixedWidthRow | undefined {
  const place = { line: number, offset: line.offset };
  const fail = (why: string) => ({
    ...place,
    failure: new Failure('FIXED_WIDTH_LINE_INVALID', { message: `Line ${number} ${why}.` }),
  });
  if (line.isTooLong) return fail(`has more than ${layout.maxLineBytes} bytes`);
  const text = [...iconv.decode(line.bytes, layout.encoding, { stripBOM: number === 1 })];
  if (text.every((character) => character === ' ' || character === SUB)) return undefined;
  const type = recordTypeOf(text, layout);
  if (type === undefined) return fail('is of no record type that the layout knows');
  if (text.slice(endOf(type)).some((character) => character !== ' '))
    return fail(`is longer than its type ${type.name}`);
  const fields: Record<string, string> = {};
  for (const field of type.fields) {
    const value = valueIn(text.slice(field.from - 1, field.from - 1 + field.length).join(''), field);
    if (value === undefined) return fail(`has no number in ${field.name}`);
    fields[field.name] = value;
  }
  return { ...place, type: type.name, fields };
}

function recordTypeOf(
  text: readonly string[],
  { discriminator, records }: FixedWidthLayout,
): FixedWidthRecordType | undefined {
  if (discriminator === undefined) return records[0];
  const { from, length } = discriminator;
  const told = text
    .slice(from - 1, from - 1 + length)
    .join('')
    .trim();
  return records.find(({ match }) => match?.trim() === told);
}
