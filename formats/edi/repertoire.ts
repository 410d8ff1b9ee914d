import iconv from 'iconv-lite';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BASIC = `${LETTERS}0123456789 !"&'()*+,-./:;?=`;
const UNOA = `${LETTERS}0123456789 .,-()/='+:?!"%&*;<>`;

/** What an interchange may carry: letters of ASCII, and the code page of what lies beyond. */
interface Repertoire {
  readonly ascii: string;
  readonly codePage: string | undefined;
}

const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');

const REPERTOIRES = {
  'x12-basic': { ascii: BASIC, codePage: undefined },
  'x12-extended': { ascii: PRINTABLE, codePage: undefined },
  'x12-utf-8': { ascii: PRINTABLE, codePage: 'utf-8' },
  'x12-iso-8859-1': { ascii: PRINTABLE, codePage: 'iso-8859-1' },
  // @ and the letters of the north are neither in A nor in B.
  UNOA: { ascii: UNOA, codePage: undefined },
  UNOB: { ascii: UNOA + LETTERS.toLowerCase(), codePage: undefined },
  UNOC: { ascii: PRINTABLE, codePage: 'iso-8859-1' },
  UNOD: { ascii: PRINTABLE, codePage: 'iso-8859-2' },
  UNOE: { ascii: PRINTABLE, codePage: 'iso-8859-5' },
  UNOF: { ascii: PRINTABLE, codePage: 'iso-8859-7' },
  UNOG: { ascii: PRINTABLE, codePage: 'iso-8859-3' },
  UNOH: { ascii: PRINTABLE, codePage: 'iso-8859-4' },
  UNOI: { ascii: PRINTABLE, codePage: 'iso-8859-6' },
  UNOJ: { ascii: PRINTABLE, codePage: 'iso-8859-8' },
  UNOK: { ascii: PRINTABLE, codePage: 'iso-8859-9' },
  UNOW: { ascii: PRINTABLE, codePage: 'utf-8' },
  UNOY: { ascii: PRINTABLE, codePage: 'utf-8' },
} as const satisfies Record<string, Repertoire>;

export type RepertoireName = keyof typeof REPERTOIRES;
export type EdifactRepertoire = RepertoireName & `UNO${string}`;

/** The repertoire of a syntax identifier (S001); undefined for one that is none, or that shifts between code pages (UNOX). */
export function repertoireOf(identifier: string): EdifactRepertoire | undefined {
  const names: readonly string[] = Object.keys(REPERTOIRES);
  return identifier.startsWith('UNO') && names.includes(identifier) ? (identifier as EdifactRepertoire) : undefined;
}

/** What happens to a letter that the interchange cannot carry. */
export interface OutboundCharacters {
  readonly repertoire: RepertoireName;
  /** `transliterate` writes a near letter where there is one, and refuses where there is none. */
  readonly missing: 'transliterate' | 'replace' | 'refuse';
  /** Ø as O or OE, Å as A or AA, Ä as A or AE. */
  readonly letters?: 'one' | 'two';
  /** Stands for a letter under `replace`. Default: a full stop. */
  readonly replacement?: string;
}

const allowed = new Map<RepertoireName, Uint8Array>();

/** Whether each ASCII byte may be written; the caller may change the answer. */
export function allowedBytes(repertoire: RepertoireName): Uint8Array {
  const known = allowed.get(repertoire) ?? bytesOf(REPERTOIRES[repertoire].ascii);
  allowed.set(repertoire, known);
  return known.slice();
}

function bytesOf(ascii: string): Uint8Array {
  const bytes = new Uint8Array(128);
  for (const letter of ascii) bytes[letter.charCodeAt(0)] = 1;
  return bytes;
}

/** The bytes of one letter beyond ASCII; undefined when the repertoire has none. */
export function encodedLetter(letter: string, repertoire: RepertoireName): Buffer | undefined {
  const { codePage } = REPERTOIRES[repertoire];
  if (codePage === undefined || !letter.isWellFormed() || letter < ' ') return undefined;
  const bytes = iconv.encode(letter, codePage);
  return iconv.decode(bytes, codePage) === letter ? bytes : undefined;
}

const ONE: Readonly<Record<string, string>> = {
  Ø: 'O',
  ø: 'o',
  Æ: 'AE',
  æ: 'ae',
  ß: 'ss',
  Ð: 'D',
  ð: 'd',
  Þ: 'Th',
  þ: 'th',
  Ł: 'L',
  ł: 'l',
  œ: 'oe',
  Œ: 'OE',
  '€': 'EUR',
  '–': '-',
  '—': '-',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
};
const TWO: Readonly<Record<string, string>> = {
  Ø: 'OE',
  ø: 'oe',
  Å: 'AA',
  å: 'aa',
  Ä: 'AE',
  ä: 'ae',
  Ö: 'OE',
  ö: 'oe',
  Ü: 'UE',
  ü: 'ue',
};
const MARKS = /\p{M}/gu;

/** What may be written in place of a letter: near ones, then capitals. Letters of ASCII alone; undefined when there is none. */
export function nearLetters(letter: string, { repertoire, letters = 'one' }: OutboundCharacters): string | undefined {
  const near =
    (letters === 'two' ? TWO[letter] : undefined) ?? ONE[letter] ?? letter.normalize('NFD').replace(MARKS, '');
  const { ascii } = REPERTOIRES[repertoire];
  return [near, near.toUpperCase()].find((text) => text !== '' && [...text].every((one) => ascii.includes(one)));
}
