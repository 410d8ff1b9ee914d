import { tagOf } from './grammar.ts';
import type { LoopModel, PlaceModel } from './model.ts';

/** Where a reader of a set stands: at one place, the last one read, within the loops that are open around it. */
export interface Standing {
  /** From the set inwards: the lines of each open loop, and how far it has come in them. */
  readonly levels: readonly Level[];
}

export interface Level {
  readonly loop: LoopModel;
  /** The lines of the loop, or of the variant that its trigger chose. */
  readonly lines: readonly PlaceModel[];
  readonly at: number;
}

/** A place that may come next. */
export interface Candidate {
  readonly place: PlaceModel;
  /** Its level among those of the standing, and its line there. */
  readonly level: number;
  readonly at: number;
  /** How many lines come between that must stand or part sections. */
  readonly skipped: number;
}

/** All that may come next, nearest first: the same again, what follows in the loop, the loop again, what follows after it. */
export function followersOf({ levels }: Standing): Candidate[] {
  const found: Candidate[] = [];
  let skipped = 0;
  for (let level = levels.length - 1; level >= 0; level -= 1) {
    const { lines, at } = levels[level] as Level;
    const isTrigger = level === levels.length - 1 && level > 0 && at === 0;
    for (let next = isTrigger ? 1 : Math.max(at, 0); next < lines.length; next += 1) {
      const place = lines[next] as PlaceModel;
      found.push({ place, level, at: next, skipped });
      if (next > at && parts(place)) skipped += 1;
    }
  }
  return found;
}

/** UNS parts sections even where a profile forgives its absence. */
function parts(place: PlaceModel): boolean {
  return place.min > 0 || (place.kind === 'segment' && place.tag === 'UNS');
}

/** Every standing that a set may come to: before its first line, and at each segment of each loop. */
export function standingsOf(body: LoopModel): Standing[] {
  return [{ levels: [{ loop: body, lines: body.lines, at: -1 }] }, ...within([], body, body.lines)];
}

function within(outer: readonly Level[], loop: LoopModel, lines: readonly PlaceModel[]): Standing[] {
  return lines.flatMap((place, at) => {
    const levels = [...outer, { loop, lines, at }];
    if (place.kind === 'segment') return [{ levels }];
    const bodies = [
      place.lines,
      ...[...place.variants.values()].flatMap((variant) => (variant.lines ? [variant.lines] : [])),
    ];
    return bodies.flatMap((body) => within(levels, place, body));
  });
}

/** The tag by which a place begins. */
export function openingTag(place: PlaceModel): string {
  return place.kind === 'loop' ? tagOf(place.id) : place.tag;
}
