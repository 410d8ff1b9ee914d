import { z } from 'zod';

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

/** An address without credentials in it: they belong in the vault, and a URL is logged. */
export const urlSchema = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an http or https address')
  .refine(
    (text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''),
    'must not hold a user name or password: store them with `ml-connector connection set`',
  )
  .refine((text) => isLoopbackOrHttps(text), 'must begin with https:// (plain http only for this machine)');

function isLoopbackOrHttps(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const url = new URL(text);
  return url.protocol !== 'http:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

/** A folder below the SFTP user's own root, with `/` between its parts. */
export const folderSchema = textSchema.refine(
  (folder) => folder.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && !/[\\\0]/.test(folder),
  'must be a relative folder such as inbound/vendors: no leading or trailing /, no .., no \\',
);

/** A glob over file names: `*` any characters, `?` one character. Case matters. */
export const filePatternSchema = textSchema.refine(
  (pattern) => !/[/\\[\]{}\0]/.test(pattern),
  'must be a file-name pattern with * and ? only, without folders',
);

export const daySchema = z.iso.date('must be a day such as 2026-01-31');
