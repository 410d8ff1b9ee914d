import type { Elements } from './header.ts';
import type { Segment } from './segment.ts';

/** The elements of a segment as text to be kept, the first repetition of each. */
export function elementsOf(segment: Segment): Elements {
  return Array.from({ length: segment.elementCount }, (_, index) =>
    Array.from({ length: segment.components(index + 1) }, (_, component) => segment.value(index + 1, component + 1)),
  );
}
