import type { Segment } from '../edi/segment.ts';
import type { ReportFound, SetAt, SetChecker } from '../edi/set-checker.ts';
import { SegmentChecker } from './check-segment.ts';
import { Route } from './route.ts';
import type { FoundTable, TableShelf, WantedTable } from './shelf.ts';
import { TableFaults } from './table-faults.ts';
import { TreeChecker } from './tree-checker.ts';

/** Checks the sets of a reader against their tables; hand `checkerOf` to the reader's settings. */
class TableChecker implements SetChecker {
  readonly #shelf: TableShelf;
  readonly #report: ReportFound;
  readonly #faults: TableFaults;
  readonly #segments: SegmentChecker;
  readonly #trees: TreeChecker;
  /** The set that was opened last, and its table: the next one mostly has the same. */
  #last: SetAt | undefined;
  #found: FoundTable | undefined;
  #route: Route | undefined;
  /** The set at hand has a table. */
  #isOpen = false;

  constructor(shelf: TableShelf, report: ReportFound) {
    this.#shelf = shelf;
    this.#report = report;
    this.#faults = new TableFaults(report);
    this.#segments = new SegmentChecker(this.#faults);
    this.#trees = new TreeChecker(report);
  }

  open(at: SetAt): void {
    const found = this.#last !== undefined && isAlike(at, this.#last) ? this.#found : this.#shelf.find(wantedTable(at));
    this.#last = at;
    this.#found = found;
    this.#isOpen = found !== undefined;
    if (found === undefined) {
      this.#report('set-without-table');
      return;
    }
    if (!found.isOfRelease) this.#report('release-without-table');
    this.#route ??= new Route(found.graph, this.#faults);
    this.#route.begin(found.graph);
    this.#trees.begin();
  }

  take(segment: Segment, position: number): void {
    const route = this.#route;
    if (!this.#isOpen || route === undefined || !route.take(segment) || segment.isCut) return;
    const { rule } = route.state;
    if (rule !== undefined) this.#segments.check(segment, rule);
    const tree = route.step?.tree;
    if (tree !== undefined) this.#trees.take(segment, tree, position);
  }

  close(): void {
    if (this.#isOpen) {
      this.#route?.end();
      this.#trees.end();
    }
    this.#isOpen = false;
  }
}

/** Whether two sets have one table. */
function isAlike({ set, group }: SetAt, other: SetAt): boolean {
  return group === other.group && set.type === other.set.type && set.version === other.set.version;
}

/** What makes the checker of each reader, with the tables of a shelf. */
export function checkerOf(shelf: TableShelf): (report: ReportFound) => SetChecker {
  return (report) => new TableChecker(shelf, report);
}

/** The table that a set is to be read by: GS08 in X12, version and release of S009 in EDIFACT, the version of the message in TRADACOMS. */
export function wantedTable({ set, group, interchange: { standard } }: SetAt): WantedTable {
  const { type, version, elements } = set;
  if (standard === 'X12') return { standard, type, release: group.version };
  if (standard === 'TRADACOMS') return { standard, type, release: version };
  const [, directory = '', release = ''] = elements[1] ?? [];
  return { standard, type, release: `${directory}.${release}` };
}
