import type { Finding } from './finding.ts';
import type { FindingCode } from './finding-codes.ts';
import type { FindingMaker } from './place-finding.ts';
import type { Segment } from './segment.ts';
import type { FoundAt } from './set-checker.ts';
import { type HeaderSegment, ShortSegment, shortText } from './short-segment.ts';

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
    const { segment } = this;
    const offset = element === 0 ? this.offset : this.#fileOffset(segment.offsetOf(element));
    const value = element === 0 ? '' : this.header.element(element);
    return this.#maker.make(code, { offset, segment: number, tag: shortText(segment.tag), element, value });
  }

  /** A finding that a checker reports; `number` is the position of the segment in the set. */
  found(code: FindingCode, at: FoundAt, number: number): Finding {
    const { segment } = this;
    const { element = 0, component = 0, repetition = 0 } = at;
    const offset = element === 0 ? this.offset : this.#fileOffset(segment.offsetOf(element));
    const { header } = this;
    const value = component > 0 ? header.value(element, component, repetition || 1) : header.element(element);
    const place = { offset, segment: number, tag: shortText(segment.tag), value: element === 0 ? '' : value };
    return this.#maker.make(code, { ...place, ...at });
  }
}
