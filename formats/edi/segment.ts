/** What ends a part: the segment (0), its element, a repetition or a component of that. */
export const ENDS_ELEMENT = 1;
export const ENDS_REPETITION = 2;
export const ENDS_COMPONENT = 3;

/**
 * The values of a segment in their order, whatever they are part of: for whoever looks at all of them once. They count from 1; an
 * element that is empty is one part. Nothing becomes a string but by `partText`.
 */
export interface SegmentParts {
  readonly partCount: number;
  /**
   * Of each part, at its number, how many letters it has and what ends it, as `letters * 4 + end`. The array is used again for the
   * next segment.
   */
  measureParts(): Int32Array;
  /** The number that is written in at most 15 digits and nothing else; -1 for anything else. */
  partDigits(part: number): number;
  /** How many digits a number has, less than 0 when a point stands between two of them; 0 for what is no such number. A minus may stand before it. */
  partNumber(part: number): number;
  partText(part: number): string;
}

/**
 * One segment as it stands in the buffer of the reader. It is a view: valid until the reader goes on, while every string
 * taken from it may be kept, since none of them holds on to the buffer. Elements count from 1; the tag is not one.
 */
export interface Segment extends SegmentParts {
  readonly tag: string;
  /** The tag as a number, for comparing without a string; see `packTag`. */
  readonly packedTag: number;
  /** Bytes from the beginning of the file to the tag. */
  readonly offset: number;
  readonly elementCount: number;
  /** A limit was passed: the tag is known, the elements were read past. */
  readonly isCut: boolean;
  /** The whole of an element: separators of components and repetitions stand in it as they came. '' when absent. */
  element(element: number): string;
  /** One decoded component. '' when absent. */
  value(element: number, component?: number, repetition?: number): string;
  isPresent(element: number): boolean;
  /** How often an element is repeated; 1 for one that is not, and for an absent one. */
  repetitions(element: number): number;
  components(element: number, repetition?: number): number;
  /** Bytes from the beginning of the file to an element. */
  offsetOf(element: number): number;
  /** A copy of the segment's bytes from tag to the last element, terminator not included. */
  copy(): Buffer;
}

/** A tag of one to three ASCII letters as one number. Any other tag packs to -1. */
export function packTag(tag: string): number {
  if (tag.length < 1 || tag.length > 3) return -1;
  return (tag.charCodeAt(0) << 16) | ((tag.charCodeAt(1) || 0) << 8) | (tag.charCodeAt(2) || 0);
}
