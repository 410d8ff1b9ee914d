import { ApiRefusal, BusinessRefusal } from './answers.ts';
import { FIELD_LENGTHS } from './field-lengths.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { Settings } from './settings.ts';
import type { Field, Fields } from './write-fields.ts';

/**
 * Reads a write body into plain values: `{"name":{"value":"A"}}` becomes `{name: 'A'}`, a property left out stays out.
 *
 * Throws ApiRefusal (400) for a scalar that is not wrapped, a value of the wrong type and, in strict mode, a null value or
 * an unknown field; BusinessRefusal for a text that is too long.
 */
export function unwrap(body: unknown, fields: Fields, settings: Settings): JsonObject {
  return readFields(body, fields, { settings, path: '' });
}

interface Place {
  readonly settings: Settings;
  /** Dotted name of the field being read, for messages. */
  readonly path: string;
}

function readFields(body: unknown, fields: Fields, place: Place): JsonObject {
  if (!isObject(body)) throw bad(place, 'must be a JSON object');
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(body)) {
    const inside = { ...place, path: place.path === '' ? name : `${place.path}.${name}` };
    const field = fields[name];
    if (field === undefined || field.kind === 'notSimulated') {
      if (place.settings.mode === 'strict') throw bad(inside, field ? 'is not simulated' : 'is not a known field');
      continue;
    }
    result[name] = readField(value, field, inside);
  }
  return result;
}

function readField(value: Json, field: Exclude<Field, { kind: 'notSimulated' }>, place: Place): Json {
  switch (field.kind) {
    case 'bareText':
    case 'bareBoolean':
    case 'bareChoice':
    case 'bareInteger':
      return readScalar(value, field, place);
    case 'bareGroup':
      return readFields(value, field.fields, place);
    case 'lines':
      if (!Array.isArray(value)) throw bad(place, 'must be an array');
      return value.map((line, index) => readFields(line, field.fields, { ...place, path: `${place.path}[${index}]` }));
    case 'group':
      return readFields(wrapped(value, place), field.fields, place);
    default:
      return readScalar(wrapped(value, place), field, place);
  }
}

/** Takes `{"value": x}` apart. Null clears in real mode, as an empty text does; clients are told never to send it. */
function wrapped(value: Json, place: Place): Json {
  if (!isObject(value) || value.value === undefined) throw bad(place, 'must be wrapped as {"value": …}');
  if (place.settings.mode === 'real') return value.value ?? '';
  if (value.value === null) throw bad(place, 'has a null value; leave it out, or send an empty text to clear it');
  if (Object.keys(value).length > 1) throw bad(place, 'has more than a value in its wrapping');
  return value.value;
}

type ScalarField = Exclude<Field, { kind: 'group' | 'bareGroup' | 'lines' | 'notSimulated' }>;

function readScalar(value: Json, field: ScalarField, place: Place): Json {
  switch (field.kind) {
    case 'text':
    case 'bareText':
      if (typeof value !== 'string') throw bad(place, 'must be a text');
      return fitting(value, field.length, place);
    case 'choice':
    case 'bareChoice':
      if (typeof value !== 'string' || !field.values.includes(value))
        throw bad(place, `must be one of ${field.values.join(', ')}`);
      return value;
    case 'boolean':
    case 'bareBoolean':
      if (typeof value !== 'boolean') throw bad(place, 'must be true or false');
      return value;
    case 'integer':
    case 'bareInteger':
      if (!Number.isInteger(value)) throw bad(place, 'must be a whole number');
      return value;
    case 'decimal':
      if (typeof value !== 'number') throw bad(place, 'must be a number');
      return value;
  }
}

function fitting(value: string, length: keyof typeof FIELD_LENGTHS, place: Place): string {
  const max = place.settings.fieldLengths[length] ?? FIELD_LENGTHS[length];
  if (value.length <= max) return value;
  throw new BusinessRefusal(
    `Error: The string value of '${place.path}' exceeds the maximum length of ${max} characters.`,
  );
}

function bad(place: Place, problem: string): ApiRefusal {
  return new ApiRefusal(
    400,
    `The request is invalid: ${place.path === '' ? 'the body' : `'${place.path}'`} ${problem}.`,
  );
}
