import type { Path, Step } from './grammar.ts';
import type { LoopModel, PlaceModel } from './model.ts';

/** What stands at each step of a path. */
export type Chain = readonly PlaceModel[];

/**
 * Every chain of places that a path may mean: from the set when it begins with `/`, else from any loop. A trigger is meant
 * only where the path goes through its loop: `N1` is the loop, `N1/N1` its trigger.
 */
export function chainsOf(body: LoopModel, { isFromSet, steps }: Pick<Path, 'isFromSet' | 'steps'>): Chain[] {
  const outer = chainsIn(body.lines, steps);
  if (isFromSet) return outer;
  return [...outer, ...innerBodies(body).flatMap(([, ...lines]) => chainsIn(lines, steps))];
}

/** The bodies of all loops within a loop, those of variants included. */
export function innerBodies({ lines }: { readonly lines: readonly PlaceModel[] }): (readonly PlaceModel[])[] {
  return lines.flatMap((place) => {
    if (place.kind === 'segment') return [];
    const variants = [...place.variants.values()].flatMap((variant) =>
      variant.lines === undefined ? [] : [variant.lines],
    );
    return [place.lines, ...variants].flatMap((body) => [body, ...innerBodies({ lines: body })]);
  });
}

function chainsIn(lines: readonly PlaceModel[], [step, ...rest]: readonly Step[]): Chain[] {
  if (step === undefined) return [];
  const here = lines.filter(({ id }) => id === step.name);
  if (rest.length === 0) return here.map((place) => [place]);
  return here.flatMap((place) => {
    if (place.kind === 'segment') return [];
    return chainsIn(linesOf(place, step.code), rest).map((chain) => [place, ...chain]);
  });
}

/** What a loop holds, or what it holds where its trigger has a code. */
function linesOf(loop: LoopModel, code: string | undefined): readonly PlaceModel[] {
  return (code === undefined ? undefined : loop.variants.get(code)?.lines) ?? loop.lines;
}
