import type { Elements } from './header.ts';
import type { Segment } from './segment.ts';
import type { WrittenElement } from './segment-writer.ts';
import type { HeaderSegment } from './short-segment.ts';

/** The elements of a segment as text to be kept, the first repetition of each. */
export function elementsOf(segment: HeaderSegment): Elements {
  const elements: string[][] = [];
  for (let element = 1; element <= segment.elementCount; element += 1) {
    const components: string[] = [];
    const count = segment.components(element);
    for (let component = 1; component <= count; component += 1) components.push(segment.value(element, component));
    elements.push(components);
  }
  return elements;
}

/** The elements of a segment with all repetitions and their components, decoded. */
export function repeatedElementsOf(segment: Segment): string[][][] {
  return Array.from({ length: segment.elementCount }, (_, index) =>
    Array.from({ length: segment.repetitions(index + 1) }, (_, repetition) =>
      Array.from({ length: segment.components(index + 1, repetition + 1) }, (_, component) =>
        segment.value(index + 1, component + 1, repetition + 1),
      ),
    ),
  );
}

/** The same as they would be written again. */
export function writtenElements(segment: Segment): WrittenElement[] {
  return repeatedElementsOf(segment).map((repetitions) => ({ repetitions }));
}
