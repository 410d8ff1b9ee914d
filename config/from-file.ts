import { z } from 'zod';
import { type AnySchema, childSchema, schemaFor } from './schema-walk.ts';
import { parseUnit, type Unit, unitOf } from './units.ts';

/** A mapping of a YAML file, whose scalars are all text. */
export type Group = Readonly<Record<string, unknown>>;

export function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Turns what a file says into what the schema describes: `every: 5m` into `everyMs: 300000`, and the texts `22` and `true` into a
 * number and a boolean where one belongs. Scalars are read as text first, so that an account number 0040 and a country
 * NO stay what they are. What cannot be turned is left for the schema to refuse.
 */
export function fromFile(schema: AnySchema | undefined, value: unknown, unit?: Unit): unknown {
  const own = schema === undefined ? undefined : schemaFor(schema, value);
  if (Array.isArray(value)) return value.map((item, index) => fromFile(childSchema(own, value, index), item, unit));
  if (isGroup(value)) return groupFromFile(own, value, unit);
  return typeof value === 'string' ? scalarFromFile(own, value, unit) : value;
}

function groupFromFile(schema: AnySchema | undefined, group: Group, unit: Unit | undefined): Group {
  const entries = Object.entries(group).map(([fileKey, value]) => {
    const key = codeKeyOf(schema, fileKey);
    const child = isCodeNotation(schema, fileKey) ? undefined : childSchema(schema, group, key);
    return [key, fromFile(child, value, unitOf(key)?.unit ?? unit)];
  });
  return Object.fromEntries(entries);
}

function codeKeyOf(schema: AnySchema | undefined, fileKey: string): string {
  if (!(schema instanceof z.ZodObject)) return fileKey;
  return Object.keys(schema.shape).find((key) => unitOf(key)?.name === fileKey) ?? fileKey;
}

/** A file that writes the code's own key (`everyMs`) gives a number without its unit: the text stays, and is refused. */
function isCodeNotation(schema: AnySchema | undefined, fileKey: string): boolean {
  return schema instanceof z.ZodObject && Object.hasOwn(schema.shape, fileKey) && unitOf(fileKey) !== undefined;
}

function scalarFromFile(schema: AnySchema | undefined, text: string, unit: Unit | undefined): unknown {
  if (schema instanceof z.ZodBoolean) return text === 'true' || (text === 'false' ? false : text);
  if (!(schema instanceof z.ZodNumber)) return text;
  if (unit !== undefined) return parseUnit(text, unit) ?? text;
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}
