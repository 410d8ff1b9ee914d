import type { MapContext } from './map.ts';
import type { CodeTableName } from './terms.ts';

/** What a place of a set can hold of a canonical value. */
export type Form =
  | { readonly kind: 'text'; readonly length: number }
  | { readonly kind: 'decimal'; readonly digits: number; readonly decimals: number; readonly sign: 'any' | 'positive' }
  | { readonly kind: 'day' }
  | { readonly kind: 'time' }
  | { readonly kind: 'code'; readonly values: readonly string[] }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  | { readonly kind: 'list'; readonly most: number };

/** A canonical path without indices, `lines.ids.value`, and what of it a set can hold. */
export interface Carried {
  readonly path: string;
  readonly form: Form;
}

/** A value as it is written, and whether that is less or other than it was. */
export interface Encoded {
  readonly text: string;
  readonly change?: 'cut' | 'changed';
}

/** One value there and back. Undefined: it means nothing here, or has no expression there. */
export interface Codec {
  readonly form: Form;
  /** What does not fit is lost, and told so, or refuses the document: keys and amounts are never left out. */
  readonly unfit: 'lose' | 'refuse';
  read(text: string, context: MapContext): string | undefined;
  write(value: string, context: MapContext): Encoded | undefined;
}

const CONTROL_CHARACTERS = /[\p{Cc}\s]+/gu;

/** Words. Line breaks become blanks, what is longer is cut. */
export function text(length: number): Codec {
  return { form: { kind: 'text', length }, unfit: 'lose', read: heard, write: (value) => cutText(value, length) };
}

/** A number by which something is found again: whole, or the document is not written. */
export function identifier(length: number): Codec {
  return { ...whole(length), unfit: 'refuse' };
}

/** A short text that makes no sense when it is cut: whole or not at all. */
export function whole(length: number): Codec {
  const write = (value: string) => {
    const encoded = cutText(value, length);
    return encoded.change === undefined ? encoded : undefined;
  };
  return { form: { kind: 'text', length }, unfit: 'lose', read: heard, write };
}

/** A text of a certain form, written as it is. */
export function pattern(form: RegExp): Codec {
  return {
    form: { kind: 'pattern', pattern: form },
    unfit: 'refuse',
    read: (written) => (form.test(written) ? written : undefined),
    write: (value) => (form.test(value) ? { text: value } : undefined),
  };
}

/** Codes of a standard by the canonical word for each. Of several the first is written, all are read. */
export type CodeWords<Word extends string> = Readonly<Partial<Record<Word, string | readonly string[]>>>;

/** A code. The partner's own codes go before the standard's. */
export function code<Word extends string>(table: CodeTableName, words: CodeWords<Word>): Codec {
  const standard = word(words);
  const own = ({ terms }: MapContext) => Object.entries(terms.codes[table] ?? {});
  return {
    ...standard,
    read: (written, context) => own(context).find(([one]) => one === written)?.[1] ?? standard.read(written, context),
    write(value, context) {
      const found = own(context).find(([, meant]) => meant === value)?.[0];
      return found === undefined ? standard.write(value, context) : { text: found };
    },
  };
}

/** A value that is written otherwise in some releases: what is known of it where none is named is `usual`. */
export function byRelease(usual: Codec, others: Readonly<Record<string, Codec>>): Codec {
  const codecIn = ({ release }: MapContext) => others[release] ?? usual;
  return {
    ...usual,
    read: (written, context) => codecIn(context).read(written, context),
    write: (value, context) => codecIn(context).write(value, context),
  };
}

/** A code that is free on both sides, such as a unit: the partner's own ones are translated, others pass. */
export function freeCode(table: CodeTableName, length: number): Codec {
  const plain = whole(length);
  const own = code(table, {});
  return {
    ...plain,
    read: (written, context) => own.read(written, context) ?? plain.read(written, context),
    write: (value, context) => own.write(value, context) ?? plain.write(value, context),
  };
}

/** A code that means the same to every partner. */
export function word<Word extends string>(words: CodeWords<Word>): Codec {
  const entries = Object.entries<string | readonly string[] | undefined>(words).flatMap(([meant, codes = []]) =>
    [codes].flat().map((one) => [one, meant] as const),
  );
  return {
    form: { kind: 'code', values: Object.keys(words) },
    unfit: 'lose',
    read: (written) => entries.find(([one]) => one === written)?.[1],
    write(value) {
      const found = entries.find(([, meant]) => meant === value)?.[0];
      return found === undefined ? undefined : { text: found };
    },
  };
}

function heard(written: string): string | undefined {
  return written === '' ? undefined : written;
}

function cutText(value: string, length: number): Encoded {
  const plain = value.replace(CONTROL_CHARACTERS, (blanks) => (/^ +$/.test(blanks) ? blanks : ' ')).trim();
  const cut = [...plain].slice(0, length).join('').trimEnd();
  if (cut !== plain) return { text: cut, change: 'cut' };
  return plain === value ? { text: plain } : { text: plain, change: 'changed' };
}
