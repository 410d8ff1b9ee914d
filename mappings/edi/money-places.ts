import type { Unmapped } from './map.ts';
import type { SegmentSource } from './set-source.ts';

/** Elements that hold amounts, by tag; of a composite, every component counts that `components` does not except. */
export type MoneyPlaces = Readonly<Record<string, readonly number[]>>;

/** Whether a place holds money that may not be passed over. `ignored`: `AMT`, or `AMT:1` for a qualifier in its first two elements. */
export function isMoney(
  segment: SegmentSource,
  { tag, element }: Unmapped,
  places: MoneyPlaces,
  ignored: readonly string[],
): boolean {
  if (places[tag]?.includes(element) !== true) return false;
  const names = [tag, `${tag}:${segment.see(1)}`, `${tag}:${segment.see(2)}`];
  return !names.some((name) => ignored.includes(name));
}
