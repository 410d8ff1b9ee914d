import type { DeliveryStart } from '../../activities/delivery.ts';
import type { Dependencies } from '../../activities/dependencies.ts';
import type { Run } from '../../activities/flow-steps.ts';
import type { CallPurpose } from '../../connectors/visma/budget.ts';
import type { VismaClient } from '../../connectors/visma/client.ts';
import type { Page, Versioned } from '../../connectors/visma/pages.ts';
import type { Ledger } from '../../ledger/database.ts';
import type { LatestTaken } from '../../ledger/versions.ts';

/** Of a record that Visma.net lists. `same`: it is held as it is, or the flow does not want it. */
export type Verdict = 'same' | 'missing' | 'stale';

/** Which page is asked for, of what changed since a time in Visma.net's local form. */
export interface PageAsked {
  readonly since: string;
  readonly page: number;
  /** What the page before counted. */
  readonly total: number | undefined;
  readonly purpose: CallPurpose;
}

/** How one kind of flow is held against Visma.net. */
export interface Reconciler<T extends Versioned> {
  /** The list, as failures name it. */
  readonly name: string;
  /** The name of the connection in the integration. */
  readonly connection: string;
  readonly keyOf: (record: T) => string;
  readonly sizeOf: (record: T) => number;
  readonly listPage: (client: VismaClient, asked: PageAsked) => Promise<Page<T>>;
  /** A verdict for each record, in their order. `latest` is the newest version of each key that the ledger holds. */
  readonly judge: (
    ledger: Ledger,
    records: readonly T[],
    latest: ReadonlyMap<string, LatestTaken>,
  ) => Promise<readonly Verdict[]>;
  /** Stores records as a run does, and names those that need a delivery by themselves. */
  readonly store: (
    deps: Pick<Dependencies, 'ledger' | 'at'>,
    run: Run,
    records: readonly T[],
  ) => Promise<readonly DeliveryStart[]>;
}
