import type { Standard } from '../edi/header.ts';

/** Says what is wrong with a table at a path, and what to do about it. */
export type Fault = (path: string, problem: string) => void;

/** A set of one release, patches applied. */
export interface TableModel {
  readonly standard: Standard;
  readonly set: string;
  readonly group: string;
  readonly release: string;
  readonly isClosed: boolean;
  readonly body: LoopModel;
  /** Elements by tag; a place may have a copy of its own instead. */
  readonly segments: Map<string, SegmentModel>;
}

/** How often something stands. */
export interface Occurrence {
  min: number;
  /** Infinity for any number. */
  max: number;
  /** A profile has changed it. */
  isOfProfile: boolean;
}

/** Where the code stands by which places of one tag are told apart. */
export interface CodePlace {
  readonly element: number;
  readonly component: number;
}

export interface SegmentPlace extends Occurrence {
  readonly kind: 'segment';
  /** Its tag, with `@` and a section where that tag stands in two sections of one body. */
  readonly id: string;
  readonly tag: string;
  readonly by: CodePlace;
  readonly own: readonly string[];
  readonly variants: Map<string, Occurrence>;
  /** Elements that hold only here; undefined where those of the tag do. */
  segment: SegmentModel | undefined;
}

export interface LoopModel extends Occurrence {
  readonly kind: 'loop';
  readonly id: string;
  readonly by: CodePlace;
  readonly own: readonly string[];
  readonly variants: Map<string, VariantModel>;
  readonly tree: TreePlaces | undefined;
  lines: PlaceModel[];
}

/** Where a loop names itself and the loop that holds it. */
export interface TreePlaces {
  readonly id: CodePlace;
  readonly parent: CodePlace;
}

export interface VariantModel extends Occurrence {
  /** Undefined where it holds what every variant of its loop holds. */
  lines: PlaceModel[] | undefined;
}

export type PlaceModel = SegmentPlace | LoopModel;

export interface SegmentModel {
  readonly elements: ElementModel[];
  conditions: readonly ConditionModel[];
}

export interface ElementModel {
  readonly number: string;
  /** '' for a composite. */
  readonly type: string;
  readonly min: number;
  readonly max: number;
  readonly usage: Usage;
  readonly times: number;
  readonly components: ElementModel[];
  readonly codes: ReadonlyMap<string, string> | undefined;
  /** `codes` are all there are. */
  readonly isComplete: boolean;
  /** What of it a profile has changed. */
  readonly ofProfile: ReadonlySet<Trait>;
}

/** M must stand, O and C may, N must not. */
export type Usage = 'M' | 'O' | 'C' | 'N';
/** What can be said of an element. */
export type Trait = 'type' | 'length' | 'usage' | 'times' | 'codes';

export interface ConditionModel {
  readonly letter: 'P' | 'R' | 'E' | 'C' | 'L';
  readonly positions: readonly number[];
  readonly isOfProfile: boolean;
}
