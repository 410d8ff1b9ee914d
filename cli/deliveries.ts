import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { Configuration } from '../activities/configuration.ts';
import { type DeliveryStart, deliveryStart } from '../activities/delivery.ts';
import type { Ledger } from '../ledger/database.ts';
import { getDocument, noteOnDocument } from '../ledger/documents.ts';
import type { ListedDocument } from '../ledger/queries/documents.ts';
import { runThatFailed } from '../ledger/queries/timeline.ts';
import { startUnlessOpen } from '../workers/start-delivery.ts';
import type { Session } from './session.ts';

/**
 * `started`: a new run. `under way`: one was open and goes on undisturbed. `not ended`: the run that failed is still open
 * after a while, for lack of a worker to end it, and nothing was started.
 */
type How = 'started' | 'under way' | 'not ended';

export interface StartedDelivery {
  readonly document: ListedDocument;
  readonly workflowId: string;
  readonly runId: string;
  readonly how: How;
}

/** The ledger knows of a failure a moment before its run ends; only without a worker does that moment last. */
const ENDS_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 100;

/** Starts deliveries by hand, with the configuration that is applied now. */
export class Deliveries {
  readonly #session: Session;
  readonly #ledger: Ledger;
  readonly #client: Client;
  readonly #configuration: Configuration;

  private constructor(session: Session, ledger: Ledger, client: Client) {
    this.#session = session;
    this.#ledger = ledger;
    this.#client = client;
    this.#configuration = new Configuration(ledger);
  }

  static async open(session: Session): Promise<Deliveries> {
    const ledger = await session.ledger();
    return new Deliveries(session, ledger, await session.temporal());
  }

  /** Notes who asked, and starts a new run once the one that failed has ended. @throws Failure CONFIG_MISSING */
  async restart(document: ListedDocument, detail: Record<string, unknown>): Promise<StartedDelivery> {
    const row = await getDocument(this.#ledger, document.id);
    const config = await this.#configuration.applied(row.flow, row.configHash);
    const start = deliveryStart(config, row);
    const event = { step: 'replay asked', detail: { ...detail, config: config.hash.slice(0, 12) } };
    await noteOnDocument(this.#ledger, row.id, event, this.#session.provenance);
    return { document, workflowId: start.workflowId, ...(await this.#start(start)) };
  }

  async #start(start: DeliveryStart): Promise<{ readonly runId: string; readonly how: How }> {
    const deadline = performance.now() + ENDS_WITHIN_MS;
    for (;;) {
      const started = await startUnlessOpen(this.#client, this.#session.settings.temporal.taskQueue, start);
      if (started !== undefined) return { runId: started, how: 'started' };
      const { runId } = await this.#client.workflow.getHandle(start.workflowId).describe();
      if (runId !== (await runThatFailed(this.#ledger, start.documentId))) return { runId, how: 'under way' };
      if (performance.now() > deadline) return { runId, how: 'not ended' };
      await sleep(LOOK_EVERY_MS);
    }
  }
}
