import { createHash } from 'node:crypto';

/**
 * The identity of a document's content: SHA-256, lower-case hex, over its canonical JSON. Two documents with the same values
 * have the same hash whatever the order of their keys; a key that is absent and one that is `undefined` are the same.
 */
export function contentHash(document: unknown): string {
  return createHash('sha256').update(canonicalJson(document)).digest('hex');
}

/** JSON with sorted keys and no white space. Expects plain data: no dates, no maps, no functions. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}
