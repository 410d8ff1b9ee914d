import type { EdiSample } from './edi-samples.ts';

const PIECE = 65_536;

/** What everything is held against: pieces are decoded, cut by segment, element and component, and nothing is kept. */
export function splitSegments({ bytes, terminator, element, component }: EdiSample): number {
  let [carry, letters] = ['', 0];
  for (let at = 0; at < bytes.length; at += PIECE) {
    const segments = (carry + bytes.latin1Slice(at, Math.min(at + PIECE, bytes.length))).split(terminator);
    carry = segments.pop() ?? '';
    for (const segment of segments) {
      for (const text of segment.split(element)) {
        if (component === undefined) letters += text.length;
        else for (const part of text.split(component)) letters += part.length;
      }
    }
  }
  return letters;
}
