import type { Standard } from '../edi/header.ts';
import { SEGMENT_LIBRARIES } from './built-in.ts';
import { compileTable } from './compile-table.ts';
import type { Patch, SetTable } from './form.ts';
import { compareReleases } from './releases.ts';
import { SetGraph } from './set-graph.ts';

/** What a profile says of the sets of one type. */
export interface SetProfile {
  /** The release by whose table they are read where that of the set has none. */
  readonly release?: string | undefined;
  readonly patch?: Patch | undefined;
}

/** A set as tables are looked up. */
export interface WantedTable {
  readonly standard: Standard;
  readonly type: string;
  /** GS08, `D.96A`, or the version of a TRADACOMS message. */
  readonly release: string;
}

export interface FoundTable {
  readonly graph: SetGraph;
  /** Whether the table is that of the release, or of the nearest one. */
  readonly isOfRelease: boolean;
}

/** By what a profile names a set: its type, `ORDERS`; in TRADACOMS, which has sets of the same names, `TRADACOMS/ORDERS`. */
export function profileKey({ standard, set }: Pick<SetTable, 'standard' | 'set'>): string {
  return standard === 'TRADACOMS' ? `${standard}/${set}` : set;
}

/** The tables at hand, each compiled when it is first wanted. A later table takes the place of an earlier one of the same set. */
export class TableShelf {
  readonly #tables: ReadonlyMap<string, SetTable>;
  readonly #profiles: Readonly<Record<string, SetProfile>>;
  readonly #found = new Map<string, FoundTable>();
  readonly #graphs = new Map<string, SetGraph>();

  /** Profiles stand by their `profileKey`. */
  constructor(tables: readonly SetTable[], profiles: Readonly<Record<string, SetProfile>> = {}) {
    this.#tables = new Map(tables.map((table) => [`${table.standard}/${table.set}`, table]));
    this.#profiles = profiles;
  }

  /**
   * The table of a set; undefined where none is known.
   *
   * @throws Failure EDI_TABLE_INVALID for a table, or a profile, that is not sound
   */
  find({ standard, type, release }: WantedTable): FoundTable | undefined {
    const key = `${standard}/${type}`;
    const known = this.#found.get(`${key}/${release}`);
    if (known !== undefined) return known;
    const table = this.#tables.get(key);
    if (table === undefined) return undefined;
    const chosen = chosenRelease(table, release, this.#profiles[profileKey(table)]?.release);
    const found = { graph: this.#graphOf(key, table, chosen.release), isOfRelease: chosen.isOfRelease };
    if (this.#found.size < MOST_RELEASES) this.#found.set(`${key}/${release}`, found);
    return found;
  }

  /**
   * Compiles the tables of some sets in each of their releases, so that one that is not sound is known before a file is read.
   *
   * @throws Failure EDI_TABLE_INVALID
   */
  compileAll(sets: readonly string[]): void {
    for (const [key, table] of this.#tables) {
      if (sets.includes(profileKey(table))) for (const release of releasesOf(table)) this.#graphOf(key, table, release);
    }
  }

  #graphOf(key: string, table: SetTable, release: string): SetGraph {
    const known = this.#graphs.get(`${key}/${release}`);
    if (known !== undefined) return known;
    const options = {
      release,
      library: SEGMENT_LIBRARIES[table.standard],
      profile: this.#profiles[profileKey(table)]?.patch,
    };
    const graph = new SetGraph(compileTable(table, options));
    this.#graphs.set(`${key}/${release}`, graph);
    return graph;
  }
}

/** Releases that files name are remembered up to here: they may name anything. */
const MOST_RELEASES = 1000;

/** As it is named, by its first six digits (X12), by the profile, or the nearest one before it. */
function chosenRelease(
  table: SetTable,
  wanted: string,
  ofProfile: string | undefined,
): { readonly release: string; readonly isOfRelease: boolean } {
  const releases = releasesOf(table);
  const base = table.standard === 'X12' ? wanted.slice(0, 6) : wanted;
  const exact = [wanted, base, ofProfile].find((release) => release !== undefined && releases.includes(release));
  if (exact !== undefined) return { release: exact, isOfRelease: true };
  const before = releases.findLast((release) => compareReleases(table.standard, release, wanted) < 0);
  return { release: before ?? table.release, isOfRelease: false };
}

/** The releases that a table and the segments of its standard have, the first one first. */
function releasesOf(table: SetTable): string[] {
  const { standard, release } = table;
  const later = Object.keys({ ...SEGMENT_LIBRARIES[standard]?.patches, ...table.patches });
  const known = later.filter((name) => compareReleases(standard, name, release) > 0);
  return [release, ...known.toSorted((one, other) => compareReleases(standard, one, other))];
}
