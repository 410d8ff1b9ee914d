import type { Finding } from '../edi/finding.ts';
import { FindingMaker } from '../edi/place-finding.ts';
import type { WrittenSegment } from '../edi/set-tree.ts';
import type { EdiSettings } from '../edi/settings.ts';
import { SegmentChecker } from './check-segment.ts';
import { Route } from './route.ts';
import type { SetGraph } from './set-graph.ts';
import { TableFaults } from './table-faults.ts';
import { WrittenParts } from './written-parts.ts';

/**
 * Checks the segments of a set against its table before they are written: hand it each segment between header and trailer, then
 * ask for what was found. Positions count the header as 1; offsets are 0, since nothing has been written.
 */
export class WrittenChecker {
  readonly #graph: SetGraph;
  readonly #route: Route;
  readonly #segments: SegmentChecker;
  readonly #parts = new WrittenParts();
  #findings: Finding[] = [];
  #tag = '';
  #position = 1;

  constructor(graph: SetGraph, severities: EdiSettings['severities'] = {}) {
    const maker = new FindingMaker(severities);
    maker.standard = graph.table.standard;
    maker.release = graph.table.release;
    const faults = new TableFaults((code, at = {}) => {
      const { element = 0, component = 1, repetition = 1 } = at;
      const value = element === 0 ? '' : this.#parts.value(element, component || 1, repetition || 1);
      this.#findings.push(maker.make(code, { offset: 0, segment: this.#position, tag: this.#tag, value, ...at }));
    });
    this.#graph = graph;
    this.#route = new Route(graph, faults);
    this.#segments = new SegmentChecker(faults);
  }

  take(segment: WrittenSegment): void {
    this.#position += 1;
    this.#tag = segment.tag;
    this.#parts.load(segment);
    if (!this.#route.take(this.#parts)) return;
    const { rule } = this.#route.state;
    if (rule !== undefined) this.#segments.check(this.#parts, rule);
  }

  /** Ends the set and begins the next one. The answer is what was found in it. */
  end(): readonly Finding[] {
    const findings = this.#findings;
    this.#position += 1;
    this.#tag = '';
    this.#route.end();
    this.#findings = [];
    this.#position = 1;
    this.#route.begin(this.#graph);
    return findings;
  }
}
