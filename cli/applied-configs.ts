import { Configuration, type FlowConfig } from '../activities/configuration.ts';
import { Failure } from '../failures/failure.ts';
import { activeConfigs } from '../ledger/config-versions.ts';
import type { Ledger } from '../ledger/database.ts';

/** The configurations that are applied now, as deliveries by hand use them. */
export class AppliedConfigs {
  readonly #configuration: Configuration;
  readonly #hashes: ReadonlyMap<string, string>;

  private constructor(configuration: Configuration, hashes: ReadonlyMap<string, string>) {
    this.#configuration = configuration;
    this.#hashes = hashes;
  }

  static async read(ledger: Ledger): Promise<AppliedConfigs> {
    const hashes = new Map((await activeConfigs(ledger)).map(({ integration, hash }) => [integration, hash]));
    return new AppliedConfigs(new Configuration(ledger), hashes);
  }

  /** A flow that is in no file any more is delivered as it was when its document came. @throws Failure CONFIG_MISSING */
  async of(flow: string, former: string): Promise<FlowConfig> {
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
