import { innerBodies } from './find-place.ts';
import { type Candidate, followersOf, openingTag, type Standing, standingsOf } from './following.ts';
import type { Fault, LoopModel } from './model.ts';

/**
 * Finds tags that a reader could take for two places: two lines of one name in a body, and places of one tag with nothing
 * between them that must stand. Where only codes tell places apart, they are named as the place's `own`.
 */
export function findCollisions(body: LoopModel, fault: Fault): void {
  for (const lines of [body.lines, ...innerBodies(body)]) {
    const names = lines.map(({ id }) => id);
    for (const name of new Set(names.filter((id, at) => names.indexOf(id) !== at))) {
      fault(name, `two lines of one body have this name: call one "${name}@" and its section, as in "TAX@summary"`);
    }
  }
  const found = new Set(standingsOf(body).flatMap(collisionsAt));
  for (const collision of found) {
    fault(
      collision,
      'its tag has two possible places: put what must stand between them, or name the codes that are its "own"',
    );
  }
}

function collisionsAt(standing: Standing): string[] {
  const followers = followersOf(standing);
  const isTaken = (one: Candidate, at: number) =>
    followers
      .slice(0, at)
      .some((other) => openingTag(other.place) === openingTag(one.place) && other.skipped === one.skipped);
  return followers
    .filter((one, at) => one.place.own.length === 0 && isTaken(one, at))
    .map((one) => pathOf(standing, one));
}

function pathOf({ levels }: Standing, { place, level }: Candidate): string {
  return ['', ...levels.slice(1, level + 1).map(({ loop }) => loop.id), place.id].join('/');
}
