import { Failure } from '../../failures/failure.ts';
import { readCsvRecord } from '../../formats/csv/read-csv.ts';
import type { CsvPosition } from '../../formats/csv/row.ts';
import { readBytes, readJson, storeJson } from '../../ledger/bodies.ts';
import { inTransaction } from '../../ledger/database.ts';
import { countChildren, getDocument, moveDocument, noteOnDocument } from '../../ledger/documents.ts';
import { findClaimed } from '../../ledger/files-seen.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { externalIdOfKey } from '../../ledger/versions.ts';
import { contentHash } from '../../mappings/canonical/content-hash.ts';
import { Supplier } from '../../mappings/canonical/supplier.ts';
import { connectionOf, type FlowConfig, type FlowOf, flowOf } from '../configuration.ts';
import { deliveryStart } from '../delivery.ts';
import type { Attempt, Dependencies } from '../dependencies.ts';
import { claimInboundFile, INBOUND_FILE } from '../files/claim-inbound.ts';
import { listWholeFiles } from '../files/list-inbound.ts';
import { moveInboundFile } from '../files/move-inbound.ts';
import type { Delivery, FlowSteps, Page, Position, Run, Transformed } from '../flow-steps.ts';
import type { PostOutcome } from '../posting/outcome.ts';
import { postToVisma } from '../posting/post-to-visma.ts';
import { fetchRows, type RowPage } from './fetch-rows.ts';
import { supplierWrite } from './post-supplier.ts';
import { supplierOf } from './supplier-row.ts';
import { SuppliersSeen } from './suppliers-seen.ts';

/** Vendor master files of a partner become suppliers in Visma.net, one document a row that leads to a write. */
export function createVendorsIn(deps: Dependencies): FlowSteps {
  const seen = new SuppliersSeen(() => deps.ledger.now().getTime());
  return {
    poll: (config, _cursor, attempt) => poll(deps, flowOf(config, 'vendors-in'), attempt),
    fetch: (run, position) => fetch(deps, seen, run, position),
    acknowledgeBatch: (run) => acknowledgeBatch(deps, run),
    transform: (delivery) => transform(deps, delivery),
    post: (delivery) => post(deps, delivery),
    fetchRecords: (delivery, position) => fetchRecords(deps, seen, delivery, position),
  };
}

async function poll(deps: Dependencies, config: FlowOf<'vendors-in'>, attempt: Attempt): Promise<Position | undefined> {
  const { source } = config.flow;
  const connection = connectionOf(config, source.connection, 'sftp');
  const files = await deps.connections.sftp(connection, { flow: config.name, signal: attempt.signal }, (session) =>
    listWholeFiles(deps, session, config.name, source, attempt.signal),
  );
  return files.length === 0 ? undefined : { files };
}

/** A batch's files in order; within one, where its next row begins. */
interface FilePosition {
  readonly files: readonly string[];
  readonly index: number;
  readonly document?: string;
  readonly rows?: CsvPosition;
}

function filePosition(run: Run, position: Position): FilePosition {
  const files = run.batch.plan.files as readonly string[];
  return { files, index: Number(position.index ?? 0), ...(position as Partial<FilePosition>) };
}

async function fetch(deps: Dependencies, seen: SuppliersSeen, run: Run, position: Position): Promise<Page> {
  const at = filePosition(run, position);
  const document = at.document === undefined ? await claim(deps, run, at) : await getDocument(deps.ledger, at.document);
  if (!document) return { documents: [], ...following(at) };
  try {
    const page = await readOn(deps, seen, { ...run, document }, at.rows);
    if (page.next)
      return { documents: page.documents, next: { index: at.index, document: document.id, rows: page.next } };
    return { documents: page.documents, ...following(at) };
  } catch (error) {
    if (!(error instanceof Failure && UNREADABLE.includes(error.code))) throw error;
    // The file as a whole cannot be read: it fails in a delivery of its own, visibly, and its neighbours go on.
    const isAtRest = document.state === 'failed' || document.state === 'delivered' || document.state === 'skipped';
    return { documents: isAtRest ? [] : [deliveryStart(run.config, document)], ...following(at) };
  }
}

/** A file that fails as a whole; other failures are about the systems, and are tried again. */
const UNREADABLE: readonly string[] = ['CSV_FILE_INVALID', 'CSV_HEADER_INVALID', 'FILE_TOO_LARGE'];

function following({ files, index }: FilePosition): Pick<Page, 'next' | 'cursor'> {
  return index + 1 < files.length ? { next: { index: index + 1 } } : { cursor: { files: files.length } };
}

async function claim(deps: Dependencies, run: Run, at: FilePosition): Promise<DocumentRow | undefined> {
  const { source } = flowOf(run.config, 'vendors-in').flow;
  const connection = connectionOf(run.config, source.connection, 'sftp');
  const path = at.files[at.index];
  if (path === undefined) return undefined;
  const file = { path, connection: connection.name, maxBytes: source.maxFileBytes };
  return deps.connections.sftp(connection, { flow: run.config.name, signal: run.attempt.signal }, (session) =>
    claimInboundFile(deps, session, run, file),
  );
}

interface Reading {
  readonly config: FlowConfig;
  readonly document: DocumentRow;
  readonly attempt: Attempt;
}

/** Reads one page of a stored file. The page that reaches its end closes the file's document. */
async function readOn(
  deps: Dependencies,
  seen: SuppliersSeen,
  { config, document, attempt }: Reading,
  from: CsvPosition | undefined,
): Promise<RowPage> {
  refuseUnstored(document);
  const source = { deps, seen, config: flowOf(config, 'vendors-in'), file: document, attempt };
  const page = await fetchRows(source, from);
  const detail = { from: from?.record ?? 1, ...page.counts };
  await inTransaction(deps.ledger, async (tx) => {
    await noteOnDocument(tx, document.id, { step: 'rows read', detail }, attempt.provenance);
    if (page.next) return;
    const led = await countChildren(tx, document.id);
    const rows = page.next === undefined && from === undefined ? page.counts.rows : 1;
    const [state, step] =
      led > 0 ? (['delivered', 'split'] as const) : (['skipped', rows === 0 ? 'no rows' : 'repeat'] as const);
    await moveDocument(tx, document.id, { state }, { step, detail: { documents: led } }, attempt.provenance);
  });
  return page;
}

/** A file over the limit has a document, so that it is seen to fail, but no bytes. */
function refuseUnstored(document: DocumentRow): void {
  if (document.origin?.tooLarge === undefined) return;
  throw new Failure('FILE_TOO_LARGE', {
    message: `${document.sourceKey} is larger than the flow allows: ${document.origin.tooLarge} bytes.`,
  });
}

async function acknowledgeBatch(deps: Dependencies, run: Run): Promise<void> {
  const { source } = flowOf(run.config, 'vendors-in').flow;
  const connection = connectionOf(run.config, source.connection, 'sftp');
  const claimed = await findClaimed(deps.ledger, run.config.name, run.batch.plan.files as readonly string[]);
  if (claimed.length === 0) return;
  await deps.connections.sftp(connection, { flow: run.config.name, signal: run.attempt.signal }, async (session) => {
    for (const documentId of claimed) {
      run.attempt.heartbeat();
      const document = await getDocument(deps.ledger, documentId);
      const isRead = document.state === 'delivered' || document.state === 'skipped';
      await moveInboundFile(deps, session, run, document, isRead ? source.archive : source.error);
    }
  });
}

async function transform(deps: Dependencies, { config, document, attempt }: Delivery): Promise<Transformed> {
  if (document.kind === INBOUND_FILE) return 'split';
  const flow = flowOf(config, 'vendors-in');
  const supplier = supplierOf(flow, await readOriginalRow(deps, flow, document));
  const place = { documentId: document.id, role: 'canonical' as const };
  await inTransaction(deps.ledger, async (tx) => {
    const stored = await storeJson(
      tx,
      { ...place, connection: connectionOf(flow, flow.flow.target.connection, 'visma').name },
      supplier,
    );
    const change = {
      state: 'transformed' as const,
      configHash: config.hash,
      contentHash: Buffer.from(contentHash(supplier), 'hex'),
    };
    const detail = { canonical: stored.sha256.toString('hex'), config: config.hash.slice(0, 12) };
    await moveDocument(tx, document.id, change, { step: 'transformed', detail }, attempt.provenance);
  });
  return 'ready';
}

async function readOriginalRow(deps: Dependencies, config: FlowOf<'vendors-in'>, document: DocumentRow) {
  const origin = document.origin as unknown as CsvPosition & { length: number };
  const place = { documentId: document.parentId ?? document.id, role: 'original' as const };
  return readCsvRecord(await readBytes(deps.ledger, place, origin), config.flow.format, origin);
}

async function post(deps: Dependencies, { config, document, attempt }: Delivery): Promise<PostOutcome> {
  const flow = flowOf(config, 'vendors-in');
  const connection = connectionOf(config, flow.flow.target.connection, 'visma');
  const supplier = Supplier.parse(await readJson(deps.ledger, { documentId: document.id, role: 'canonical' }));
  const knownNumber = await externalIdOfKey(deps.ledger, document);
  return deps.connections.visma(connection, { flow: config.name, signal: attempt.signal }, (client) => {
    const write = supplierWrite({ config: flow, document, supplier, knownNumber, client });
    return postToVisma({ deps, attempt, document, connection, client }, write);
  });
}

async function fetchRecords(
  deps: Dependencies,
  seen: SuppliersSeen,
  delivery: Delivery,
  position: Position | undefined,
): Promise<Page> {
  const page = await readOn(deps, seen, delivery, position?.rows as CsvPosition | undefined);
  return { documents: page.documents, ...(page.next ? { next: { rows: page.next } } : {}) };
}
