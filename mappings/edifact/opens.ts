import { fixed } from '../edi/parts.ts';
import type { PathOf } from '../edi/paths.ts';
import type { Part } from '../edi/rule.ts';

/** A segment that opens a loop for the sake of what stands in it, when one of the fields is there. */
export function opens<S>(place: number, qualifier: string, ...paths: readonly PathOf<S>[]): Part<S> {
  return {
    ...fixed<S>(place, qualifier),
    write(from, to) {
      to.fill(qualifier, place);
      if (paths.some((path) => from.see(path) !== undefined)) to.put(qualifier, place);
    },
  };
}

/** The same for a segment that means as much with any qualifier. */
export function opensAny<S>(place: number, qualifier: string, ...paths: readonly PathOf<S>[]): Part<S> {
  return {
    ...opens<S>(place, qualifier, ...paths),
    matches: () => true,
    read(segment) {
      if (segment.see(place) === qualifier) segment.take(place);
    },
  };
}
