import { basename } from 'node:path';
import type { DocumentsInKind, FlowOf } from '../../activities/configuration.ts';
import { groupRows, type RowGroup } from '../../activities/documents-in/groups.ts';
import type { DocumentKind } from '../../activities/documents-in/kind.ts';
import { canonicalOf, type Flaw, flawOf, readGroup, rowsOf } from '../../activities/documents-in/read-group.ts';
import { scatteredKeys } from '../../activities/documents-in/scattered.ts';
import { Failure } from '../../failures/failure.ts';
import { readCsv } from '../../formats/csv/read-csv.ts';
import type { Ledger } from '../../ledger/database.ts';
import { externalIdOfKey, heldContents } from '../../ledger/versions.ts';
import { documentColumns } from '../../mappings/csv/document-rows.ts';
import { counted, plain, print, printJson, printTable } from '../output.ts';
import { eachFile, type ReadableFile } from './inbound-files.ts';

export interface DocumentsPreviewOptions {
  /** A file of this machine instead of those on the server. */
  readonly file?: string | undefined;
  readonly limit: number;
  readonly json: boolean;
}

/** What a run would do with one document. `exists`: another version of it is in Visma.net, and it will fail. */
interface PreviewedDocument {
  readonly file: string;
  readonly line: number;
  readonly rows: number;
  readonly key: string;
  readonly action: 'send' | 'repeat' | 'exists' | 'failure';
  readonly failure: Failure | undefined;
}

const NOTHING_STORED = { parentId: '00000000-0000-0000-0000-000000000000', version: '' };

/** Shows what each document of the waiting files would lead to; answers whether all of them could be mapped. */
export async function previewDocumentsIn<K extends DocumentsInKind, C extends object>(
  ledger: Ledger,
  config: FlowOf<K>,
  kind: DocumentKind<K, C>,
  options: DocumentsPreviewOptions,
): Promise<boolean> {
  const all: PreviewedDocument[] = [];
  const seen = new Set<string>();
  await eachFile(ledger, config, options.file, async (file) => {
    try {
      for await (const one of documentsOf(ledger, config, kind, file, seen)) all.push(one);
    } catch (error) {
      if (!(error instanceof Failure && error.code.startsWith('CSV_'))) throw error;
      all.push({ file: file.name, line: 0, rows: 0, key: '', action: 'failure', failure: error });
    }
  });
  if (options.json) for (const one of all) printJson(asObject(one));
  else show(all, options.limit);
  return all.every(({ failure }) => failure === undefined);
}

async function* documentsOf<K extends DocumentsInKind, C extends object>(
  ledger: Ledger,
  config: FlowOf<K>,
  kind: DocumentKind<K, C>,
  file: ReadableFile,
  seen: Set<string>,
): AsyncGenerator<PreviewedDocument> {
  const rules = kind.rows(config);
  const required = [...new Set([...documentColumns(rules.columns), ...rules.groupBy])];
  const groups = () => groupRows(readCsv(file.bytes(), rules.dialect, { required }).batches(), rules.groupBy);
  const scattered = await scatteredKeys(groups());
  for await (const group of groups()) {
    const read = readGroup(kind, config, { id: file.name, contentHash: null }, group);
    const place = { file: file.name, line: group.first.line, rows: group.rows.length, key: read.key };
    const hash = read.contentHash.toString('hex');
    const held = await heldContents(ledger, config.name, [read.contentHash], NOTHING_STORED);
    const isRepeat = held.has(hash) || seen.has(hash);
    seen.add(hash);
    if (isRepeat) yield { ...place, action: 'repeat', failure: undefined };
    else yield { ...place, ...(await verdictOn(ledger, config, kind, group, flawOf(group, scattered))) };
  }
}

async function verdictOn<K extends DocumentsInKind, C extends object>(
  ledger: Ledger,
  config: FlowOf<K>,
  kind: DocumentKind<K, C>,
  group: RowGroup,
  flaw: Flaw | undefined,
): Promise<Pick<PreviewedDocument, 'action' | 'failure'>> {
  try {
    const rows = rowsOf(kind, config, group.rows);
    canonicalOf(kind, config, rows, flaw);
    const known = await externalIdOfKey(ledger, { flow: config.name, sourceKey: kind.keyOf(rows) ?? '' });
    return { action: known === undefined ? 'send' : 'exists', failure: undefined };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { action: 'failure', failure: error };
  }
}

function asObject({ failure, ...rest }: PreviewedDocument): object {
  const { type, code, message, next } = failure ?? {};
  return { ...rest, failure: failure ? { type, code, message, next } : null };
}

function show(all: readonly PreviewedDocument[], limit: number): void {
  const shown = all.slice(0, limit);
  if (shown.length > 0) {
    printTable(
      ['FILE', 'LINE', 'ROWS', 'DOCUMENT', 'ACTION', 'DETAIL'],
      shown.map(({ file, line, rows, key, action, failure }) => [
        basename(file),
        line === 0 ? 'all' : String(line),
        String(rows),
        key,
        action,
        failure?.code ?? '',
      ]),
    );
    print();
  }
  for (const { file, line, failure } of shown) {
    if (failure) print(`${plain(basename(file))}, line ${line}: ${plain(failure.message)}\n  Next: ${failure.next}`);
  }
  const hidden = all.length > shown.length ? ` The first ${shown.length} are shown; see --limit.` : '';
  print(`${counted(all.length, 'document')}, ${countsOf(all)}.${hidden}`);
  print('Nothing was written.');
}

function countsOf(all: readonly PreviewedDocument[]): string {
  const counts = Map.groupBy(all, ({ action }) => action);
  return [...counts].map(([action, { length }]) => `${length} ${action}`).join(', ') || 'none';
}
