import type { Segment } from './segment.ts';

/** Characters kept of one value, elements of a segment and components of an element: only what is no header has more. */
const LONGEST = 256;
const MOST_ELEMENTS = 64;
const MOST_COMPONENTS = 32;

/** Up to here V8 copies what is cut from a text; a longer cut holds on to the text. */
const LONGEST_COPIED = 12;

/** The beginning of a text that may be longer than is worth keeping; it holds on to nothing else. */
export function shortText(text: string): string {
  return text.length <= LONGEST_COPIED ? text : Buffer.from(text.slice(0, LONGEST)).toString();
}

/** What is read of a header. */
export type HeaderSegment = Pick<Segment, 'elementCount' | 'element' | 'value' | 'components'>;

/** A header whose values may be kept for long, however much there is of it: they are cut, and so is their number. */
export class ShortSegment implements HeaderSegment {
  readonly #whole: Segment;

  constructor(whole: Segment) {
    this.#whole = whole;
  }

  get elementCount(): number {
    return Math.min(MOST_ELEMENTS, this.#whole.elementCount);
  }

  element(element: number): string {
    return shortText(this.#whole.element(element));
  }

  value(element: number, component = 1, repetition = 1): string {
    return shortText(this.#whole.value(element, component, repetition));
  }

  components(element: number, repetition = 1): number {
    return Math.min(MOST_COMPONENTS, this.#whole.components(element, repetition));
  }
}
