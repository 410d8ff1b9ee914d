import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { FlowOf } from '../../activities/configuration.ts';
import type { SftpSession } from '../../connectors/sftp/client.ts';
import { Failure } from '../../failures/failure.ts';
import type { Ledger } from '../../ledger/database.ts';
import { claimedPaths } from '../../ledger/queries/files.ts';
import { counted, plain, print, printJson, printTable } from '../output.ts';
import { lendSftp, lendVisma } from './partners.ts';
import { type PreviewedRow, SupplierPreview } from './supplier-rows.ts';

export interface VendorsPreviewOptions {
  /** A file of this machine instead of those on the server. */
  readonly file?: string | undefined;
  readonly limit: number;
  readonly json: boolean;
}

interface ReadableFile {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Shows what each row of the waiting files would do; answers whether every row could be mapped. */
export async function previewVendorsIn(
  ledger: Ledger,
  config: FlowOf<'vendors-in'>,
  options: VendorsPreviewOptions,
): Promise<boolean> {
  return lendVisma(ledger, config, config.flow.target.connection, async (client) => {
    const look = new Look(new SupplierPreview(ledger, config, client), options);
    if (options.file !== undefined) await look.at({ name: basename(options.file), bytes: readLocal(options.file) });
    else {
      await lendSftp(ledger, config, config.flow.source.connection, async (session) => {
        for (const path of await waitingFiles(ledger, config, session)) {
          await look.at({ name: path, bytes: session.read(path) });
        }
      });
    }
    look.end();
    return look.isGood;
  });
}

async function* readLocal(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new Failure('COMMAND_USAGE', { message: `The file ${path} cannot be read (${code}).`, cause });
  }
}

/** What a poll would take, oldest first; files that were read already wait to be moved only. */
async function waitingFiles(ledger: Ledger, { name, flow }: FlowOf<'vendors-in'>, session: SftpSession) {
  const { entries } = await session.list(flow.source.folder, flow.source.pattern);
  const files = entries
    .filter(({ isFile }) => isFile)
    .map((entry) => ({
      path: `${flow.source.folder}/${entry.name}`,
      byteSize: entry.size,
      modifiedAt: new Date(entry.modifiedAt),
    }));
  files.sort((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime() || (a.path < b.path ? -1 : 1));
  const claimed = await claimedPaths(ledger, name, files);
  return files.filter(({ path }) => !claimed.has(path)).map(({ path }) => path);
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
      for await (const row of this.#preview.rows(name, bytes)) this.#note(row);
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
