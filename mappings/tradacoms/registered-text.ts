import type { SegmentSource } from '../edi/set-source.ts';

/** The text of a code in RTEX, which holds up to four pairs of these; taken when there is one. */
export function takeRegistered(segment: SegmentSource, element: number, code: string): string | undefined {
  const at = [1, 3, 5, 7].find((component) => segment.see(element, component) === code);
  if (at === undefined) return undefined;
  segment.take(element, at);
  return segment.take(element, at + 1);
}
