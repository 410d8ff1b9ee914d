import type { EdiEvent } from '../formats/edi/events.ts';
import { EdiReader } from '../formats/edi/reader.ts';
import type { Segment } from '../formats/edi/segment.ts';
import type { EdiSettings } from '../formats/edi/settings.ts';

/** Bytes handed to a reader at once. */
export const PIECE = 65_536;

/** Reads bytes in pieces and hands on each event. */
export function readPieces(bytes: Buffer, settings: EdiSettings, take: (event: EdiEvent) => void): void {
  const reader = new EdiReader(settings);
  for (let at = 0; at < bytes.length; at += PIECE) {
    reader.push(bytes.subarray(at, at + PIECE));
    for (let event = reader.next(); event !== undefined; event = reader.next()) take(event);
  }
  reader.end();
  for (let event = reader.next(); event !== undefined; event = reader.next()) take(event);
}

/** Reads bytes and adds up what is seen of each segment. */
export function readSegments(bytes: Buffer, visit: (segment: Segment) => number): number {
  let sum = 0;
  readPieces(bytes, {}, (event) => {
    if (event.kind === 'segment') sum += visit(event.segment);
  });
  return sum;
}

export function tagOnly(segment: Segment): number {
  return segment.packedTag & 1;
}

export function everyElement(segment: Segment): number {
  let letters = 0;
  for (let element = 1; element <= segment.elementCount; element += 1) letters += segment.element(element).length;
  return letters;
}

export function everyComponent(segment: Segment): number {
  let letters = 0;
  for (let element = 1; element <= segment.elementCount; element += 1) {
    const repetitions = segment.repetitions(element);
    for (let repetition = 1; repetition <= repetitions; repetition += 1) {
      const components = segment.components(element, repetition);
      for (let component = 1; component <= components; component += 1) {
        letters += segment.value(element, component, repetition).length;
      }
    }
  }
  return letters;
}
