import type { VismaRecord } from '../../connectors/visma/records.ts';
import { Failure } from '../../failures/failure.ts';
import { storeJson } from '../../ledger/bodies.ts';
import { inTransaction, type Ledger } from '../../ledger/database.ts';
import { insertDocuments, moveDocument, type NewDocument } from '../../ledger/documents.ts';
import { type LatestTaken, latestTaken } from '../../ledger/versions.ts';
import { valueAtPath } from '../../mappings/csv/record.ts';
import { connectionOf } from '../configuration.ts';
import { type DeliveryStart, deliveryStart, deliveryWorkflowId } from '../delivery.ts';
import type { Dependencies } from '../dependencies.ts';
import { lockMembers } from '../files-out/freeze-file.ts';
import type { Run } from '../flow-steps.ts';
import { assertWritable, contentOf, entityOf, type RecordsOut, rowsOf } from './record-flow.ts';

/** A record with what decides whether it is news. */
export interface Candidate {
  readonly key: string;
  readonly record: VismaRecord;
  readonly content: Buffer;
  readonly isWritable: boolean;
}

/** What storing needs beside the run: a worker has more, the command line has no more. */
type Storing = Pick<Dependencies, 'ledger' | 'at'>;

/**
 * Stores the records that differ from the newest version of their key as documents that wait for a file, and names those that
 * need a delivery by themselves, since they cannot be written as the partner wants.
 */
export async function storeRecords(
  deps: Storing,
  run: Run,
  config: RecordsOut,
  records: readonly VismaRecord[],
): Promise<DeliveryStart[]> {
  const { keyOf } = entityOf(config);
  // Of a record that comes twice on a page, the last is the newer.
  const distinct = new Map(records.map((record) => [keyOf(record), record]));
  const candidates = await Promise.all([...distinct.values()].map((record) => candidateOf(config, record)));
  const stored = await inTransaction(deps.ledger, async (tx) => {
    await lockMembers(tx, config.name);
    const latest = await latestTaken(tx, config.name, [...distinct.keys()]);
    const news = candidates.filter((candidate) => isNews(candidate, latest.get(candidate.key)));
    for (const { key } of news) await supersede(tx, run, latest.get(key));
    return storeNews(tx, run, config, news, latest);
  });
  await deps.at('documents inserted', run.batch.id);
  return stored.filter(({ state }) => state === 'received').map((document) => deliveryStart(config, document));
}

/** A record, and what it is for the partner. */
export async function candidateOf(config: RecordsOut, record: VismaRecord): Promise<Candidate> {
  const rows = rowsOf(config, record);
  const one = { key: entityOf(config).keyOf(record), record, content: contentOf(rows) };
  try {
    await assertWritable(config, rows);
    return { ...one, isWritable: true };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...one, isWritable: false };
  }
}

/**
 * Whether a record differs from the newest version that is held. What is held as `received` counts as news: an attempt that
 * died after it stored it must find it again. A page that was read before what is held, by another run, is none.
 */
export function isNews({ record, content }: Candidate, latest: LatestTaken | undefined): boolean {
  if (latest === undefined) return true;
  if (latest.contentHash?.equals(content)) return latest.state === 'received';
  return !isOlder(record, latest);
}

/** By row version and by time: after a restore of Visma.net's database its row versions begin again, and times go on. */
function isOlder({ timeStamp, lastModifiedDateTime }: VismaRecord, latest: LatestTaken): boolean {
  const [is, was] = [rowVersion(timeStamp), rowVersion(rowOf(latest))];
  if (is === undefined || was === undefined) return false;
  return Buffer.compare(is, was) < 0 && (lastModifiedDateTime ?? '') <= latest.modified;
}

/** The row version of Visma.net's that a stored version came from. */
export function rowOf({ sourceVersion }: LatestTaken): string {
  return sourceVersion.split(SEPARATOR)[0] ?? '';
}

const SEPARATOR = '#';
const ROW_VERSION_BYTES = 8;

/** A number of eight bytes as base64, the highest first. */
function rowVersion(timeStamp: string | null | undefined): Buffer | undefined {
  const bytes = Buffer.from(timeStamp ?? '', 'base64');
  return bytes.length === ROW_VERSION_BYTES ? bytes : undefined;
}

/** An older version that still waits for a file need not go out. */
async function supersede(tx: Ledger, run: Run, latest: LatestTaken | undefined): Promise<void> {
  if (latest?.state !== 'transformed' || latest.memberOf !== null) return;
  const step = 'superseded';
  await moveDocument(tx, latest.id, { state: step }, { step }, run.attempt.provenance);
}

async function storeNews(
  tx: Ledger,
  run: Run,
  config: RecordsOut,
  news: readonly Candidate[],
  latest: ReadonlyMap<string, LatestTaken>,
) {
  const documents = news.map((one) => newDocument(run, config, one, latest.get(one.key)));
  const rows = await insertDocuments(tx, documents, run.attempt.provenance);
  const connection = connectionOf(config, config.flow.source.connection, 'visma').name;
  for (const [index, row] of rows.entries()) {
    run.attempt.heartbeat();
    const place = { documentId: row.id, role: 'original' as const, connection };
    await storeJson(tx, place, news[index]?.record);
  }
  return rows;
}

function newDocument(
  run: Run,
  config: RecordsOut,
  { key, record, content, isWritable }: Candidate,
  latest: LatestTaken | undefined,
): NewDocument {
  const identity = {
    flow: config.name,
    sourceKey: key,
    sourceVersion: versionOf(record, content, latest),
    generation: 0,
  };
  return {
    ...identity,
    kind: kindOf(config),
    batched: true,
    contentHash: content,
    workflowId: deliveryWorkflowId(identity),
    configHash: config.hash,
    batchId: run.batch.id,
    business: businessOf(config, record),
    state: isWritable ? 'transformed' : 'received',
    event: { step: isWritable ? 'transformed' : 'received', detail: { modified: record.lastModifiedDateTime ?? '' } },
  };
}

/**
 * Visma.net's row version and our content, since fields of other records (a supplier's name) change without the row. Where
 * there is no row version, the place among the versions of the key: A, B, A are three.
 */
function versionOf({ timeStamp }: VismaRecord, content: Buffer, latest: LatestTaken | undefined): string {
  if (latest?.contentHash?.equals(content)) return latest.sourceVersion;
  const row = timeStamp ?? `after ${latest?.ordinal ?? 0}`;
  return [row, content.toString('hex').slice(0, 8)].join(SEPARATOR);
}

/** `SupplierInvoice` for `supplierInvoice`. */
function kindOf({ flow: { source } }: RecordsOut): string {
  return source.entity.slice(0, 1).toUpperCase() + source.entity.slice(1);
}

function businessOf(config: RecordsOut, record: VismaRecord): Record<string, string> {
  const found = Object.entries(entityOf(config).references).map(([name, path]) => [name, valueAtPath(record, path)]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined && value !== null && value !== ''));
}
