import { type Integration, integrationSchema } from '../../config/integration.ts';
import { activeConfigs } from '../../ledger/config-versions.ts';
import { getSecrets } from '../../ledger/connections.ts';
import type { Ledger } from '../../ledger/database.ts';

/** How notifications of one connection are told to be genuine, and which flows they concern. */
export interface Subscription {
  readonly verify: 'signature' | 'path';
  readonly header: string;
  readonly key: string;
  readonly atMostEveryMs: number;
  /** Full names of the flows that read from the connection. */
  readonly flows: readonly string[];
}

type Known = ReadonlyMap<string, Subscription>;

/** What is known is read again when it is older than this, in milliseconds, however many notifications come. */
const FRESH_MS = 5_000;

/** The subscriptions of the applied integrations. One reading of the ledger serves a flood of notifications. */
export class Subscriptions {
  readonly #ledger: Ledger;
  #known: Known | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<Known> | undefined;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** The subscription of a connection, `acme/visma`; a change of it is known after some seconds. */
  async find(connection: string): Promise<Subscription | undefined> {
    if (performance.now() - this.#readAt > FRESH_MS) this.#reading ??= this.#read();
    // An answer does not wait for the ledger once there is something to go by.
    const known = this.#known ?? (await this.#reading);
    return known?.get(connection);
  }

  async #read(): Promise<Known> {
    try {
      this.#known = await subscriptionsIn(this.#ledger);
      return this.#known;
    } catch (error) {
      // The ledger is away: what was known goes on being so.
      if (this.#known) return this.#known;
      throw error;
    } finally {
      this.#readAt = performance.now();
      this.#reading = undefined;
    }
  }
}

async function subscriptionsIn(ledger: Ledger): Promise<Known> {
  const integrations = (await activeConfigs(ledger)).map(({ body }) => integrationSchema.parse(body));
  const found = await Promise.all(integrations.map((integration) => subscriptionsOf(ledger, integration)));
  return new Map(found.flat());
}

async function subscriptionsOf(ledger: Ledger, integration: Integration): Promise<[string, Subscription][]> {
  const found: [string, Subscription][] = [];
  for (const [short, connection] of Object.entries(integration.connections)) {
    if (connection.kind !== 'visma' || connection.webhook === undefined) continue;
    const name = `${integration.integration}/${short}`;
    const key = (await getSecrets(ledger, name))?.secrets.webhookKey;
    if (key) found.push([name, { ...connection.webhook, key, flows: flowsReading(integration, short) }]);
  }
  return found;
}

function flowsReading({ integration, flows }: Integration, connection: string): string[] {
  return Object.entries(flows)
    .filter(([, flow]) => flow.source.connection === connection)
    .map(([flow]) => `${integration}/${flow}`);
}
