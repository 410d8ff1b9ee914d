import { z } from 'zod';
import { isGroup } from './from-file.ts';
import { integrationSchema } from './integration.ts';
import { UNIT_PATTERNS, type Unit, unitOf } from './units.ts';

type Json = Readonly<Record<string, unknown>>;

const VARIABLE = { type: 'string', pattern: '\\$\\{' };

/**
 * JSON Schema (draft 2020-12) of an integration file, for editors that complete and check YAML. It is in the file's notation: keys
 * without units, and a variable allowed wherever a value is. What one key says about another is checked by the product only.
 */
export function integrationJsonSchema(): Json {
  const schema = z.toJSONSchema(integrationSchema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  const inFileNotation = fileNotation(schema, undefined);
  return { ...(isGroup(inFileNotation) ? inFileNotation : {}), title: 'ml-connector integration' };
}

function fileNotation(schema: unknown, unit: Unit | undefined): unknown {
  if (Array.isArray(schema)) return schema.map((part) => fileNotation(part, unit));
  if (!isGroup(schema)) return schema;
  if (isScalar(schema)) return scalarNotation(schema, unit);
  const entries = Object.entries(schema).filter(([key]) => key !== 'default');
  return Object.fromEntries(
    entries.map(([key, value]) => {
      if (key === 'properties' && isGroup(value)) return [key, properties(value, unit)];
      if (key === 'required' && Array.isArray(value))
        return [key, value.map((name) => unitOf(String(name))?.name ?? name)];
      return [key, KEPT.has(key) ? value : fileNotation(value, unit)];
    }),
  );
}

/** Names of keys are never variables. */
const KEPT = new Set(['propertyNames']);

function properties(group: Json, unit: Unit | undefined): Json {
  return Object.fromEntries(
    Object.entries(group).map(([key, schema]) => {
      const known = unitOf(key);
      return [known?.name ?? key, fileNotation(schema, known?.unit ?? unit)];
    }),
  );
}

function isScalar(schema: Json): boolean {
  return ['string', 'number', 'integer', 'boolean'].includes(String(schema.type));
}

function scalarNotation(schema: Json, unit: Unit | undefined): Json {
  if ('const' in schema) return schema;
  const isNumber = schema.type === 'number' || schema.type === 'integer';
  const plain = isNumber && unit !== undefined ? { type: 'string', pattern: UNIT_PATTERNS[unit] } : schema;
  return { anyOf: [plain, VARIABLE] };
}
