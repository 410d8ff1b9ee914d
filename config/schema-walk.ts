import { z } from 'zod';
import { nearest } from './nearest.ts';
import { unitOf } from './units.ts';

/** A zod schema of any kind, as the walk sees it. */
export type AnySchema = z.core.$ZodType;

/** The schema inside the wrappers of optional, default and transformation. */
export function unwrap(schema: AnySchema): AnySchema {
  if (schema instanceof z.ZodPipe) return unwrap(schema.def.in);
  const isWrapper =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return isWrapper ? unwrap(schema.def.innerType) : schema;
}

/**
 * The schema that a value is meant for: unwrapped, and of a union the option whose discriminator or keys the value has.
 * Undefined when no option can be told.
 */
export function schemaFor(schema: AnySchema, value: unknown): AnySchema | undefined {
  const own = unwrap(schema);
  if (own instanceof z.ZodDiscriminatedUnion) return discriminatedOption(own, value);
  return own instanceof z.ZodUnion ? nearestOption(own.options, value) : own;
}

/** The schema of one key of an object or record, or of the items of a list; undefined when the key is unknown. */
export function childSchema(schema: AnySchema | undefined, value: unknown, key: PropertyKey): AnySchema | undefined {
  const own = schema === undefined ? undefined : schemaFor(schema, value);
  if (own instanceof z.ZodArray) return own.element;
  if (own instanceof z.ZodRecord) return own.valueType;
  if (own instanceof z.ZodObject && Object.hasOwn(own.shape, key)) return own.shape[String(key)];
  return undefined;
}

/** The keys that an object of a file may have here, in the file's notation; empty where any key is allowed. */
export function knownKeys(schema: AnySchema | undefined, value: unknown): readonly string[] {
  const own = schema === undefined ? undefined : schemaFor(schema, value);
  if (own instanceof z.ZodObject) return Object.keys(own.shape).map((key) => unitOf(key)?.name ?? key);
  if (own instanceof z.ZodRecord && own.keyType instanceof z.ZodEnum) return own.keyType.options.map(String);
  return [];
}

/** The discriminator of a union and the values it may have; undefined for any other schema. */
export function discriminatorOf(
  schema: AnySchema,
): { readonly key: string; readonly values: readonly string[] } | undefined {
  const union = unwrap(schema);
  if (!(union instanceof z.ZodDiscriminatedUnion)) return undefined;
  const key = union.def.discriminator;
  return { key, values: union.options.flatMap((option) => literalsOf(option, key)) };
}

/** Which option of a plain union the value is meant for; 0 when none is nearer than the others. */
export function optionIndex(options: readonly AnySchema[], value: unknown): number {
  const scores = options.map((option) => nearness(option, value));
  return Math.max(0, scores.indexOf(Math.max(...scores)));
}

function nearestOption(options: readonly AnySchema[], value: unknown): AnySchema | undefined {
  const option = options[optionIndex(options, value)];
  return option === undefined ? undefined : schemaFor(option, value);
}

/** Points for what fits: the right shape, and in a group each key that is known, less for one that is misspelt. */
function nearness(option: AnySchema, value: unknown): number {
  const own = unwrap(option);
  if (Array.isArray(value)) return own instanceof z.ZodArray ? 1 : 0;
  if (typeof value !== 'object' || value === null) return scalarNearness(own, String(value));
  if (!(own instanceof z.ZodObject)) return 0;
  const known = knownKeys(own, value);
  const names = Object.keys(value).map((key) => unitOf(key)?.name ?? key);
  return names.reduce((sum, name) => sum + (known.includes(name) ? 2 : nearest(name, known) === undefined ? 0 : 1), 1);
}

function scalarNearness(option: AnySchema, text: string): number {
  if (option instanceof z.ZodLiteral) return option.values.has(text) ? 2 : 0;
  if (option instanceof z.ZodNumber) return /^\d/.test(text) ? 2 : 0;
  return option instanceof z.ZodString ? 1 : 0;
}

function discriminatedOption(union: z.ZodDiscriminatedUnion, value: unknown): AnySchema | undefined {
  const key = union.def.discriminator;
  const given = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return union.options.find((option) => literalsOf(option, key).includes(String(given)));
}

function literalsOf(option: AnySchema, key: string): readonly string[] {
  const literal = option instanceof z.ZodObject ? option.shape[key] : undefined;
  return literal instanceof z.ZodLiteral ? [...literal.values].map(String) : [];
}
