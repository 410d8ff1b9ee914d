import type { Ledger } from '../ledger/database.ts';
import type { Provenance } from '../ledger/events.ts';
import type { Configuration } from './configuration.ts';
import type { Connections } from './connections.ts';
import type { At } from './crash-point.ts';
import type { DeliveryStart } from './delivery.ts';
import type { Log } from './log.ts';
import type { ReferenceData } from './reference-data/reference-data.ts';

/** What every activity works with. Made once per worker. */
export interface Dependencies {
  readonly ledger: Ledger;
  readonly configuration: Configuration;
  readonly connections: Connections;
  readonly referenceData: ReferenceData;
  readonly log: Log;
  readonly at: At;
  /** Names this worker in events, `worker:<host>:<pid>`. */
  readonly actor: string;
  /** Starts the delivery of a document unless it is under way. Used by the sweep, outside any run. */
  readonly startDelivery: (start: DeliveryStart) => Promise<void>;
  /** The workflow ids of the deliveries that are open, as far as Temporal's list has heard of them. */
  readonly deliveriesUnderWay: () => Promise<ReadonlySet<string>>;
}

/** What one attempt of an activity adds: who it is, whether it shall stop, and a sign of life. */
export interface Attempt {
  readonly provenance: Provenance & { readonly attempt: number; readonly workflowId: string; readonly runId: string };
  readonly signal: AbortSignal;
  readonly heartbeat: (details?: unknown) => void;
}
