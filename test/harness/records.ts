import assert from 'node:assert/strict';
import type { Connector } from './connector.ts';
import { until } from './until.ts';

/** A flow of records in an integration file. */
export interface RecordFlow {
  readonly entity: string;
  readonly columns: readonly string[];
  readonly filters?: Readonly<Record<string, string>>;
  readonly layout?: 'headers' | 'lines';
  readonly overlap?: string;
  readonly encoding?: string;
}

/** The flow as YAML, to be put below the flows of an integration: `suppliers-out` writes into `outbound/suppliers-out`. */
export function recordFlowText(name: string, flow: RecordFlow): string {
  const filters = Object.entries(flow.filters ?? {}).map(([key, value]) => `${key}: ${value}`);
  return `
  ${name}:
    kind: records-out
    schedule: { every: 5m }
    source: { connection: visma, entity: ${flow.entity}, filters: { ${filters.join(', ')} }, overlap: ${flow.overlap ?? '65m'} }
    target:
      connection: partner
      folder: outbound/${name}
      name: "${name}-{sequence:4}.csv"
      collected: inferred
    format: { type: csv, delimiter: ";", encoding: ${flow.encoding ?? 'utf-8'}, decimalSign: ",", datePattern: dd.MM.yyyy, lineEnd: "\\n" }
    rows:
      layout: ${flow.layout ?? 'headers'}
      columns:
${flow.columns.map((field) => `        - { name: ${field}, field: ${field} }`).join('\n')}
`;
}

/** Runs of one flow, and the rows of the files they brought: without the header, files apart. */
export class RecordsOut {
  readonly #connector: Connector;
  readonly #flow: string;
  readonly #taken = new Set<string>();

  constructor(connector: Connector, flow: string) {
    this.#connector = connector;
    this.#flow = flow;
  }

  /** Runs the flow once, waits for its files, and gives the rows of each new one. */
  async send(config: string): Promise<string[][]> {
    await this.run(config);
    return this.newFiles();
  }

  /** Runs the flow once and waits for its files. */
  async run(config: string): Promise<void> {
    assert.equal(await this.#connector.sync(this.#flow, config), 'closed');
    await until('every file is delivered', async () =>
      (await this.#connector.documents(this.#flow))
        .filter(({ kind }) => kind === 'OutboundFile')
        .every(({ state }) => state === 'delivered' || state === 'superseded'),
    );
  }

  /** The rows of each file that was not given before. */
  async newFiles(): Promise<string[][]> {
    const folder = `/outbound/${this.#flow}/`;
    const paths = (await this.#connector.files()).map(({ path }) => path).filter((path) => path.startsWith(folder));
    const fresh = paths.filter((path) => !this.#taken.has(path)).sort();
    for (const path of fresh) this.#taken.add(path);
    return Promise.all(fresh.map((path) => this.#rows(path)));
  }

  async #rows(path: string): Promise<string[]> {
    const url = `${this.#connector.sftp.adminUrl}/_sandbox/files/content?${new URLSearchParams({ path })}`;
    return (await (await fetch(url)).text()).split('\n').slice(1, -1);
  }
}
