import { type KeptSegment, type SetLoop, valueIn } from '../../formats/edi/set-tree.ts';
import type { Unmapped } from './map.ts';

/** One segment that is being read. What is taken is marked; what is left in the end is unmapped. */
export class SegmentSource {
  readonly #segment: KeptSegment;
  readonly #taken: Set<number>;

  constructor(segment: KeptSegment, taken: Set<number>) {
    this.#segment = segment;
    this.#taken = taken;
  }

  get tag(): string {
    return this.#segment.tag;
  }

  get position(): number {
    return this.#segment.position;
  }

  get isTouched(): boolean {
    return this.#taken.size > 0;
  }

  /** A value, still to be taken; blanks at its end mean nothing. '' when absent. */
  see(element: number, component = 1): string {
    return valueIn(this.#segment, element, component).trimEnd();
  }

  take(element: number, component = 1): string {
    this.#taken.add(placeOf(element, 1, component));
    return this.see(element, component);
  }

  hasTaken(element: number, component = 1): boolean {
    return this.#taken.has(placeOf(element, 1, component));
  }

  takeAll(): void {
    for (const { element, repetition, component } of this.rest())
      this.#taken.add(placeOf(element, repetition, component));
  }

  /** The values that nobody has taken. */
  rest(): Unmapped[] {
    const { tag, position, elements } = this.#segment;
    const left: Unmapped[] = [];
    for (const [element, repetitions] of elements.entries()) {
      for (const [repetition, components] of repetitions.entries()) {
        for (const [component, value] of components.entries()) {
          const place = { element: element + 1, repetition: repetition + 1, component: component + 1 };
          if (value.trim() !== '' && !this.#hasTaken(place)) left.push({ position, tag, ...place });
        }
      }
    }
    return left;
  }

  #hasTaken({ element, repetition, component }: Omit<Unmapped, 'position' | 'tag'>): boolean {
    return this.#taken.has(placeOf(element, repetition, component));
  }
}

/** One number for a place, far beyond what a reader lets pass of elements, repetitions and components. */
function placeOf(element: number, repetition: number, component: number): number {
  return (element * 100_000 + repetition) * 100_000 + component;
}

/** What is known of all loops of a set that is being read. */
interface WholeSet {
  readonly root: SetLoop;
  readonly taken: Map<KeptSegment, Set<number>>;
}

/** A loop that is being read. */
export class LoopSource {
  readonly #loop: SetLoop;
  readonly #set: WholeSet;

  constructor(loop: SetLoop, set: WholeSet = { root: loop, taken: new Map() }) {
    this.#loop = loop;
    this.#set = set;
  }

  /** The segments with a tag that nobody has touched yet. A loop opened by the tag counts with its first segment. */
  segments(tag: string): SegmentSource[] {
    const triggers = this.#loop.loops.flatMap(({ segments: [first] }) => (first?.tag === tag ? [first] : []));
    const own = this.#loop.segments.filter((segment) => segment.tag === tag);
    return [...own, ...triggers]
      .sort((a, b) => a.position - b.position)
      .map((segment) => this.#source(segment))
      .filter(({ isTouched }) => !isTouched);
  }

  /** The loops of an id (`N1`, `TAX@summary`) whose first segment nobody has touched yet. */
  loops(id: string): LoopSource[] {
    return this.#loop.loops
      .filter((loop) => loop.id === id)
      .map((loop) => new LoopSource(loop, this.#set))
      .filter((loop) => !loop.isTouched);
  }

  /** How many segments of the whole set have a tag, touched or not. */
  totalInSet(tag: string): number {
    return totalIn(this.#set.root, tag);
  }

  get isTouched(): boolean {
    const [first] = this.#loop.segments;
    return first !== undefined && this.#source(first).isTouched;
  }

  /** All segments of this loop and those within, in the order of the file. */
  everySegment(): SegmentSource[] {
    const own = this.#loop.segments.map((segment) => this.#source(segment));
    const within = this.#loop.loops.flatMap((loop) => new LoopSource(loop, this.#set).everySegment());
    return [...own, ...within].sort((a, b) => a.position - b.position);
  }

  #source(segment: KeptSegment): SegmentSource {
    const taken = this.#set.taken.get(segment) ?? new Set();
    this.#set.taken.set(segment, taken);
    return new SegmentSource(segment, taken);
  }
}

function totalIn({ segments, loops }: SetLoop, tag: string): number {
  const own = segments.filter((segment) => segment.tag === tag).length;
  return loops.reduce((sum, loop) => sum + totalIn(loop, tag), own);
}
