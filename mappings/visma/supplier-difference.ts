import { canonicalJson, contentHash } from '../canonical/content-hash.ts';
import type { Supplier } from '../canonical/supplier.ts';

/** Keys of Visma.net's own registers, where letter case does not matter. */
const CODES = new Set(['number', 'language', 'supplierClass', 'creditTerms', 'paymentMethod', 'vatZone']);

/** The fields that this supplier says something about (`name`, `address.city`), '' included, in a fixed order. */
export function pathsOf(intended: Supplier): string[] {
  return [...stored(intended).keys()].sort();
}

/**
 * The fields of `intended` that `actual` does not have as intended. Empty: the write would change nothing, or, after an
 * answer that was lost, it has been applied. Compared as Visma.net stores: outer white space does not count, an empty field
 * is an absent one, keys know no letter case. What `intended` does not mention is not compared.
 */
export function supplierDifference(intended: Supplier, actual: Supplier): string[] {
  const wanted = stored(intended);
  const found = stored(actual);
  return pathsOf(intended).filter((path) => canonicalJson(wanted.get(path)) !== canonicalJson(found.get(path) ?? ''));
}

/** A digest of these fields of a supplier, for the intent: equal digests mean no difference. SHA-256, hex. */
export function digestOf(supplier: Supplier, paths: readonly string[]): string {
  const values = stored(supplier);
  return contentHash([...paths].sort().map((path) => [path, values.get(path) ?? '']));
}

/** The digest that Visma.net's record must have when the write has been applied: `digestOf(actual, pathsOf(intended))`. */
export function projectionDigest(intended: Supplier): string {
  return digestOf(intended, pathsOf(intended));
}

/** Field by field in the form in which Visma.net keeps it. */
function stored({ kind: _, address, contact, ...fields }: Supplier): Map<string, string> {
  const { lines, ...rest } = address ?? {};
  const entries = [
    ...Object.entries(fields),
    ...(lines === undefined ? [] : [['address.lines', storedLines(lines)] as const]),
    ...Object.entries(rest).map(([key, value]) => [`address.${key}`, value] as const),
    ...Object.entries(contact ?? {}).map(([key, value]) => [`contact.${key}`, value] as const),
  ];
  return new Map(entries.flatMap(([path, value]) => (value === undefined ? [] : [[path, storedText(path, value)]])));
}

function storedLines(lines: readonly string[]): string {
  return [0, 1, 2].map((index) => lines[index]?.trim() ?? '').join('\n');
}

function storedText(path: string, value: string): string {
  const text = value.replace(/\r\n?/g, '\n').trim();
  return CODES.has(path) ? text.toUpperCase() : text;
}
