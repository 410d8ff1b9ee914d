import iconv from 'iconv-lite';

declare global {
  interface Buffer {
    /** Node's own quick way from bytes to letters of the same value, which its types leave out. */
    latin1Slice(from: number, to: number): string;
  }
}

/** How bytes become letters. */
export interface Characters {
  readonly name: CharacterSet;
  /** Byte values that do not mean the same letter as in ASCII. */
  readonly letters: readonly number[];
  decode(bytes: Buffer, from: number, to: number): string;
}

const HIGH_BYTES = Array.from({ length: 128 }, (_, index) => 128 + index);

/** National letters in the places of ASCII's brackets, as the ISO 646 variants of the north have them: [ \ ] { | }. */
const ISO_646 = { 'iso-646-no': 'ÆØÅæøå', 'iso-646-dk': 'ÆØÅæøå', 'iso-646-se': 'ÄÖÅäöå' } as const;
const ISO_646_BYTES = [0x5b, 0x5c, 0x5d, 0x7b, 0x7c, 0x7d];

const CODE_PAGES = [
  'windows-1252',
  'cp850',
  'cp865',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-9',
] as const;

/** `auto`: UTF-8 where an element is valid UTF-8 to the last byte, else windows-1252; decided for each element alone. */
export const CHARACTER_SETS = ['auto', 'utf-8', ...CODE_PAGES, 'iso-646-no', 'iso-646-dk', 'iso-646-se'] as const;
export type CharacterSet = (typeof CHARACTER_SETS)[number];

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** The decoder of a character set. iconv-lite does the code pages: Node's own `latin1` label means windows-1252. */
export function charactersOf(name: CharacterSet): Characters {
  if (name in ISO_646) return nationalCharacters(name as keyof typeof ISO_646);
  return { name, letters: name === 'iso-8859-1' ? [] : HIGH_BYTES, decode: decoderOf(name) };
}

function decoderOf(name: CharacterSet): Characters['decode'] {
  if (name === 'auto') return (bytes, from, to) => sniffed(bytes.subarray(from, to));
  if (name === 'utf-8') return (bytes, from, to) => lenientUtf8.decode(bytes.subarray(from, to));
  if (name === 'iso-8859-1') return (bytes, from, to) => bytes.latin1Slice(from, to);
  return (bytes, from, to) => iconv.decode(bytes.subarray(from, to), name);
}

function sniffed(bytes: Buffer): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return iconv.decode(bytes, 'windows-1252');
  }
}

function nationalCharacters(name: keyof typeof ISO_646): Characters {
  const letters = ISO_646[name];
  const decode = (bytes: Buffer, from: number, to: number) =>
    bytes
      .latin1Slice(from, to)
      .replace(/[[\\\]{|}]/g, (letter) => letters[ISO_646_BYTES.indexOf(letter.charCodeAt(0))] ?? letter);
  return { name, letters: [...ISO_646_BYTES, ...HIGH_BYTES], decode };
}
