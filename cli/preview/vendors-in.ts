import { basename } from 'node:path';
import type { FlowOf } from '../../activities/configuration.ts';
import { Failure } from '../../failures/failure.ts';
import type { Ledger } from '../../ledger/database.ts';
import { counted, plain, print, printJson, printTable } from '../output.ts';
import { eachFile, type ReadableFile } from './inbound-files.ts';
import { lendVisma } from './partners.ts';
import { type PreviewedRow, SupplierPreview } from './supplier-rows.ts';

export interface VendorsPreviewOptions {
  /** A file of this machine instead of those on the server. */
  readonly file?: string | undefined;
  readonly limit: number;
  readonly json: boolean;
}

/** Shows what each row of the waiting files would do; answers whether every row could be mapped. */
export async function previewVendorsIn(
  ledger: Ledger,
  config: FlowOf<'vendors-in'>,
  options: VendorsPreviewOptions,
): Promise<boolean> {
  return lendVisma(ledger, config, config.flow.target.connection, async (client) => {
    const look = new Look(new SupplierPreview(ledger, config, client), options);
    await eachFile(ledger, config, options.file, (file) => look.at(file));
    look.end();
    return look.isGood;
  });
}

/** Collects what is seen: rows to show up to the limit, counts of all. */
class Look {
  readonly #preview: SupplierPreview;
  readonly #options: VendorsPreviewOptions;
  readonly #shown: PreviewedRow[] = [];
  readonly #counts = new Map<string, number>();
  #files = 0;

  constructor(preview: SupplierPreview, options: VendorsPreviewOptions) {
    this.#preview = preview;
    this.#options = options;
  }

  get isGood(): boolean {
    return !this.#counts.has('failure');
  }

  async at({ name, bytes }: ReadableFile): Promise<void> {
    this.#files += 1;
    try {
      for await (const row of this.#preview.rows(name, bytes())) this.#note(row);
    } catch (error) {
      if (!(error instanceof Failure && error.code.startsWith('CSV_'))) throw error;
      const whole = { file: name, record: 0, line: 0, supplier: '', fields: [] };
      this.#note({ ...whole, action: 'failure', failure: error });
    }
  }

  end(): void {
    if (this.#options.json) return;
    if (this.#shown.length > 0) printRows(this.#shown);
    const counts = [...this.#counts].map(([action, count]) => `${count} ${action}`).join(', ');
    const total = [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
    const hidden = total > this.#shown.length ? ` The first ${this.#shown.length} are shown; see --limit.` : '';
    print(`${counted(this.#files, 'file')}, ${counted(total, 'row')}${counts ? `: ${counts}` : ''}.${hidden}`);
    print('Nothing was written.');
  }

  #note(row: PreviewedRow): void {
    this.#counts.set(row.action, (this.#counts.get(row.action) ?? 0) + 1);
    if (this.#options.json) printJson(asObject(row));
    else if (this.#shown.length < this.#options.limit) this.#shown.push(row);
  }
}

function asObject({ failure, ...row }: PreviewedRow): object {
  const { type, code, message, next } = failure ?? {};
  return { ...row, failure: failure ? { type, code, message, next } : null };
}

function printRows(rows: readonly PreviewedRow[]): void {
  printTable(
    ['FILE', 'RECORD', 'SUPPLIER', 'ACTION', 'DETAIL'],
    rows.map(({ file, record, supplier, action, fields, failure }) => [
      basename(file),
      record === 0 ? 'all' : String(record),
      supplier,
      action,
      failure?.code ?? fields.join(', '),
    ]),
  );
  print();
  for (const { file, failure } of rows) {
    if (failure)
      print(`${plain(basename(file))}: ${plain(failure.message)} (${failure.code})\n  Next: ${failure.next}`);
  }
  if (rows.some(({ failure }) => failure)) print();
}
