import type { Connection, Flow, FlowKind, Integration } from '../config/integration.ts';
import { integrationSchema } from '../config/integration.ts';
import { Failure } from '../failures/failure.ts';
import { appliedConfig, configVersion } from '../ledger/config-versions.ts';
import type { Ledger } from '../ledger/database.ts';

/** One flow with everything its steps need to know. `name` is `integration/flow`. */
export interface FlowConfig {
  readonly name: string;
  readonly hash: string;
  readonly integration: Integration;
  readonly flow: Flow;
}

export type FlowOf<Kind extends Flow['kind']> = FlowConfig & { readonly flow: Extract<Flow, { kind: Kind }> };

/** The kinds of flows whose files hold documents of several rows. */
export type DocumentsInKind = Extract<FlowKind, 'invoices-in' | 'journals-in' | 'payments-in' | 'purchase-orders-in'>;

/** A connection of an integration; `name` is `integration/connection`, as the ledger and the command line know it. */
export interface ConnectionConfig<Kind extends Connection['kind'] = Connection['kind']> {
  readonly name: string;
  readonly settings: Extract<Connection, { kind: Kind }>;
}

/** Reads configuration from the ledger by hash. Versions are immutable, so each is parsed once. */
export class Configuration {
  readonly #ledger: Ledger;
  readonly #parsed = new Map<string, Integration>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** @throws Failure CONFIG_MISSING */
  async flow(hash: string, name: string): Promise<FlowConfig> {
    const integration = await this.#integration(hash);
    const flow = integration.flows[name.slice(integration.integration.length + 1)];
    if (!flow || !name.startsWith(`${integration.integration}/`)) {
      throw new Failure('CONFIG_MISSING', { message: `Configuration ${hash.slice(0, 12)} has no flow ${name}.` });
    }
    return { name, hash, integration, flow };
  }

  /**
   * A flow as it is applied now; one that is in no applied file any more as it was under `former`.
   * @throws Failure CONFIG_MISSING
   */
  async applied(name: string, former: string): Promise<FlowConfig> {
    const hash = await appliedConfig(this.#ledger, name.slice(0, name.indexOf('/')));
    if (hash === undefined || hash === former) return this.flow(former, name);
    try {
      return await this.flow(hash, name);
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'CONFIG_MISSING')) throw error;
      return this.flow(former, name);
    }
  }

  async #integration(hash: string): Promise<Integration> {
    const known = this.#parsed.get(hash);
    if (known) return known;
    const stored = await configVersion(this.#ledger, hash);
    if (!stored)
      throw new Failure('CONFIG_MISSING', { message: `The ledger has no configuration ${hash.slice(0, 12)}.` });
    const parsed = integrationSchema.parse(stored.body);
    this.#parsed.set(hash, parsed);
    return parsed;
  }
}

/** The connection a flow names, which the file's validation has checked to be there and of this kind. */
export function connectionOf<Kind extends Connection['kind']>(
  config: FlowConfig,
  name: string,
  kind: Kind,
): ConnectionConfig<Kind> {
  const settings = config.integration.connections[name];
  if (settings?.kind !== kind) {
    throw new Failure('CONFIG_MISSING', { message: `Flow ${config.name} needs ${name} to be a ${kind} connection.` });
  }
  return {
    name: `${config.integration.integration}/${name}`,
    settings: settings as Extract<Connection, { kind: Kind }>,
  };
}

/** Narrows a flow to the kind a step is written for. @throws Failure CONFIG_MISSING */
export function flowOf<Kind extends Flow['kind']>(config: FlowConfig, kind: Kind): FlowOf<Kind> {
  if (config.flow.kind !== kind) {
    throw new Failure('CONFIG_MISSING', { message: `Flow ${config.name} is ${config.flow.kind}, not ${kind}.` });
  }
  return config as FlowOf<Kind>;
}
