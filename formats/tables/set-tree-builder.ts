import { repeatedElementsOf } from '../edi/elements.ts';
import type { Segment } from '../edi/segment.ts';
import type { KeptSegment, SetLoop } from '../edi/set-tree.ts';
import { Route } from './route.ts';
import type { SetGraph } from './set-graph.ts';

interface GrowingLoop extends SetLoop {
  readonly segments: KeptSegment[];
  readonly loops: GrowingLoop[];
}

/**
 * Builds the tree of one set from its segments, header and trailer left out. A segment that has no place in the table goes to
 * the loop that is open, so that nothing is lost; one that stands too late goes where it belongs.
 */
export class SetTreeBuilder {
  readonly #route: Route;
  readonly #open: GrowingLoop[];

  constructor(graph: SetGraph) {
    this.#route = new Route(graph);
    this.#open = [{ id: '', segments: [], loops: [] }];
  }

  /** Takes the next segment of the set. */
  take(segment: Segment, position: number): void {
    const hasPlace = this.#route.take(segment);
    const step = this.#route.step;
    if (hasPlace && step !== undefined) this.#open.length = Math.min(step.level + 1, this.#open.length);
    if (step?.place.kind === 'loop') this.#begin(step.place.id);
    const { tag, offset } = segment;
    this.#open.at(-1)?.segments.push({ tag, position, offset, elements: repeatedElementsOf(segment) });
  }

  /** The set as far as it has been taken. */
  get set(): SetLoop {
    return this.#open[0] as SetLoop;
  }

  #begin(id: string): void {
    const loop: GrowingLoop = { id, segments: [], loops: [] };
    this.#open.at(-1)?.loops.push(loop);
    this.#open.push(loop);
  }
}
