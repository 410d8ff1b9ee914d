import iconv from 'iconv-lite';
import type { CsvEncoding } from './dialect.ts';

/** Bytes, or the first character (with its code point) that the encoding does not have. */
export type Encoded = { readonly bytes: Buffer } | { readonly missing: string };

/** What is not the same byte in ISO-8859-1 and Windows-1252. */
const BEYOND_LATIN1 = /[\u0080-\u009f\u0100-\u{10ffff}]/u;

/** Encodes text. NUL counts as missing everywhere: no reader of CSV expects it. */
export function encodeText(text: string, encoding: CsvEncoding): Encoded {
  const missing = firstMissing(text, encoding);
  return missing === undefined ? { bytes: bytesOf(text, encoding) } : { missing };
}

/** Encodes text with `?` for each character that the encoding does not have. */
export function encodeWithReplacement(text: string, encoding: CsvEncoding): Buffer {
  const possible = [...text].map((character) => (isMissing(character, encoding) ? '?' : character));
  return bytesOf(possible.join(''), encoding);
}

function bytesOf(text: string, encoding: CsvEncoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  return BEYOND_LATIN1.test(text) ? iconv.encode(text, encoding) : Buffer.from(text, 'latin1');
}

function firstMissing(text: string, encoding: CsvEncoding): string | undefined {
  const fits = encoding === 'utf-8' ? text.isWellFormed() : !BEYOND_LATIN1.test(text);
  if (fits && !text.includes('\0')) return undefined;
  const found = [...text].find((character) => isMissing(character, encoding));
  return found === undefined ? undefined : codePoint(found);
}

function isMissing(character: string, encoding: CsvEncoding): boolean {
  if (character === '\0') return true;
  if (encoding === 'utf-8') return !character.isWellFormed();
  if (!BEYOND_LATIN1.test(character)) return false;
  return encoding === 'iso-8859-1' || iconv.decode(iconv.encode(character, encoding), encoding) !== character;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
