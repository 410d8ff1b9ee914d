import { readCsv } from '../../formats/csv/read-csv.ts';
import { type CsvPosition, positionAfter, positionOf } from '../../formats/csv/row.ts';
import { inTransaction, lockName } from '../../ledger/database.ts';
import { insertDocuments, type NewDocument, RESTING_STATES } from '../../ledger/documents.ts';
import { readBody } from '../../ledger/read-bodies.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { heldContents } from '../../ledger/versions.ts';
import { documentColumns } from '../../mappings/csv/document-rows.ts';
import type { DocumentsInKind, FlowOf } from '../configuration.ts';
import { type DeliveryStart, deliveryStart, deliveryWorkflowId } from '../delivery.ts';
import type { Attempt, Dependencies } from '../dependencies.ts';
import { DOCUMENTS_A_PAGE, type FilePage, recordVersion } from '../files/inbound-flow.ts';
import { groupRows, MOST_ROWS, type RowGroup } from './groups.ts';
import type { DocumentKind } from './kind.ts';
import { type Flaw, flawOf, type ReadGroup, readGroup } from './read-group.ts';
import type { Scattered } from './scattered.ts';

export interface DocumentSource<K extends DocumentsInKind, C extends object> {
  readonly deps: Dependencies;
  readonly kind: DocumentKind<K, C>;
  readonly scattered: Scattered;
  readonly config: FlowOf<K>;
  readonly file: DocumentRow;
  readonly attempt: Attempt;
}

interface Candidate {
  readonly group: RowGroup;
  readonly read: ReadGroup;
  readonly flaw: Flaw | undefined;
}

/**
 * Reads on in a stored file until a page of documents is full. Content that the flow holds already is counted as a repeat and
 * refused for ever; everything else becomes a document with a delivery to come.
 * @throws Failure CSV_FILE_INVALID, CSV_HEADER_INVALID when the file as a whole cannot be read
 */
export async function fetchDocuments<K extends DocumentsInKind, C extends object>(
  source: DocumentSource<K, C>,
  from: CsvPosition | undefined,
): Promise<FilePage> {
  const { file, attempt, scattered } = source;
  const keys = await scattered.of(file.id, () => groupsFrom(source, undefined).groups);
  const { groups, columns } = groupsFrom(source, from);
  const documents: DeliveryStart[] = [];
  const counts = { rows: 0, documents: 0, repeated: 0 };
  let next: CsvPosition | undefined;
  for await (const slice of sliced(groups)) {
    attempt.signal.throwIfAborted();
    attempt.heartbeat();
    const stored = await storeGroups(source, slice, keys, columns());
    documents.push(...stored.documents);
    counts.rows += slice.reduce((sum, { rows }) => sum + rows.length, 0);
    counts.documents += slice.length;
    counts.repeated += stored.repeated;
    const last = slice.at(-1);
    // What comes after a row that cannot be read has to know of it.
    if (last?.key !== undefined && documents.length >= DOCUMENTS_A_PAGE) {
      next = positionAfter(last.last, columns());
      break;
    }
  }
  return { documents, next, counts };
}

function groupsFrom<K extends DocumentsInKind, C extends object>(
  { deps, kind, config, file }: DocumentSource<K, C>,
  from: CsvPosition | undefined,
) {
  const rules = kind.rows(config);
  const range = { offset: from?.offset ?? 0, length: Number.POSITIVE_INFINITY };
  const bytes = readBody(deps.ledger, { documentId: file.id, role: 'original' }, range);
  const required = [...new Set([...documentColumns(rules.columns), ...rules.groupBy])];
  const reading = readCsv(bytes, rules.dialect, from ? { from, required } : { required });
  return { groups: groupRows(reading.batches(), rules.groupBy), columns: () => reading.columns ?? [] };
}

/** So many documents at once, or fewer long ones: their rows are held in memory. */
async function* sliced(groups: AsyncIterable<RowGroup>): AsyncGenerator<readonly RowGroup[]> {
  let slice: RowGroup[] = [];
  let rows = 0;
  for await (const group of groups) {
    slice.push(group);
    rows += group.rows.length;
    if (slice.length < DOCUMENTS_A_PAGE && rows < MOST_ROWS) continue;
    yield slice;
    slice = [];
    rows = 0;
  }
  if (slice.length > 0) yield slice;
}

async function storeGroups<K extends DocumentsInKind, C extends object>(
  source: DocumentSource<K, C>,
  groups: readonly RowGroup[],
  scattered: ReadonlySet<string>,
  columns: readonly string[],
) {
  const { deps, kind, config, file, attempt } = source;
  const candidates = groups.map((group) => ({
    group,
    read: readGroup(kind, config, file, group),
    flaw: flawOf(group, scattered),
  }));
  const { rows, repeated } = await inTransaction(deps.ledger, async (tx) => {
    // Two readers at once, of this file or of the next one, decide one after the other.
    await lockName(tx, `rows/${config.name}`);
    const hashes = candidates.map(({ read }) => read.contentHash);
    const first = candidates[0];
    // What an earlier attempt stored from here on is left out, so that every attempt decides alike.
    const ahead = { parentId: file.id, version: first ? recordVersion(file, first.group.first.record) : '' };
    const held = await heldContents(tx, config.name, hashes, ahead);
    const fresh = candidates.filter(({ read }) => {
      const hash = read.contentHash.toString('hex');
      const isHeld = held.has(hash);
      held.add(hash);
      return !isHeld;
    });
    const documents = fresh.map((candidate) => newDocument(source, candidate, columns));
    const inserted = await insertDocuments(tx, documents, attempt.provenance);
    return { rows: inserted, repeated: candidates.length - fresh.length };
  });
  await deps.at('documents inserted', file.id);
  const open = rows.filter((document) => !RESTING_STATES.includes(document.state));
  return { documents: open.map((document) => deliveryStart(config, document)), repeated };
}

function newDocument<K extends DocumentsInKind, C extends object>(
  { kind, config, file }: DocumentSource<K, C>,
  { group, read, flaw }: Candidate,
  columns: readonly string[],
): NewDocument {
  const { first, last } = group;
  const identity = {
    flow: config.name,
    sourceKey: read.key,
    sourceVersion: recordVersion(file, first.record),
    generation: 0,
  };
  return {
    ...identity,
    kind: kind.kind,
    contentHash: read.contentHash,
    workflowId: deliveryWorkflowId(identity),
    configHash: config.hash,
    parentId: file.id,
    origin: {
      ...positionOf(first, columns),
      length: last.offset + last.length - first.offset,
      ...(flaw === undefined ? {} : { flaw }),
    },
    business: { ...read.business, file: file.business.file ?? file.sourceKey },
    ...(file.batchId ? { batchId: file.batchId } : {}),
    event: { step: 'received', detail: { record: first.record, line: first.line, rows: group.rows.length } },
  };
}
