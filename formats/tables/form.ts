import type { Standard } from '../edi/header.ts';

/**
 * How a set is described: plain data, the same whether it stands in a module or in a JSON or YAML file. Facts only: ids, order,
 * usage, least and most, type, element numbers, letters of conditions, and those codes that somebody goes by.
 */
export interface SetTable {
  readonly standard: Standard;
  /** As ST01, UNH S009 or MHD name it: `850`, `ORDERS`. */
  readonly set: string;
  /** GS01 of the groups that hold it (X12). */
  readonly group?: string;
  /** What the table describes before any patch: `004010`, `D.96A`, `9`. */
  readonly release: string;
  /** Whether it lists all there is. What an open table does not list is noted, and never stands in an acknowledgment. */
  readonly closed: boolean;
  /** Names of what the facts were taken from, without addresses. */
  readonly sources: readonly string[];
  /** What stands between the header and the trailer of the set, in its order; these two are not listed. */
  readonly body: readonly BodyLine[];
  /** Segments that only this set has, or has in a way of its own; the others come from the library of its standard. */
  readonly segments?: Readonly<Record<string, SegmentForm>>;
  /** What later releases changed, each on top of those before it. */
  readonly patches?: Readonly<Record<string, Patch>>;
}

/** Segments that several sets share, and how later releases changed them. */
export interface SegmentLibrary {
  readonly standard: Standard;
  readonly release: string;
  readonly segments: Readonly<Record<string, SegmentForm>>;
  readonly patches?: Readonly<Record<string, Patch>>;
}

/** `TAG MIN MAX`, where MAX may be `*` for any number; or a segment about which there is more to say; or a loop. */
export type BodyLine = string | SegmentLine | LoopForm;

/** Codes tell places apart. `by` is an element of the segment (`01`), or a component of it (`01.1`); it is the first when left out. */
interface Discriminated {
  readonly by?: string;
  /** Codes that stand here and nowhere else: they route the segment here where its tag may stand in several places. Of two that claim one, the nearer has it. */
  readonly own?: readonly string[];
}

export interface SegmentLine extends Discriminated {
  /** `TAG MIN MAX`. */
  readonly segment: string;
  /** How often it stands here with a certain code: `MIN MAX`. */
  readonly variants?: Readonly<Record<string, string>>;
}

/** A loop (a segment group of EDIFACT). Its first line is its trigger. */
export interface LoopForm extends Discriminated {
  /** The tag of its trigger; with `@` and a section where that tag opens loops in two sections: `TAX@summary`. */
  readonly loop: string;
  /** 0 when left out. */
  readonly min?: number;
  readonly max: number | '*';
  readonly body: readonly BodyLine[];
  /** The elements of its trigger by which the loops of one set name themselves, and the one that holds them (HL, CPS). */
  readonly tree?: { readonly id: string; readonly parent: string };
  /** What the loop holds when its trigger has a certain code. */
  readonly variants?: Readonly<Record<string, LoopVariant>>;
}

export interface LoopVariant {
  readonly min?: number;
  readonly max?: number | '*';
  /** In place of the body of the loop, trigger included. */
  readonly body?: readonly BodyLine[];
}

/** The elements of a segment in their order, alone or with the conditions between them (`R0203`). */
export type SegmentForm =
  | readonly ElementForm[]
  | { readonly elements: readonly ElementForm[]; readonly conditions?: readonly string[] };

/**
 * `NUMBER TYPE MIN MAX [USAGE] [xTIMES]`, and for a composite `NUMBER [USAGE] [xTIMES]`: `353 ID 2 2 M`, `C507 M`, `127 AN 1 50 O x5`.
 * Types: AN ID DT TM N0 to N9 R B in X12, a an n in EDIFACT, X 9 9V1 to 9V9 in TRADACOMS. Usage: M must stand, O and C may, N must not; O when
 * left out. TIMES: how often it may be repeated by the separator of repetitions.
 */
export type ElementForm =
  | string
  | {
      readonly element: string;
      /** What a composite is made of, as elements. */
      readonly components?: readonly ElementForm[];
      /** Codes that a map or a profile goes by, with labels of our own. */
      readonly codes?: Readonly<Record<string, string>>;
      /** Whether `codes` are all there are. */
      readonly complete?: boolean;
    };

/** Changes by path; see docs/formats.md for the paths. */
export type Patch = Readonly<Record<string, Change>>;

export type Change =
  /** A path to a place: `MIN MAX`. To an element: all of it (`127 AN 1 50`), or its usage alone (`M`). */
  | string
  /** `SAC.conditions`: the conditions of a segment; `SAC`: its elements. */
  | readonly ElementForm[]
  | { readonly elements: readonly ElementForm[]; readonly conditions?: readonly string[] }
  /** A path to a loop, or `/` for the set: lines that come in before or after one of its own. */
  | { readonly add: readonly BodyLine[]; readonly before?: string; readonly after?: string }
  /** A path to an element: what changes of it. Codes given here are all there are. */
  | ElementChange;

export interface ElementChange {
  readonly element?: string;
  readonly components?: readonly ElementForm[];
  readonly codes?: Readonly<Record<string, string>>;
}
