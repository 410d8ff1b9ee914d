import { isObject, type Json, type JsonObject } from '../json.ts';
import type { ReferenceKind, References } from '../references.ts';

const REFERENCES: Readonly<Record<string, ReferenceKind>> = {
  supplierClass: 'supplierClasses',
  creditTerms: 'creditTerms',
  vatZone: 'vatZones',
  paymentMethod: 'paymentMethods',
};

const ADDRESSES = ['mainAddress', 'remitAddress', 'supplierAddress'];

/**
 * Makes a seeded or touched supplier agree with itself: each `{id}` gets the description (a country: the name) that goes
 * with it. A country may come as its code alone. An id that is no reference data stays as it was given.
 */
export function withDescriptions(record: JsonObject, references: References): JsonObject {
  const next = { ...record };
  for (const [name, kind] of Object.entries(REFERENCES)) {
    const value = next[name];
    if (value !== undefined) next[name] = agreed(value, kind, 'description', references);
  }
  for (const name of ADDRESSES) {
    const address = next[name];
    if (!isObject(address) || address.country === undefined) continue;
    next[name] = { ...address, country: agreed(address.country, 'countries', 'name', references) };
  }
  return next;
}

function agreed(value: Json, kind: ReferenceKind, label: string, references: References): Json {
  const given = isObject(value) ? value : { id: value };
  if (typeof given.id !== 'string') return value;
  const row = references.find(kind, given.id);
  return row === undefined ? given : { ...given, [label]: row.description };
}
