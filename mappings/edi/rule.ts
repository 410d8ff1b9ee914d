import type { WrittenElement } from '../../formats/edi/segment-writer.ts';
import type { WrittenSegment } from '../../formats/edi/set-tree.ts';
import type { Carried } from './codec.ts';
import type { DocumentSource } from './document-source.ts';
import type { Draft } from './draft.ts';
import type { MapContext, MapFinding } from './map.ts';
import type { LoopSource, SegmentSource } from './set-source.ts';

/** A context that findings are told to. */
export interface Work extends MapContext {
  tell(finding: MapFinding): void;
}

/**
 * One piece of a map: how a loop's segments become fields of `S`, and the fields segments again. Rules are written in the order
 * in which the set has its segments.
 */
export interface Rule<S> {
  /** As the first of a loop: it alone is no reason to write the loop. */
  readonly isHollow?: true;
  readonly carries: readonly Carried[];
  /** Whether the loop holds what the rule is about. The first rule of a loop decides whether the loop is taken. */
  matches(from: LoopSource, work: Work): boolean;
  read(from: LoopSource, into: Draft<S>, work: Work): void;
  write(from: DocumentSource<S>, to: WrittenSegment[], work: Work): void;
}

/** One piece of a segment: an element or a few of them. */
export interface Part<S> {
  readonly carries: readonly Carried[];
  /** Whether a segment is the one meant, by a qualifier of this part. */
  matches(segment: SegmentSource, work: Work): boolean;
  /** Whether an item can be told by this segment at all. */
  fits(from: DocumentSource<S>, work: Work): boolean;
  read(segment: SegmentSource, into: Draft<S>, work: Work): void;
  write(from: DocumentSource<S>, to: Elements, work: Work): void;
}

/** The elements of a segment that is being written. */
export class Elements {
  readonly #values: string[][] = [];
  #put = 0;

  /** Something of the document. */
  put(value: string, element: number, component = 1): void {
    this.fill(value, element, component);
    this.#put += 1;
  }

  /** Something that goes with it, and alone would be no reason to write the segment. */
  fill(value: string, element: number, component = 1): void {
    while (this.#values.length < element) this.#values.push([]);
    const components = this.#values[element - 1] ?? [];
    while (components.length < component - 1) components.push('');
    components[component - 1] = value;
  }

  has(element: number, component = 1): boolean {
    return (this.#values[element - 1]?.[component - 1] ?? '') !== '';
  }

  /** How much of the document is in it. */
  get count(): number {
    return this.#put;
  }

  written(): WrittenElement[] {
    return this.#values.map((components) => (components.length > 1 ? components : (components[0] ?? '')));
  }
}

/** Where findings about a set point. */
export function inSet(segment: SegmentSource, element: number) {
  return { position: segment.position, tag: segment.tag, element, path: '' };
}

/** Where findings about a document that is written point. */
export function inDocument(path: string) {
  return { position: 0, tag: '', element: 0, path };
}
