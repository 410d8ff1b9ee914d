import type { Elements } from './header.ts';
import type { Segment } from './segment.ts';
import type { WrittenElement } from './segment-writer.ts';
import type { HeaderSegment } from './short-segment.ts';

/** The elements of a segment as text to be kept, the first repetition of each. */
export function elementsOf(segment: HeaderSegment): Elements {
  const elements: string[][] = [];
  for (let element = 1; element <= segment.elementCount; element += 1) elements.push(componentsOf(segment, element));
  return elements;
}

function componentsOf(segment: HeaderSegment, element: number): string[] {
  const count = segment.components(element);
  // An array that is pushed to has room for many: headers are kept, and most of their elements have one component.
  const components = [segment.value(element)];
  for (let component = 2; component <= count; component += 1) components.push(segment.value(element, component));
  return components;
}

/** The elements of a segment with all repetitions and their components, decoded. */
export function repeatedElementsOf(segment: Segment): string[][][] {
  const elements: string[][][] = [];
  for (let element = 1; element <= segment.elementCount; element += 1) elements.push(repetitionsOf(segment, element));
  return elements;
}

function repetitionsOf(segment: Segment, element: number): string[][] {
  const repetitions: string[][] = [];
  const count = segment.repetitions(element);
  for (let repetition = 1; repetition <= count; repetition += 1) {
    const components: string[] = [];
    const last = segment.components(element, repetition);
    for (let component = 1; component <= last; component += 1) {
      components.push(segment.value(element, component, repetition));
    }
    repetitions.push(components);
  }
  return repetitions;
}

/** The same as they would be written again. */
export function writtenElements(segment: Segment): WrittenElement[] {
  return repeatedElementsOf(segment).map((repetitions) => ({ repetitions }));
}
