import { packTag } from '../edi/segment.ts';
import { followersOf, type Level, openingTag, type Standing, standingsOf } from './following.ts';
import type { LoopModel, PlaceModel, SegmentModel, SegmentPlace, TableModel, TreePlaces } from './model.ts';
import { type SegmentRule, segmentRule } from './segment-rule.ts';

/** More than a set has segments. */
const ANY_NUMBER = 2 ** 30;

/** One place of a set at which a reader may stand. */
export interface PlaceState extends Standing {
  /** Undefined before the first segment. */
  readonly place: SegmentPlace | undefined;
  /** Where each tag leads from here; filled as tags come. Undefined where the tag has no place ahead. */
  readonly steps: Map<number, Step | undefined>;
  /** The step that was taken last from here: the next one is often the same. */
  latest: Step | undefined;
  /** What must have stood when the set ends here; undefined until a set has. */
  ending: readonly Passed[] | undefined;
  /** What is checked of the segment; undefined where nothing is known of its elements. */
  readonly rule: SegmentRule | undefined;
}

/** The way from one place to another that comes next. */
export interface Step {
  readonly tag: number;
  /** What the segment is, or begins. */
  readonly place: PlaceModel;
  readonly level: number;
  readonly at: number;
  /** How often the place may stand, in whole numbers also where there is no end to it. */
  readonly most: number;
  readonly isLoop: boolean;
  /** Where a loop names itself and the loop that holds it; undefined where it does not. */
  readonly tree: TreePlaces | undefined;
  readonly hasVariants: boolean;
  /** Where one stands then, unless a variant of the loop has a body of its own. */
  readonly to: PlaceState;
  readonly variants: ReadonlyMap<string, PlaceState> | undefined;
  /** What is left behind on the way and must have stood; undefined when nothing is. */
  readonly passed: readonly Passed[] | undefined;
  /** It leads back: what stands there comes too late. */
  readonly isBack: boolean;
  /** Where the tag leads instead when it has one of these codes. */
  readonly farther: { readonly codes: ReadonlySet<string>; readonly step: Step } | undefined;
}

/** A line that must have stood by now: it is left behind. */
export interface Passed {
  readonly level: number;
  readonly at: number;
  readonly place: PlaceModel;
}

/** The ways through a set. They are found as sets take them, and kept. */
export class SetGraph {
  readonly table: TableModel;
  readonly start: PlaceState;
  /** How deep loops lie, and the most lines of one of them: what a walk has to count. */
  readonly deepest: number;
  readonly widest: number;
  readonly #states = new Map<SegmentPlace, PlaceState>();
  readonly #rules = new Map<SegmentModel, SegmentRule>();
  readonly #tags: ReadonlySet<number>;

  constructor(table: TableModel) {
    this.table = table;
    const [start, ...states] = standingsOf(table.body);
    this.start = stateAt(start?.levels ?? [], undefined, undefined);
    for (const { levels } of states) {
      const place = lineAt(levels);
      if (place?.kind === 'segment') {
        this.#states.set(place, stateAt(levels, place, this.#ruleOf(place)));
      }
    }
    this.#tags = new Set([...this.#states.keys()].map(({ tag }) => packTag(tag)));
    this.deepest = Math.max(1, ...states.map(({ levels }) => levels.length));
    this.widest = Math.max(1, ...states.flatMap(({ levels }) => levels.map(({ lines }) => lines.length)));
  }

  /** Whether the table lists a tag at all. */
  has(tag: number): boolean {
    return this.#tags.has(tag);
  }

  /** The way ahead for a tag; undefined where it has no place from here on. */
  step(from: PlaceState, tag: number): Step | undefined {
    const { latest } = from;
    if (latest !== undefined && latest.tag === tag) return latest;
    const step = from.steps.get(tag) ?? this.#newStep(from, tag);
    if (step !== undefined) from.latest = step;
    return step;
  }

  /** The way back to the last place of a tag among what is open and left behind. */
  stepBack(from: PlaceState, tag: number): Step | undefined {
    for (let level = from.levels.length - 1; level >= 0; level -= 1) {
      const { lines, at } = from.levels[level] as Level;
      const before = lines.slice(0, Math.max(at, 0)).findLastIndex((place) => packTag(openingTag(place)) === tag);
      const place = lines[before];
      // A trigger that stands behind would be the loop again, which lies ahead.
      if (place !== undefined && (before > 0 || level === 0))
        return { ...this.#stepTo(tag, place, level, before, []), isBack: true };
    }
    return undefined;
  }

  /** What must have stood when the set ends here. */
  ending(from: PlaceState): readonly Passed[] {
    from.ending ??= passedBy(from.levels, 0, Number.POSITIVE_INFINITY);
    return from.ending;
  }

  /** Tags that the table does not list are not kept: a file may have any number of them. */
  #newStep(from: PlaceState, tag: number): Step | undefined {
    if (from.steps.has(tag) || !this.#tags.has(tag)) return undefined;
    const step = this.#find(from, tag);
    from.steps.set(tag, step);
    return step;
  }

  #find(from: PlaceState, tag: number): Step | undefined {
    const followers = followersOf(from).filter(({ place }) => packTag(openingTag(place)) === tag);
    let nearest: Step | undefined;
    for (const { place, level, at } of followers.toReversed()) {
      const step = this.#stepTo(tag, place, level, at, passedBy(from.levels, level, at));
      nearest = nearest === undefined ? step : { ...step, farther: fartherThan(nearest, place.own) };
    }
    return nearest;
  }

  #stepTo(tag: number, place: PlaceModel, level: number, at: number, passed: readonly Passed[]): Step {
    const isLoop = place.kind === 'loop';
    return {
      tag,
      place,
      level,
      at,
      most: Math.min(place.max, ANY_NUMBER),
      isLoop,
      tree: isLoop ? place.tree : undefined,
      hasVariants: place.variants.size > 0,
      passed: passed.length === 0 ? undefined : passed,
      farther: undefined,
      isBack: false,
      to: isLoop ? this.#triggerOf(place.lines) : this.#stateOf(place),
      variants: isLoop ? this.#variantsOf(place) : undefined,
    };
  }

  #variantsOf({ variants }: LoopModel): ReadonlyMap<string, PlaceState> | undefined {
    const bodies = [...variants].flatMap(([code, { lines }]) =>
      lines === undefined ? [] : [[code, this.#triggerOf(lines)] as const],
    );
    return bodies.length === 0 ? undefined : new Map(bodies);
  }

  #triggerOf([trigger]: readonly PlaceModel[]): PlaceState {
    return trigger?.kind === 'segment' ? this.#stateOf(trigger) : this.start;
  }

  #ruleOf({ tag, segment }: SegmentPlace): SegmentRule | undefined {
    const model = segment ?? this.table.segments.get(tag);
    if (model === undefined) return undefined;
    const rule = this.#rules.get(model) ?? segmentRule(model, this.table);
    this.#rules.set(model, rule);
    return rule;
  }

  #stateOf(place: SegmentPlace): PlaceState {
    return this.#states.get(place) ?? this.start;
  }
}

function stateAt(levels: readonly Level[], place: SegmentPlace | undefined, rule: SegmentRule | undefined): PlaceState {
  return { levels, place, rule, steps: new Map(), latest: undefined, ending: undefined };
}

function lineAt(levels: readonly Level[]): PlaceModel | undefined {
  const innermost = levels.at(-1);
  return innermost?.lines[innermost.at];
}

/** Of two ways for one tag the farther one counts where its own codes say so, unless the nearer one claims them too. */
function fartherThan(step: Step, claimed: readonly string[]): Step['farther'] {
  const codes = new Set(step.place.own.filter((code) => !claimed.includes(code)));
  return codes.size === 0 ? step.farther : { codes, step };
}

/** The lines that must stand and are left behind by going to a line of a level: the rest of all loops inside it, and those before the line. */
function passedBy(levels: readonly Level[], level: number, at: number): Passed[] {
  return levels.flatMap(({ lines, at: from }, depth) => {
    if (depth < level) return [];
    const to = depth === level ? Math.min(at, lines.length) : lines.length;
    // The trigger of a loop that is open has stood.
    const first = depth === 0 ? Math.max(from, 0) : Math.max(from, 1);
    return lines.slice(0, to).flatMap((place, line) => {
      return line >= first && mustStand(place) ? [{ level: depth, at: line, place }] : [];
    });
  });
}

function mustStand(place: PlaceModel): boolean {
  return place.min > 0 || [...place.variants.values()].some(({ min }) => min > 0);
}
