import type { BatchRow, DocumentRow } from '../ledger/schema.ts';
import type { FlowConfig } from './configuration.ts';
import type { DeliveryStart } from './delivery.ts';
import type { Attempt } from './dependencies.ts';
import type { PostOutcome } from './posting/outcome.ts';

/** A place in a walk or a cursor, in the flow's own terms: plain JSON, a few hundred bytes. */
export type Position = Readonly<Record<string, unknown>>;

/** One run of a flow. */
export interface Run {
  readonly config: FlowConfig;
  readonly batch: BatchRow;
  readonly attempt: Attempt;
}

/** One document on its way. */
export interface Delivery {
  readonly config: FlowConfig;
  readonly document: DocumentRow;
  readonly attempt: Attempt;
}

/** What a page brought: every document of it that is not at rest yet, stored; and where to go on. */
export interface Page {
  readonly documents: readonly DeliveryStart[];
  readonly next?: Position;
  /** Given with the last page: where the next run begins. */
  readonly cursor?: Position;
}

/**
 * `ready`: go on to post. `resting`: nothing more to do here. `split`: its records are to be fetched and delivered. `long`:
 * nothing was done yet, `render` does it.
 */
export type Transformed = Rendered | 'split' | 'long';
export type Rendered = 'ready' | 'resting';

/**
 * What one kind of flow does in each of the five steps. Every function can be called again at any point of its work, by
 * another process, and ends the same.
 */
export interface FlowSteps {
  /** Looks what there is to do and changes nothing outside. Undefined when there is nothing. */
  poll(config: FlowConfig, cursor: Position | undefined, attempt: Attempt): Promise<Position | undefined>;
  /** Stores what stands at a position; the first one is what `poll` found. */
  fetch(run: Run, position: Position): Promise<Page>;
  /** Tells the source that everything fetched is stored, after the cursor has moved. */
  acknowledgeBatch(run: Run): Promise<void>;
  /** Original to canonical, stored. Takes moments. */
  transform(delivery: Delivery): Promise<Transformed>;
  /** Canonical to outgoing bytes, stored, of a document that `transform` said is `long`; where none is, there is nothing to do. */
  render(delivery: Delivery): Promise<Rendered>;
  post(delivery: Delivery): Promise<PostOutcome>;
  /** The records of a document that `transform` said is `split`. */
  fetchRecords(delivery: Delivery, position: Position | undefined): Promise<Page>;
}
