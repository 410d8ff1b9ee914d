import type { Segment } from '../edi/segment.ts';
import type { CodePlace, Occurrence, PlaceModel } from './model.ts';
import type { Passed, PlaceState, SetGraph, Step } from './set-graph.ts';

/** What may be wrong with the order of segments. `code` is that of the variant that is meant, '' for the place itself. */
export interface RouteFaults {
  missing(place: PlaceModel, occurrence: Occurrence, code: string): void;
  overMaximum(place: PlaceModel, occurrence: Occurrence): void;
  outOfOrder(): void;
  unexpected(): void;
  /** The table does not list the segment, and may not be complete. */
  unlisted(): void;
  /** The table does not list the segment, and lists all there are. */
  unknown(): void;
}

/** Tags and codes of the segment at hand: a reader's segment, or one that is to be written. */
export type RoutedSegment = Pick<Segment, 'packedTag' | 'value'>;

interface VariantCount {
  readonly occurrence: Occurrence;
  readonly code: string;
  count: number;
}

/**
 * Takes the segments of one set through its graph, one at a time, and says of each where it stands. It counts how often each
 * line of the loops that are open has stood, and allocates nothing unless a place has variants.
 */
export class Route {
  readonly #faults: RouteFaults | undefined;
  #graph: SetGraph;
  #state: PlaceState;
  /** For each level that is open, how often each of its lines has stood. */
  readonly #counts: number[][] = [];
  /** For each level, the number of lines of which one may have stood: what lies beyond counts nothing. */
  readonly #reached: number[] = [];
  /** For each level, the counts by code of places with variants. */
  readonly #variants: Map<PlaceModel, VariantCount[]>[] = [];
  #step: Step | undefined;

  constructor(graph: SetGraph, faults?: RouteFaults) {
    this.#graph = graph;
    this.#faults = faults;
    this.#state = graph.start;
    this.begin(graph);
  }

  /** Begins a set. */
  begin(graph: SetGraph): void {
    this.#graph = graph;
    this.#state = graph.start;
    this.#step = undefined;
    for (let level = 0; level < graph.deepest; level += 1) {
      if ((this.#counts[level]?.length ?? 0) < graph.widest) this.#counts[level] = Array<number>(graph.widest).fill(0);
      this.#enter(level);
    }
  }

  /** Where the last segment stands; where the one before it does when it has no place. */
  get state(): PlaceState {
    return this.#state;
  }

  /** The step to where the last segment stands; undefined when it has no place. */
  get step(): Step | undefined {
    return this.#step;
  }

  /** Takes the next segment. True when it has a place. */
  take(segment: RoutedSegment): boolean {
    const tag = segment.packedTag;
    let step = this.#graph.step(this.#state, tag);
    if (step === undefined) return this.#takeBack(segment, tag);
    while (step.farther?.codes.has(codeOf(segment, step.farther.step.place.by)) === true) step = step.farther.step;
    if (step.passed !== undefined) this.#checkPassed(step.passed);
    this.#go(step, segment);
    return true;
  }

  /** The set ends. */
  end(): void {
    this.#checkPassed(this.#graph.ending(this.#state));
  }

  #takeBack(segment: RoutedSegment, tag: number): boolean {
    this.#step = undefined;
    if (!this.#graph.has(tag)) {
      if (this.#graph.table.isClosed) this.#faults?.unknown();
      else this.#faults?.unlisted();
      return false;
    }
    const step = this.#graph.stepBack(this.#state, tag);
    if (step === undefined) {
      this.#faults?.unexpected();
      return false;
    }
    this.#faults?.outOfOrder();
    this.#go(step, segment);
    return true;
  }

  #go(step: Step, segment: RoutedSegment): void {
    const { place, level, at, most } = step;
    const counts = this.#counts[level] as number[];
    const count = (counts[at] ?? 0) + 1;
    counts[at] = count;
    if (at >= (this.#reached[level] as number)) this.#reached[level] = at + 1;
    // The first one too many is told, the others are not; nor is one that comes late, which has been told to be missing.
    if (count === most + 1 && !step.isBack) this.#faults?.overMaximum(place, place);
    this.#step = step;
    this.#state = step.to;
    if (step.hasVariants) this.#countVariant(step, segment);
    if (step.isLoop) this.#open(level + 1);
  }

  #open(level: number): void {
    this.#enter(level);
    (this.#counts[level] as number[])[0] = 1;
    this.#reached[level] = 1;
  }

  #enter(level: number): void {
    const counts = this.#counts[level] as number[];
    const reached = this.#reached[level] ?? counts.length;
    for (let at = 0; at < reached; at += 1) counts[at] = 0;
    this.#reached[level] = 0;
    if (this.#variants[level]?.size !== 0) this.#variants[level] = new Map();
  }

  #countVariant({ place, level, variants }: Step, segment: RoutedSegment): void {
    const code = codeOf(segment, place.by);
    this.#state = variants?.get(code) ?? this.#state;
    const counted = this.#countsOf(level, place).find((variant) => variant.code === code);
    if (counted === undefined) return;
    counted.count += 1;
    if (counted.count === counted.occurrence.max + 1) this.#faults?.overMaximum(place, counted.occurrence);
  }

  #countsOf(level: number, place: PlaceModel): VariantCount[] {
    const ofLevel = this.#variants[level] as Map<PlaceModel, VariantCount[]>;
    const known = ofLevel.get(place);
    if (known !== undefined) return known;
    const fresh = [...place.variants].map(([code, occurrence]) => ({ code, occurrence, count: 0 }));
    ofLevel.set(place, fresh);
    return fresh;
  }

  /** What is missing is told once: it counts as seen from then on. */
  #checkPassed(passed: readonly Passed[]): void {
    for (const { level, at, place } of passed) {
      const counts = this.#counts[level] as number[];
      if ((counts[at] ?? 0) < place.min) {
        this.#faults?.missing(place, place, '');
        counts[at] = place.min;
        this.#reached[level] = Math.max(this.#reached[level] ?? 0, at + 1);
      }
      if (place.variants.size > 0) this.#checkVariants(level, place);
    }
  }

  #checkVariants(level: number, place: PlaceModel): void {
    for (const variant of this.#countsOf(level, place)) {
      if (variant.count >= variant.occurrence.min) continue;
      this.#faults?.missing(place, variant.occurrence, variant.code);
      variant.count = variant.occurrence.min;
    }
  }
}

function codeOf(segment: RoutedSegment, { element, component }: CodePlace): string {
  return segment.value(element, component);
}
