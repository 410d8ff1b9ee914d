import { Failure } from '../../failures/failure.ts';
import type { Delimiters } from './delimiters.ts';
import { allowedBytes, encodedLetter, nearLetters, type OutboundCharacters } from './repertoire.ts';

/** A simple element, a composite, or repetitions of either. */
export type WrittenElement =
  | string
  | readonly string[]
  | { readonly repetitions: readonly (string | readonly string[])[] };

export interface WriteDialect {
  readonly delimiters: Delimiters;
  readonly characters: OutboundCharacters;
  /** What a delimiter in a value becomes where the standard has no release character: refused, or this text. */
  readonly delimiterInValue: 'refuse' | { readonly replacement: string };
  /** Empty elements and components at the end: the standards want them dropped. */
  readonly trailing: 'drop' | 'keep';
  /** How long values may be. Default: it is not looked at. */
  readonly lengths?: WriteLengths;
}

export interface WriteLengths {
  /** Characters that one value may have; undefined where that is not known. */
  longest(tag: string, element: number, component: number): number | undefined;
  /** What happens to a value that fitted until its letters were written as two (Ø as OE). One that never fitted is refused. */
  readonly grown: 'refuse' | 'cut';
}

/** A value was not written as it is: letters or delimiters were replaced, or it was cut at its length. */
export interface WriteChange {
  readonly kind: 'letter' | 'delimiter' | 'cut';
  readonly tag: string;
  readonly element: number;
  readonly component: number;
}

/** Enough for a short answer, and no more than Node takes out of a buffer that it shares. */
const FIRST_BYTES = 1024;
const MOST_CHANGES = 1000;

/** Writes segments as bytes. What cannot be carried is changed as the dialect says, and reported, or refused. */
export class SegmentWriter {
  readonly #dialect: WriteDialect;
  /** 1 for each byte that may be written as it is. */
  readonly #plain: Uint8Array;
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #at = 0;
  #taken = 0;
  #tag = '';
  #element = 0;
  #component = 1;
  readonly #changes: WriteChange[] = [];

  constructor(dialect: WriteDialect) {
    this.#dialect = dialect;
    this.#plain = allowedBytes(dialect.characters.repertoire);
    const { element, component, repetition, release, terminator } = dialect.delimiters;
    for (const byte of [element, component, repetition, release, terminator]) if (byte !== 0) this.#plain[byte] = 0;
  }

  /** Values that were changed since the beginning, at most a thousand of them. */
  get changes(): readonly WriteChange[] {
    return this.#changes;
  }

  /** Bytes written since the beginning. */
  get length(): number {
    return this.#taken + this.#at;
  }

  /**
   * Writes one segment.
   *
   * @throws Failure EDI_VALUE_UNWRITABLE for a value that is too long, or has a delimiter or letter that cannot be carried; it
   *   names tag and element
   */
  segment(tag: string, elements: readonly WrittenElement[]): void {
    const { delimiters, trailing } = this.#dialect;
    const count = trailing === 'drop' ? lengthWithout(elements, isEmpty) : elements.length;
    this.#tag = tag;
    this.#raw(tag);
    for (let index = 0; index < count; index += 1) {
      this.#byte(index === 0 && delimiters.tag !== 0 ? delimiters.tag : delimiters.element);
      this.#element = index + 1;
      this.#write(elements[index] ?? '');
    }
    if (count === 0 && delimiters.tag !== 0) this.#byte(delimiters.tag);
    this.#byte(delimiters.terminator);
    this.#raw(delimiters.newline);
  }

  /** Writes text that is made of allowed bytes already: an ISA, a UNA. */
  verbatim(text: string): void {
    this.#raw(text);
  }

  /** Segments that another writer of the same dialect wrote. */
  writtenBytes(bytes: Buffer): void {
    this.#reserve(bytes.length);
    bytes.copy(this.#bytes, this.#at);
    this.#at += bytes.length;
  }

  /** What was written since this was last asked. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#at));
    this.#taken += this.#at;
    this.#at = 0;
    return taken;
  }

  #write(element: WrittenElement): void {
    this.#component = 1;
    if (typeof element === 'string') this.#value(element);
    else if ('repetitions' in element) {
      for (const [index, repetition] of element.repetitions.entries()) {
        if (index > 0) this.#separator(this.#dialect.delimiters.repetition);
        this.#write(repetition);
      }
    } else this.#components(element);
  }

  #components(components: readonly string[]): void {
    const count =
      this.#dialect.trailing === 'drop' ? lengthWithout(components, (text) => text === '') : components.length;
    for (let index = 0; index < count; index += 1) {
      if (index > 0) this.#separator(this.#dialect.delimiters.component);
      this.#component = index + 1;
      this.#value(components[index] ?? '');
    }
  }

  #separator(byte: number): void {
    if (byte === 0) throw this.#unwritable('is repeated, which this interchange cannot express');
    this.#byte(byte);
  }

  /** Copies letter by letter, and looks at each on the way: nearly all may be written as they are. */
  #value(value: string): void {
    const { length } = value;
    this.#reserve(length);
    const [bytes, plain] = [this.#bytes, this.#plain];
    let at = this.#at;
    for (let index = 0; index < length; index += 1) {
      const code = value.charCodeAt(index);
      if (code > 127 || plain[code] === 0) {
        this.#specialLetters(value);
        return;
      }
      bytes[at] = code;
      at += 1;
    }
    if (this.#dialect.lengths !== undefined && length > this.#longest()) throw this.#tooLong(length);
    this.#at = at;
  }

  #longest(): number {
    return this.#dialect.lengths?.longest(this.#tag, this.#element, this.#component) ?? Number.POSITIVE_INFINITY;
  }

  #tooLong(length: number): Failure {
    return this.#unwritable(`has ${length} characters as it would be written, and may have ${this.#longest()}`);
  }

  /** The length is looked at when it is known what is written: a letter may have become two. */
  #specialLetters(value: string): void {
    const letters = [...value].flatMap((letter) => this.#carried(letter));
    for (const letter of this.#fitted(letters, value)) {
      const code = letter.charCodeAt(0);
      if (code < 128 && this.#plain[code] === 1) this.#byte(code);
      else if (code < 128) this.#released(code);
      else for (const byte of encodedLetter(letter, this.#dialect.characters.repertoire) ?? []) this.#byte(byte);
    }
  }

  #fitted(letters: readonly string[], value: string): readonly string[] {
    const longest = this.#longest();
    if (letters.length <= longest) return letters;
    if ([...value].length > longest || this.#dialect.lengths?.grown !== 'cut') throw this.#tooLong(letters.length);
    this.#note('cut');
    return letters.slice(0, longest);
  }

  /** The letters that are written for one of a value. */
  #carried(letter: string): readonly string[] {
    const code = letter.charCodeAt(0);
    if (code < 128 && this.#plain[code] === 1) return [letter];
    if (code < 128 && this.#isDelimiter(code)) return this.#delimiter(letter);
    const { characters } = this.#dialect;
    if (encodedLetter(letter, characters.repertoire) !== undefined) return [letter];
    const near = characters.missing === 'transliterate' ? nearLetters(letter, characters) : undefined;
    if (near === undefined && characters.missing !== 'replace') {
      throw this.#unwritable(`holds a character that ${characters.repertoire} does not have`);
    }
    return this.#replacement(near ?? characters.replacement ?? '.', 'letter');
  }

  #isDelimiter(code: number): boolean {
    const { element, component, repetition, release, terminator } = this.#dialect.delimiters;
    return code !== 0 && [element, component, repetition, release, terminator].includes(code);
  }

  #delimiter(letter: string): readonly string[] {
    const { delimiters, delimiterInValue } = this.#dialect;
    if (delimiters.release !== 0) return [letter];
    if (delimiterInValue === 'refuse') throw this.#unwritable('holds a delimiter of the interchange');
    return this.#replacement(delimiterInValue.replacement, 'delimiter');
  }

  #replacement(text: string, kind: WriteChange['kind']): readonly string[] {
    this.#note(kind);
    const isRefused = (letter: string) => this.#isDelimiter(letter.charCodeAt(0));
    if (this.#dialect.delimiters.release === 0 && [...text].some(isRefused))
      throw this.#unwritable('needs a replacement that is a delimiter itself');
    return [...text];
  }

  #note(kind: WriteChange['kind']): void {
    const place = { tag: this.#tag, element: this.#element, component: this.#component };
    if (this.#changes.length < MOST_CHANGES) this.#changes.push({ kind, ...place });
  }

  /** A delimiter is released; anything else that comes here is a letter of a replacement, and is taken as it is. */
  #released(code: number): void {
    if (this.#isDelimiter(code)) this.#byte(this.#dialect.delimiters.release);
    this.#byte(code);
  }

  #unwritable(why: string): Failure {
    const place = `${this.#tag}${String(this.#element).padStart(2, '0')}`;
    return new Failure('EDI_VALUE_UNWRITABLE', { message: `The value of ${place} ${why}.` });
  }

  #raw(text: string): void {
    this.#reserve(text.length);
    for (let index = 0; index < text.length; index += 1) this.#bytes[this.#at + index] = text.charCodeAt(index);
    this.#at += text.length;
  }

  #byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#at] = byte;
    this.#at += 1;
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + more));
    this.#bytes.copy(grown, 0, 0, this.#at);
    this.#bytes = grown;
  }
}

function isEmpty(element: WrittenElement): boolean {
  if (typeof element === 'string') return element === '';
  const parts = 'repetitions' in element ? element.repetitions : element;
  return parts.every((part) => (typeof part === 'string' ? part === '' : part.every((text) => text === '')));
}

function lengthWithout<Item>(items: readonly Item[], isDropped: (item: Item) => boolean): number {
  let count = items.length;
  while (count > 0 && isDropped(items[count - 1] as Item)) count -= 1;
  return count;
}
