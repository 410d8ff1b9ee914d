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
}

/** A value was not written as it is. */
export interface WriteChange {
  readonly tag: string;
  readonly element: number;
}

const FIRST_BYTES = 65_536;

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
   * @throws Failure EDI_VALUE_UNWRITABLE for a value with a delimiter or letter that cannot be carried; it names tag and element
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
        this.#at = at;
        this.#specialLetters(value.slice(index));
        return;
      }
      bytes[at] = code;
      at += 1;
    }
    this.#at = at;
  }

  #specialLetters(text: string): void {
    for (const letter of text) {
      const code = letter.charCodeAt(0);
      if (code < 128 && this.#plain[code] === 1) this.#byte(code);
      else if (code < 128 && this.#isDelimiter(code)) this.#delimiter(letter);
      else this.#missing(letter);
    }
  }

  #isDelimiter(code: number): boolean {
    const { element, component, repetition, release, terminator } = this.#dialect.delimiters;
    return code !== 0 && [element, component, repetition, release, terminator].includes(code);
  }

  #delimiter(letter: string): void {
    const { delimiters, delimiterInValue } = this.#dialect;
    if (delimiters.release !== 0) {
      this.#byte(delimiters.release);
      this.#byte(letter.charCodeAt(0));
      return;
    }
    if (delimiterInValue === 'refuse') throw this.#unwritable('holds a delimiter of the interchange');
    this.#replace(delimiterInValue.replacement);
  }

  #missing(letter: string): void {
    const { characters } = this.#dialect;
    const encoded = encodedLetter(letter, characters.repertoire);
    if (encoded !== undefined) {
      for (const byte of encoded) this.#byte(byte);
      return;
    }
    const near = characters.missing === 'transliterate' ? nearLetters(letter, characters) : undefined;
    if (near === undefined && characters.missing !== 'replace') {
      throw this.#unwritable(`holds a character that ${characters.repertoire} does not have`);
    }
    this.#replace(near ?? characters.replacement ?? '.');
  }

  #replace(text: string): void {
    if (this.#changes.length < 1000) this.#changes.push({ tag: this.#tag, element: this.#element });
    for (const letter of text) {
      if (this.#isDelimiter(letter.charCodeAt(0))) this.#delimiterInReplacement(letter);
      else this.#raw(letter);
    }
  }

  #delimiterInReplacement(letter: string): void {
    if (this.#dialect.delimiters.release === 0)
      throw this.#unwritable('needs a replacement that is a delimiter itself');
    this.#delimiter(letter);
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
