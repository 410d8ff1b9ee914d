import { ENDS_COMPONENT, ENDS_ELEMENT, ENDS_REPETITION, packTag, type SegmentParts } from '../edi/segment.ts';
import type { WrittenElement } from '../edi/segment-writer.ts';
import type { WrittenSegment } from '../edi/set-tree.ts';
import type { RoutedSegment } from './route.ts';

const MOST_DIGITS = 15;
const [DIGIT_0, MINUS, POINT] = [0x30, 0x2d, 0x2e];

/** A segment that is to be written, as checks look at one that was read. One object serves one segment after the other. */
export class WrittenParts implements SegmentParts, RoutedSegment {
  readonly #texts: string[] = [''];
  readonly #ends: number[] = [ENDS_ELEMENT];
  #segment: WrittenSegment = { tag: '', elements: [] };
  #measures = new Int32Array(256);
  readonly #tags = new Map<string, number>();

  load(segment: WrittenSegment): void {
    this.#segment = segment;
    this.#texts.length = 1;
    this.#ends.length = 1;
    for (const element of segment.elements) this.#add(element);
  }

  get packedTag(): number {
    const { tag } = this.#segment;
    const known = this.#tags.get(tag) ?? packTag(tag);
    this.#tags.set(tag, known);
    return known;
  }

  value(element: number, component = 1, repetition = 1): string {
    const repetitions = repetitionsOf(this.#segment.elements[element - 1] ?? '');
    const one = repetitions[repetition - 1] ?? '';
    return (typeof one === 'string' ? [one] : one)[component - 1] ?? '';
  }

  get partCount(): number {
    return this.#texts.length - 1;
  }

  measureParts(): Int32Array {
    const [texts, ends] = [this.#texts, this.#ends];
    if (this.#measures.length < texts.length) this.#measures = new Int32Array(2 * texts.length);
    for (let part = 1; part < texts.length; part += 1) {
      this.#measures[part] = (texts[part] as string).length * 4 + (ends[part] as number);
    }
    return this.#measures;
  }

  partDigits(part: number): number {
    const text = this.partText(part);
    if (text.length === 0 || text.length > MOST_DIGITS) return -1;
    for (let at = 0; at < text.length; at += 1) if (!isDigit(text.charCodeAt(at))) return -1;
    return Number(text);
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

  #add(element: WrittenElement): void {
    if (typeof element === 'string') this.#push(element, ENDS_ELEMENT);
    else {
      const repetitions = repetitionsOf(element);
      for (const [at, one] of repetitions.entries()) {
        this.#addRepetition(one, at + 1 < repetitions.length ? ENDS_REPETITION : ENDS_ELEMENT);
      }
    }
  }

  #addRepetition(components: string | readonly string[], end: number): void {
    const texts = typeof components === 'string' ? [components] : components;
    for (const [at, text] of texts.entries()) this.#push(text, at + 1 < texts.length ? ENDS_COMPONENT : end);
    if (texts.length === 0) this.#push('', end);
  }

  #push(text: string, end: number): void {
    this.#texts.push(text);
    this.#ends.push(end);
  }
}

function repetitionsOf(element: WrittenElement): readonly (string | readonly string[])[] {
  if (typeof element === 'string' || !('repetitions' in element)) return [element];
  return element.repetitions;
}

function isDigit(letter: number): boolean {
  return letter >= DIGIT_0 && letter <= DIGIT_0 + 9;
}
