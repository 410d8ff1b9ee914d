import { z } from 'zod';
import { fileNameFaults } from './file-name.ts';

/**
 * Leaf values of integration files, in the form the code reads: numbers are numbers and durations milliseconds. A file writes
 * them as text with a unit (`5m`, `64MiB`, `20%`); `from-file.ts` turns one into the other by the suffix of the key.
 */

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;

/** Names of integrations, flows and connections: they become parts of schedule and workflow ids. */
export const nameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'must be kebab-case: small letters, digits and single hyphens, beginning with a letter',
  )
  .max(60, 'must have at most 60 characters');

export const textSchema = z
  .string()
  .min(1, 'must not be empty')
  .max(500, 'must have at most 500 characters')
  .refine((text) => text === text.trim(), 'must not begin or end with white space');

/** Milliseconds between two bounds (both included); one day is the longest unless told. */
export function durationMsSchema(bounds: { readonly minMs: number; readonly maxMs?: number }) {
  const maxMs = bounds.maxMs ?? DAY_MS;
  return z.number().int().min(bounds.minMs).max(maxMs);
}

export function wholeNumberSchema(min: number, max: number) {
  return z.number().int().min(min).max(max);
}

/** A folder below the SFTP user's own root, with `/` between its parts. */
export const folderSchema = textSchema.refine(
  (folder) => folder.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && !/[\\\0]/.test(folder),
  'must be a relative folder such as inbound/vendors: no leading or trailing /, no .., no \\',
);

/** A glob over file names: `*` any characters, `?` one, and once `{a,b}` for one of some words. Case matters. */
export const filePatternSchema = textSchema
  .max(100, 'must have at most 100 characters')
  .regex(
    /^[^/\\[\]{}]*(\{[^/\\[\]{}]*\}[^/\\[\]{}]*)?$/,
    'must be a file-name pattern of letters, *, ? and at most one {a,b}, without folders',
  );

/** The name of an outgoing file, see `file-name.ts`. */
export const fileNameSchema = textSchema.superRefine((template, context) => {
  for (const message of fileNameFaults(template)) context.addIssue({ code: 'custom', message });
});

export const daySchema = z.iso.date('must be a day such as 2026-01-31');
