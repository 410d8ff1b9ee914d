import { digitsIn } from '../edi/digits.ts';
import { ENDS_COMPONENT, ENDS_ELEMENT, ENDS_REPETITION, packTag, type SegmentParts } from '../edi/segment.ts';
import type { WrittenElement } from '../edi/segment-writer.ts';
import type { WrittenSegment } from '../edi/set-tree.ts';
import type { RoutedSegment } from './route.ts';

const MOST_DIGITS = 15;
const [DIGIT_0, MINUS, POINT] = [0x30, 0x2d, 0x2e];

/** A segment that is to be written, as checks look at one that was read. One object serves one segment after the other. */
export class WrittenParts implements SegmentParts, RoutedSegment {
  #elements: readonly WrittenElement[] = [];
  #packedTag = -1;
  /** Parts count from 1; what lies beyond the last one is of segments before. */
  readonly #texts: string[] = [''];
  #measures = new Int32Array(256);
  #partCount = 0;

  load({ tag, elements }: WrittenSegment): void {
    this.#elements = elements;
    this.#packedTag = packTag(tag);
    this.#partCount = 0;
    for (const element of elements) {
      if (typeof element === 'string') this.#push(element, ENDS_ELEMENT);
      else this.#addParts(element);
    }
  }

  get packedTag(): number {
    return this.#packedTag;
  }

  value(element: number, component = 1, repetition = 1): string {
    const written = this.#elements[element - 1] ?? '';
    if (typeof written === 'string') return component === 1 && repetition === 1 ? written : '';
    const one = repetitionsOf(written)[repetition - 1] ?? '';
    return componentsOf(one)[component - 1] ?? '';
  }

  get partCount(): number {
    return this.#partCount;
  }

  measureParts(): Int32Array {
    return this.#measures;
  }

  partDigits(part: number): number {
    const text = this.partText(part);
    if (text.length === 0 || text.length > MOST_DIGITS) return -1;
    return digitsIn(text);
  }

  partNumber(part: number): number {
    const text = this.partText(part);
    let [digits, points] = [0, 0];
    for (let at = text.charCodeAt(0) === MINUS ? 1 : 0; at < text.length; at += 1) {
      const letter = text.charCodeAt(at);
      if (isDigit(letter)) digits += 1;
      else if (letter === POINT && points === 0 && digits > 0 && at + 1 < text.length) points = 1;
      else return 0;
    }
    return points === 0 ? digits : -digits;
  }

  partText(part: number): string {
    return this.#texts[part] ?? '';
  }

  #addParts(element: WrittenElement): void {
    const repetitions = repetitionsOf(element);
    for (const [at, one] of repetitions.entries()) {
      this.#addRepetition(componentsOf(one), at + 1 < repetitions.length ? ENDS_REPETITION : ENDS_ELEMENT);
    }
    if (repetitions.length === 0) this.#push('', ENDS_ELEMENT);
  }

  #addRepetition(texts: readonly string[], end: number): void {
    for (const [at, text] of texts.entries()) this.#push(text, at + 1 < texts.length ? ENDS_COMPONENT : end);
    if (texts.length === 0) this.#push('', end);
  }

  #push(text: string, end: number): void {
    this.#partCount += 1;
    if (this.#partCount === this.#measures.length) this.#grow();
    this.#texts[this.#partCount] = text;
    this.#measures[this.#partCount] = text.length * 4 + end;
  }

  #grow(): void {
    const grown = new Int32Array(2 * this.#measures.length);
    grown.set(this.#measures);
    this.#measures = grown;
  }
}

function repetitionsOf(element: WrittenElement): readonly (string | readonly string[])[] {
  if (typeof element === 'string' || !('repetitions' in element)) return [element];
  return element.repetitions;
}

function componentsOf(one: string | readonly string[]): readonly string[] {
  return typeof one === 'string' ? [one] : one;
}

function isDigit(letter: number): boolean {
  return letter >= DIGIT_0 && letter <= DIGIT_0 + 9;
}
