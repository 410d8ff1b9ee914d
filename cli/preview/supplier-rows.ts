import { connectionOf, type FlowOf } from '../../activities/configuration.ts';
import { placeOf } from '../../activities/posting/place.ts';
import { holdsSomething } from '../../activities/vendors-in/fetch-rows.ts';
import { readSupplierRow, supplierOf } from '../../activities/vendors-in/supplier-row.ts';
import { SuppliersSeen, seenSupplier } from '../../activities/vendors-in/suppliers-seen.ts';
import type { VismaClient } from '../../connectors/visma/client.ts';
import { Failure } from '../../failures/failure.ts';
import { readCsv } from '../../formats/csv/read-csv.ts';
import type { CsvRow } from '../../formats/csv/row.ts';
import type { Ledger } from '../../ledger/database.ts';
import { externalIdAt, latestVersions } from '../../ledger/versions.ts';
import type { Supplier } from '../../mappings/canonical/supplier.ts';
import { supplierColumns } from '../../mappings/csv/supplier.ts';
import { supplierDifference } from '../../mappings/visma/supplier-difference.ts';

/** What a run would do with one row. `fields`: what an update changes. */
export interface PreviewedRow {
  readonly file: string;
  readonly record: number;
  readonly line: number;
  readonly supplier: string;
  readonly action: 'create' | 'update' | 'unchanged' | 'repeat' | 'failure';
  readonly fields: readonly string[];
  readonly failure: Failure | undefined;
}

/** A document that does not exist: what is compared with the ledger leaves nothing out. */
const NOTHING_STORED = { parentId: '00000000-0000-0000-0000-000000000000', version: '' };
const ATTEMPT = {
  provenance: { actor: 'preview', attempt: 1, workflowId: '', runId: '' },
  signal: new AbortController().signal,
  heartbeat: () => undefined,
};

/** Looks at vendor files one after the other as a run would, each row knowing what the rows before it would have written. */
export class SupplierPreview {
  readonly #ledger: Ledger;
  readonly #config: FlowOf<'vendors-in'>;
  readonly #client: VismaClient;
  readonly #seen: SuppliersSeen;
  /** Contents of rows, by key: the latest of the ledger, then those of the rows before. */
  readonly #newest = new Map<string, Buffer | null>();
  readonly #written = new Map<string, Supplier>();

  constructor(ledger: Ledger, config: FlowOf<'vendors-in'>, client: VismaClient) {
    this.#ledger = ledger;
    this.#config = config;
    this.#client = client;
    this.#seen = new SuppliersSeen(() => ledger.now().getTime());
  }

  /** The rows of one file. @throws Failure CSV_FILE_INVALID, CSV_HEADER_INVALID */
  async *rows(file: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<PreviewedRow> {
    const { format, columns } = this.#config.flow;
    for await (const batch of readCsv(bytes, format, { required: supplierColumns(columns) }).batches()) {
      const rows = batch.filter(holdsSomething);
      const read = rows.map((row) => ({ row, ...readSupplierRow(this.#config, { id: file, contentHash: null }, row) }));
      await this.#learnNewest(read.map(({ key }) => key));
      const changed = read.filter(({ key, contentHash }) => this.#isNews(key, contentHash));
      const inVisma = await this.#inVisma(changed.flatMap(({ supplier }) => supplier?.number ?? []));
      for (const one of read) {
        const place = { file, record: one.row.record, line: one.row.line, supplier: one.key };
        yield { ...place, ...(changed.includes(one) ? this.#verdict(one, inVisma) : REPEAT) };
      }
    }
  }

  async #learnNewest(keys: readonly string[]): Promise<void> {
    const unknown = keys.filter((key) => !this.#newest.has(key));
    if (unknown.length === 0) return;
    const latest = await latestVersions(this.#ledger, this.#config.name, unknown, NOTHING_STORED);
    for (const key of unknown) this.#newest.set(key, latest.get(key)?.contentHash ?? null);
  }

  #isNews(key: string, content: Buffer): boolean {
    const isRepeat = this.#newest.get(key)?.equals(content) ?? false;
    this.#newest.set(key, content);
    return !isRepeat;
  }

  /** By the number in the file; where Visma.net gives the numbers, by the one it gave to an earlier version. */
  async #inVisma(numbers: readonly string[]): Promise<ReadonlyMap<string, Supplier>> {
    const found = new Map<string, Supplier>();
    const { target } = this.#config.flow;
    if (target.numbering === 'automatic') {
      const place = placeOf(connectionOf(this.#config, target.connection, 'visma'));
      for (const number of numbers) {
        const given = await externalIdAt(this.#ledger, { flow: this.#config.name, sourceKey: number }, place);
        const record = given && (await this.#client.suppliers.get(given, { class: 'poll', holder: 'preview' }));
        if (record) found.set(number, seenSupplier(record).supplier);
      }
    } else if (numbers.length > 0) {
      const seen = await this.#seen.find(this.#client, 'preview', numbers, ATTEMPT);
      for (const [number, { supplier }] of seen) found.set(number, supplier);
    }
    return found;
  }

  #verdict({ row, supplier }: { row: CsvRow; supplier: Supplier | undefined }, inVisma: ReadonlyMap<string, Supplier>) {
    if (supplier === undefined) return { action: 'failure' as const, fields: [], failure: this.#failureOf(row) };
    const before = this.#written.get(supplier.number) ?? inVisma.get(supplier.number);
    this.#written.set(supplier.number, { ...before, ...supplier });
    if (before === undefined) return { action: 'create' as const, fields: [], failure: undefined };
    const fields = supplierDifference(
      supplier,
      this.#config.flow.target.numbering === 'automatic' ? { ...before, number: supplier.number } : before,
    );
    return { action: fields.length === 0 ? ('unchanged' as const) : ('update' as const), fields, failure: undefined };
  }

  #failureOf(row: CsvRow): Failure | undefined {
    try {
      supplierOf(this.#config, row);
      return undefined;
    } catch (error) {
      if (error instanceof Failure) return error;
      throw error;
    }
  }
}

const REPEAT = { action: 'repeat' as const, fields: [], failure: undefined };
