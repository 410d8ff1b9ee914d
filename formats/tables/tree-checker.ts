import type { Segment } from '../edi/segment.ts';
import type { ReportFound } from '../edi/set-checker.ts';
import type { TreePlaces } from './model.ts';

/** A loop that has named itself. */
interface Named {
  readonly parent: string;
  readonly tag: string;
  readonly segment: number;
  readonly offset: number;
  readonly element: number;
}

/** Loops of one set that are remembered; a set with more is checked as far as this. */
const MOST_LOOPS = 100_000;

/** Finds loops of one set (HL, CPS) that make no tree: by the numbers of themselves and of their parents, whatever their order. */
export class TreeChecker {
  readonly #report: ReportFound;
  #loops = new Map<string, Named>();

  constructor(report: ReportFound) {
    this.#report = report;
  }

  begin(): void {
    // A new one, not an emptied one: for as long as nobody collects the old generation, V8 keeps alive what a map holds after it was emptied.
    if (this.#loops.size > 0) this.#loops = new Map();
  }

  /** Takes the trigger of a loop. */
  take(segment: Segment, { id, parent }: TreePlaces, position: number): void {
    const own = segment.value(id.element, id.component).trim();
    // One without a number has been found to lack it, where it must have one.
    if (own === '') return;
    if (this.#loops.has(own)) {
      this.#report('loop-repeated', { element: id.element });
      return;
    }
    if (this.#loops.size === MOST_LOOPS) return;
    const holder = segment.value(parent.element, parent.component).trim();
    const { tag, offset } = segment;
    this.#loops.set(own, { parent: holder, tag, segment: position, offset, element: parent.element });
  }

  /** The set ends: parents may have come after their children. */
  end(): void {
    if (this.#loops.size === MOST_LOOPS) return;
    const seen = new Set<string>();
    for (const [id, loop] of this.#loops) {
      if (loop.parent !== '' && !this.#loops.has(loop.parent)) this.#tell('loop-parent-missing', loop);
      for (const one of this.#circleFrom(id, seen)) this.#tell('loop-in-itself', one);
    }
  }

  /** The loops that hold one another in a circle, going up from one; each loop is passed once in all. */
  #circleFrom(id: string, seen: Set<string>): Named[] {
    const way: string[] = [];
    let at: string | undefined = id;
    while (at !== undefined && this.#loops.has(at) && !seen.has(at)) {
      way.push(at);
      seen.add(at);
      at = this.#loops.get(at)?.parent;
    }
    const start = at === undefined ? -1 : way.indexOf(at);
    return start === -1 ? [] : way.slice(start).flatMap((one) => this.#loops.get(one) ?? []);
  }

  #tell(code: 'loop-parent-missing' | 'loop-in-itself', { tag, segment, offset, element }: Named): void {
    this.#report(code, { tag, element, earlier: { segment, offset } });
  }
}
