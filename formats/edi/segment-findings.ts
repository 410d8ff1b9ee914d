import type { Finding } from './finding.ts';
import type { FindingCode } from './finding-codes.ts';
import type { FindingMaker } from './place-finding.ts';
import type { Segment } from './segment.ts';
import type { FoundAt } from './set-checker.ts';
import { type HeaderSegment, ShortSegment, shortText } from './short-segment.ts';

const LONGEST_TAG = 3;

/** Makes findings about the segment at hand. */
export class SegmentFindings {
  readonly segment: Segment;
  /** The same for what is kept of a header. */
  readonly header: HeaderSegment;
  readonly #fileOffset: (offset: number) => number;
  readonly #maker: FindingMaker;

  constructor(segment: Segment, fileOffset: (offset: number) => number, maker: FindingMaker) {
    this.segment = segment;
    this.header = new ShortSegment(segment);
    this.#fileOffset = fileOffset;
    this.#maker = maker;
  }

  /** Where the segment begins in the file. */
  get offset(): number {
    return this.#fileOffset(this.segment.offset);
  }

  /** A finding about an element of the segment, or about the whole of it; `number` is its position in the set. */
  make(code: FindingCode, element: number, number: number): Finding {
    return this.found(code, { element }, number);
  }

  /** A finding that a checker reports; `number` is the position of the segment in the set. */
  found(code: FindingCode, at: FoundAt, number: number): Finding {
    const { segment } = this;
    const { element = 0, component = 0, repetition = 0 } = at;
    const offset = element === 0 ? this.offset : this.#fileOffset(segment.offsetOf(element));
    const value = this.#valueAt(element, component, repetition);
    const place = { offset, segment: number, tag: shownTag(segment.tag), value, ...at };
    if (at.earlier === undefined) return this.#maker.make(code, place);
    const earlier = { offset: this.#fileOffset(at.earlier.offset), segment: at.earlier.segment, value: '' };
    return this.#maker.make(code, { ...place, ...earlier });
  }

  #valueAt(element: number, component: number, repetition: number): string {
    const { header, segment } = this;
    if (element === 0) return shownTag(segment.tag) === segment.tag ? '' : shortText(segment.tag);
    return component > 0 ? header.value(element, component, repetition || 1) : header.element(element);
  }
}

/** A tag may be shown. What stands in the place of one and is longer may be a value: it is kept as such. */
function shownTag(tag: string): string {
  return tag.length <= LONGEST_TAG ? tag : '';
}
