import type { Client } from '@temporalio/client';
import { Configuration, type FlowConfig } from '../activities/configuration.ts';
import { deliveryStart } from '../activities/delivery.ts';
import { Failure } from '../failures/failure.ts';
import { activeConfigs } from '../ledger/config-versions.ts';
import type { Ledger } from '../ledger/database.ts';
import { getDocument, noteOnDocument } from '../ledger/documents.ts';
import type { ListedDocument } from '../ledger/queries/documents.ts';
import { startDelivery } from '../workers/start-delivery.ts';
import type { Session } from './session.ts';

export interface StartedDelivery {
  readonly document: ListedDocument;
  readonly workflowId: string;
  readonly runId: string;
}

/** Starts deliveries by hand, with the configuration that is applied now. */
export class Deliveries {
  readonly #session: Session;
  readonly #ledger: Ledger;
  readonly #client: Client;
  readonly #configuration: Configuration;
  readonly #hashes: ReadonlyMap<string, string>;

  private constructor(session: Session, ledger: Ledger, client: Client, hashes: ReadonlyMap<string, string>) {
    this.#session = session;
    this.#ledger = ledger;
    this.#client = client;
    this.#configuration = new Configuration(ledger);
    this.#hashes = hashes;
  }

  static async open(session: Session): Promise<Deliveries> {
    const ledger = await session.ledger();
    const hashes = new Map((await activeConfigs(ledger)).map(({ integration, hash }) => [integration, hash]));
    return new Deliveries(session, ledger, await session.temporal(), hashes);
  }

  /** Notes who asked, and starts. A delivery under way goes on undisturbed. @throws Failure CONFIG_MISSING */
  async restart(document: ListedDocument, detail: Record<string, unknown>): Promise<StartedDelivery> {
    const row = await getDocument(this.#ledger, document.id);
    const config = await this.#configOf(row.flow, row.configHash);
    const start = deliveryStart(config, row);
    const event = { step: 'replay asked', detail: { ...detail, config: config.hash.slice(0, 12) } };
    await noteOnDocument(this.#ledger, row.id, event, this.#session.provenance);
    const runId = await startDelivery(this.#client, this.#session.settings.temporal.taskQueue, start);
    return { document, workflowId: start.workflowId, runId };
  }

  /** A flow that is in no file any more is delivered as it was when its document came. */
  async #configOf(flow: string, former: string): Promise<FlowConfig> {
    const current = this.#hashes.get(flow.slice(0, flow.indexOf('/')));
    if (current === undefined) return this.#configuration.flow(former, flow);
    try {
      return await this.#configuration.flow(current, flow);
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'CONFIG_MISSING')) throw error;
      return this.#configuration.flow(former, flow);
    }
  }
}
