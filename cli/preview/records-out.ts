import { filterSince, firstRecordsWalk } from '../../activities/records-out/fetch-records.ts';
import { assertWritable, entityOf, type RecordsOut, rowsOf } from '../../activities/records-out/record-flow.ts';
import { type Candidate, candidateOf, isNews } from '../../activities/records-out/store-records.ts';
import type { VismaClient } from '../../connectors/visma/client.ts';
import type { VismaRecord } from '../../connectors/visma/records.ts';
import { Failure } from '../../failures/failure.ts';
import { writeCsv } from '../../formats/csv/write-csv.ts';
import { readCursor } from '../../ledger/batches.ts';
import type { Ledger } from '../../ledger/database.ts';
import { membersWaiting } from '../../ledger/members.ts';
import { readJson } from '../../ledger/read-bodies.ts';
import { latestTaken } from '../../ledger/versions.ts';
import { recordHeader } from '../../mappings/csv/record.ts';
import { counted, plain, print, printJson, printTable } from '../output.ts';
import { everyPage } from '../visma-pages.ts';
import { lendVisma } from './partners.ts';

export interface RecordsPreviewOptions {
  /** The file itself instead of a table. */
  readonly bytes: boolean;
  readonly limit: number;
  readonly json: boolean;
}

/** `waiting`: in the ledger already, for the next file. */
interface PreviewedRecord {
  readonly key: string;
  readonly origin: 'new' | 'waiting';
  readonly rows: readonly (readonly string[])[];
  readonly failure: Failure | undefined;
}

/** Shows what the next file would hold; answers whether every record could be written. */
export async function previewRecordsOut(
  ledger: Ledger,
  config: RecordsOut,
  options: RecordsPreviewOptions,
): Promise<boolean> {
  const changed = await lendVisma(ledger, config, config.flow.source.connection, (client) =>
    changedRecords(ledger, config, client),
  );
  const replaced = new Set(changed.map(({ key }) => key));
  const waiting = (await waitingRecords(ledger, config)).filter(({ key }) => !replaced.has(key));
  const all = [...waiting, ...changed];
  if (options.bytes) await printBytes(config, all);
  else if (options.json) for (const one of all) printJson(asObject(config, one));
  else printRecords(config, all, options.limit);
  return all.every(({ failure }) => failure === undefined);
}

async function waitingRecords(ledger: Ledger, config: RecordsOut): Promise<PreviewedRecord[]> {
  const ids = await membersWaiting(ledger, config.name, config.flow.target.maxRecords);
  const { parse } = entityOf(config);
  const records: PreviewedRecord[] = [];
  for (const documentId of ids) {
    records.push(await previewed(config, 'waiting', parse(await readJson(ledger, { documentId, role: 'original' }))));
  }
  return records;
}

/** Walks what changed since the cursor, as a run would, and leaves out what has gone out as it is. */
async function changedRecords(ledger: Ledger, config: RecordsOut, client: VismaClient): Promise<PreviewedRecord[]> {
  const { since } = firstRecordsWalk(config, await readCursor(ledger, config.name));
  const { listPage } = entityOf(config);
  const found: PreviewedRecord[] = [];
  const pages = everyPage((page, total) => {
    const purpose = { class: 'poll', holder: `preview/${config.name}/${page}` } as const;
    return listPage(client, filterSince(config, since), page, purpose, total);
  });
  for await (const { records } of pages) {
    for (const { record } of await newsAmong(ledger, config, records)) {
      found.push(await previewed(config, 'new', record));
    }
  }
  return found;
}

async function newsAmong(
  ledger: Ledger,
  config: RecordsOut,
  records: readonly VismaRecord[],
): Promise<readonly Candidate[]> {
  const candidates = await Promise.all(records.map((record) => candidateOf(config, record)));
  const keys = candidates.map(({ key }) => key);
  const latest = await latestTaken(ledger, config.name, keys);
  return candidates.filter((candidate) => isNews(candidate, latest.get(candidate.key)));
}

async function previewed(
  config: RecordsOut,
  origin: PreviewedRecord['origin'],
  record: VismaRecord,
): Promise<PreviewedRecord> {
  const rows = rowsOf(config, record);
  const one = { key: entityOf(config).keyOf(record), origin, rows };
  try {
    await assertWritable(config, rows);
    return { ...one, failure: undefined };
  } catch (error) {
    if (error instanceof Failure) return { ...one, failure: error };
    throw error;
  }
}

/** The first file, byte for byte. */
async function printBytes({ flow }: RecordsOut, all: readonly PreviewedRecord[]): Promise<void> {
  const good = all.filter(({ failure }) => failure === undefined).slice(0, flow.target.maxRecords);
  const rows = good.flatMap((one) => one.rows);
  if (good.length === 0) process.stderr.write('There is nothing to send.\n');
  else for await (const chunk of writeCsv(rows, flow.format, recordHeader(flow.rows))) process.stdout.write(chunk);
  for (const { key, failure } of all) if (failure) process.stderr.write(`${key}: ${plain(failure.message)}\n`);
}

function asObject({ flow }: RecordsOut, { key, origin, rows, failure }: PreviewedRecord): object {
  const { type, code, message, next } = failure ?? {};
  const names = recordHeader(flow.rows);
  const named = rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
  return { key, origin, rows: named, failure: failure ? { type, code, message, next } : null };
}

/** The first columns of the file, as many as a terminal takes. */
const COLUMNS_SHOWN = 6;

function printRecords({ flow }: RecordsOut, all: readonly PreviewedRecord[], limit: number): void {
  const names = recordHeader(flow.rows).slice(0, COLUMNS_SHOWN);
  const lines = all.flatMap(({ key, origin, rows, failure }) =>
    rows.map((row) => [key, ...names.map((_, index) => row[index] ?? ''), failure?.code ?? origin]),
  );
  if (lines.length > 0) {
    printTable(['RECORD', ...names, 'ORIGIN'], lines.slice(0, limit));
    print();
  }
  for (const { key, failure } of all.slice(0, limit)) {
    if (failure) print(`${key}: ${plain(failure.message)} (${failure.code})\n  Next: ${failure.next}`);
  }
  const good = all.filter(({ failure }) => failure === undefined).length;
  const files = Math.ceil(good / flow.target.maxRecords);
  print(`${counted(good, 'record')} in ${counted(files, 'file')}; ${all.length - good} cannot be sent.`);
  print('Nothing was written.');
}
