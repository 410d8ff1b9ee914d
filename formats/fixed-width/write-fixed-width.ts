import iconv from 'iconv-lite';
import { Failure } from '../../failures/failure.ts';
import { textOf } from './field-text.ts';
import { endOf, type FixedWidthLayout, type FixedWidthRecordType } from './layout.ts';

export interface FixedWidthRecord {
  readonly type: string;
  /** Values by field name; what is left out is blank. Decimals are decimal strings. */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Writes records as lines of their type's full length. The discriminator is written from the record type.
 *
 * @throws Failure FIXED_WIDTH_VALUE_INVALID for a type or field that the layout does not have, and a value that its field or
 *   the encoding cannot hold
 */
export async function* writeFixedWidth(
  records: AsyncIterable<FixedWidthRecord> | Iterable<FixedWidthRecord>,
  layout: FixedWidthLayout,
): AsyncGenerator<Uint8Array> {
  for await (const record of records) yield bytesOf(lineOf(record, layout), record.type, layout);
}

function lineOf(record: FixedWidthRecord, { records, discriminator }: FixedWidthLayout): string {
  const type = records.find(({ name }) => name === record.type);
  if (type === undefined) throw invalid(`The layout has no record type ${record.type}.`);
  refuseUnknown(record, type);
  const line: string[] = Array(endOf(type)).fill(' ');
  for (const field of type.fields) {
    line.splice(field.from - 1, field.length, ...textOf(record.fields[field.name] ?? '', field));
  }
  if (discriminator !== undefined) {
    line.splice(discriminator.from - 1, discriminator.length, ...(type.match ?? '').padEnd(discriminator.length));
  }
  return line.join('');
}

function refuseUnknown({ fields }: FixedWidthRecord, type: FixedWidthRecordType): void {
  const unknown = Object.keys(fields).filter((name) => !type.fields.some((field) => field.name === name));
  if (unknown.length > 0) throw invalid(`Record type ${type.name} has no field ${unknown.join(', ')}.`);
}

function bytesOf(line: string, type: string, { encoding, newline }: FixedWidthLayout): Buffer {
  const bytes = iconv.encode(line + newline, encoding);
  if (iconv.decode(bytes, encoding) === line + newline) return bytes;
  throw invalid(`A record of type ${type} holds a character that ${encoding} does not have.`);
}

function invalid(message: string): Failure {
  return new Failure('FIXED_WIDTH_VALUE_INVALID', { message });
}
