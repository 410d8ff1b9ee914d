import { readCsv } from '../../formats/csv/read-csv.ts';
import { type CsvPosition, type CsvRow, positionAfter, positionOf } from '../../formats/csv/row.ts';
import { inTransaction, type Ledger, lockName } from '../../ledger/database.ts';
import { insertDocuments, type NewDocument, RESTING_STATES } from '../../ledger/documents.ts';
import { readBody } from '../../ledger/read-bodies.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { keysInMotion, latestVersions } from '../../ledger/versions.ts';
import { supplierColumns } from '../../mappings/csv/supplier.ts';
import { supplierDifference } from '../../mappings/visma/supplier-difference.ts';
import { connectionOf, type FlowOf } from '../configuration.ts';
import { type DeliveryStart, deliveryStart, deliveryWorkflowId } from '../delivery.ts';
import type { Attempt, Dependencies } from '../dependencies.ts';
import { DOCUMENTS_A_PAGE, type FilePage, recordVersion } from '../files/inbound-flow.ts';
import { readSupplierRow, type SupplierRow } from './supplier-row.ts';
import { type SeenSupplier, type SuppliersSeen, USABLE_MS } from './suppliers-seen.ts';

interface RowCounts extends Record<string, number> {
  readonly rows: number;
  readonly repeated: number;
  readonly unchanged: number;
  /** Rows of a file that was read late, whose keys a later file has written since. */
  readonly outdated: number;
}

export interface RowSource {
  readonly deps: Dependencies;
  readonly seen: SuppliersSeen;
  readonly config: FlowOf<'vendors-in'>;
  readonly file: DocumentRow;
  readonly attempt: Attempt;
}

interface Candidate {
  readonly row: CsvRow;
  readonly read: SupplierRow;
}

/**
 * Reads on in a stored file until a page of documents is full. Rows equal to the latest version of their key are counted;
 * rows equal to what Visma.net holds are kept as `skipped`; the others become documents, each with a delivery to come.
 * @throws Failure CSV_FILE_INVALID, CSV_HEADER_INVALID when the file as a whole cannot be read
 */
export async function fetchRows(source: RowSource, from: CsvPosition | undefined): Promise<FilePage> {
  const { deps, config, file, attempt } = source;
  const offset = from?.offset ?? 0;
  const range = { offset, length: Number.POSITIVE_INFINITY };
  const bytes = readBody(deps.ledger, { documentId: file.id, role: 'original' }, range);
  const required = supplierColumns(config.flow.columns);
  const reading = readCsv(bytes, config.flow.format, from ? { from, required } : { required });
  const documents: DeliveryStart[] = [];
  let counts: RowCounts = { rows: 0, repeated: 0, unchanged: 0, outdated: 0 };
  let next: CsvPosition | undefined;
  for await (const rows of sliced(reading.batches())) {
    attempt.signal.throwIfAborted();
    attempt.heartbeat();
    const stored = await storeRows(source, rows, reading.columns ?? []);
    documents.push(...stored.documents);
    counts = added(counts, stored.counts);
    const last = rows.at(-1);
    if (last && documents.length >= DOCUMENTS_A_PAGE) {
      next = positionAfter(last, reading.columns ?? []);
      break;
    }
  }
  return { documents, next, counts };
}

/** A block of a file with short rows holds thousands of them; a page shall not. */
async function* sliced(batches: AsyncIterable<readonly CsvRow[]>): AsyncGenerator<readonly CsvRow[]> {
  for await (const rows of batches) {
    for (let from = 0; from < rows.length; from += DOCUMENTS_A_PAGE) yield rows.slice(from, from + DOCUMENTS_A_PAGE);
  }
}

function added(left: RowCounts, right: RowCounts): RowCounts {
  return {
    rows: left.rows + right.rows,
    repeated: left.repeated + right.repeated,
    unchanged: left.unchanged + right.unchanged,
    outdated: left.outdated + right.outdated,
  };
}

async function storeRows(source: RowSource, rows: readonly CsvRow[], columns: readonly string[]) {
  const { deps, config, file, attempt } = source;
  const candidates = rows.filter(holdsSomething).map((row) => ({ row, read: readSupplierRow(config, file, row) }));
  const inVisma = await lookInVisma(source, (await sorted(source, deps.ledger, candidates)).changed);
  const { stored, kinds } = await inTransaction(deps.ledger, async (tx) => {
    // Two readers at once, of this file or of the next one, decide one after the other.
    await lockName(tx, `rows/${config.name}`);
    const kinds = await sorted(source, tx, candidates);
    const moving = await movingKeys(source, tx, kinds.changed);
    const documents = kinds.changed.map((candidate) => newDocument(source, candidate, columns, { inVisma, moving }));
    const inserted = await insertDocuments(tx, documents, attempt.provenance);
    return { stored: inserted, kinds };
  });
  await deps.at('documents inserted', file.id);
  const open = stored.filter((document) => !RESTING_STATES.includes(document.state));
  return {
    documents: open.map((document) => deliveryStart(config, document)),
    counts: {
      rows: candidates.length,
      repeated: candidates.length - kinds.changed.length - kinds.outdated,
      outdated: kinds.outdated,
      unchanged: stored.filter((document) => document.state === 'skipped').length,
    },
  };
}

/** Spreadsheets leave rows of nothing but delimiters at the end. */
export function holdsSomething(row: CsvRow): boolean {
  return 'failure' in row || Object.values(row.cells).some((cell) => cell.trim() !== '');
}

interface Sorted {
  readonly changed: readonly Candidate[];
  readonly outdated: number;
}

/**
 * Drops rows that say again what the latest version of their key says, in the ledger or earlier in this file. What an
 * earlier attempt stored from here on is left out of the comparison, so that every attempt decides alike. A key that a later
 * file has written since keeps what that file says: this one was read late, or is read again.
 */
async function sorted({ config, file }: RowSource, ledger: Ledger, candidates: readonly Candidate[]): Promise<Sorted> {
  const first = candidates[0];
  if (!first) return { changed: [], outdated: 0 };
  const keys = candidates.map(({ read }) => read.key);
  const before = { parentId: file.id, version: recordVersion(file, first.row.record) };
  const latest = await latestVersions(ledger, config.name, keys, before);
  const isOutdated = ({ read }: Candidate) => (latest.get(read.key)?.fileOrdinal ?? 0) > file.ordinal;
  const newest = new Map([...latest].map(([key, version]) => [key, version.contentHash]));
  const changed = candidates.filter((candidate) => {
    const { key, contentHash } = candidate.read;
    const isRepeat = newest.get(key)?.equals(contentHash) ?? false;
    newest.set(key, contentHash);
    return !isRepeat && !isOutdated(candidate);
  });
  return { changed, outdated: candidates.filter(isOutdated).length };
}

/** The supplier each candidate would write to, where Visma.net has it. */
async function lookInVisma(
  { deps, seen, config, file, attempt }: RowSource,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<string, SeenSupplier>> {
  const numbers = candidates.flatMap(({ read }) => (read.supplier ? [read.supplier.number] : []));
  if (numbers.length === 0 || config.flow.target.numbering === 'automatic') return new Map();
  const connection = connectionOf(config, config.flow.target.connection, 'visma');
  const borrower = { flow: config.name, signal: attempt.signal };
  return deps.connections.visma(connection, borrower, (client) => seen.find(client, file.id, numbers, attempt));
}

/** Clocks of workers differ by less. */
const CLOCK_MARGIN_MS = 60_000;

/**
 * Keys with a write under way, or so recent that our look at Visma.net may not show it: a row that equals what was there must
 * follow that write, not be left alone.
 */
function movingKeys(
  { deps, config }: RowSource,
  ledger: Ledger,
  candidates: readonly Candidate[],
): Promise<Set<string>> {
  const since = new Date(deps.ledger.now().getTime() - USABLE_MS - CLOCK_MARGIN_MS);
  const keys = candidates.map(({ read }) => read.key);
  return keysInMotion(ledger, config.name, keys, since);
}

function newDocument(
  { config, file }: RowSource,
  { row, read }: Candidate,
  columns: readonly string[],
  { inVisma, moving }: { readonly inVisma: ReadonlyMap<string, SeenSupplier>; readonly moving: ReadonlySet<string> },
): NewDocument {
  const identity = {
    flow: config.name,
    sourceKey: read.key,
    sourceVersion: recordVersion(file, row.record),
    generation: 0,
  };
  const seen = read.supplier && inVisma.get(read.supplier.number);
  const isUnchanged =
    read.supplier && seen && !moving.has(read.key) && supplierDifference(read.supplier, seen.supplier).length === 0;
  return {
    ...identity,
    kind: 'Supplier',
    contentHash: read.contentHash,
    workflowId: deliveryWorkflowId(identity),
    configHash: config.hash,
    parentId: file.id,
    origin: { ...positionOf(row, columns), length: row.length },
    business: { supplier: read.key, file: file.business.file ?? file.sourceKey },
    ...(file.batchId ? { batchId: file.batchId } : {}),
    ...(seen ? { targetSeen: { timeStamp: seen.timeStamp } } : {}),
    state: isUnchanged ? 'skipped' : 'received',
    event: { step: isUnchanged ? 'unchanged' : 'received', detail: { record: row.record, line: row.line } },
  };
}
