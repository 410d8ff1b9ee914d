import type { Flow } from '../../config/integration.ts';
import { Failure } from '../../failures/failure.ts';
import type { CsvPosition } from '../../formats/csv/row.ts';
import { inTransaction } from '../../ledger/database.ts';
import { countChildren, getDocument, moveDocument, noteOnDocument } from '../../ledger/documents.ts';
import { findClaimed } from '../../ledger/files-seen.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { connectionOf, type FlowConfig } from '../configuration.ts';
import { type DeliveryStart, deliveryStart } from '../delivery.ts';
import type { Attempt, Dependencies } from '../dependencies.ts';
import type { Delivery, FlowSteps, Page, Position, Run } from '../flow-steps.ts';
import { claimInboundFile } from './claim-inbound.ts';
import { listWholeFiles } from './list-inbound.ts';
import { moveInboundFile } from './move-inbound.ts';

/** A stored file that is being read. */
export interface Reading {
  readonly config: FlowConfig;
  readonly file: DocumentRow;
  readonly attempt: Attempt;
}

/** Documents handed to one page; their ids stay far below Temporal's payload limit. */
export const DOCUMENTS_A_PAGE = 200;

/** The version of a document that begins at a record of a file: sorts as files came, and as the records of a file stand. */
export function recordVersion(file: DocumentRow, record: number): string {
  return `${file.sourceVersion}:${String(record).padStart(8, '0')}`;
}

/** What one page of a file brought. `counts` go into the file's events; `rows` must be among them. */
export interface FilePage {
  readonly documents: readonly DeliveryStart[];
  readonly next: CsvPosition | undefined;
  readonly counts: Readonly<Record<string, number>> & { readonly rows: number };
}

/**
 * Reads on in a stored file, from its beginning or from where the page before ended. Called again it stores the same.
 * @throws Failure CSV_FILE_INVALID, CSV_HEADER_INVALID when the file as a whole cannot be read
 */
export type ReadPage = (reading: Reading, from: CsvPosition | undefined) => Promise<FilePage>;

/** The steps that all flows share whose source is files of a partner: what differs is how a page of a file is read. */
export function createInboundFlow(
  deps: Dependencies,
  readPage: ReadPage,
): Pick<FlowSteps, 'poll' | 'fetch' | 'acknowledgeBatch' | 'render' | 'fetchRecords'> {
  return {
    poll: (config, _cursor, attempt) => poll(deps, config, attempt),
    fetch: (run, position) => fetch(deps, readPage, run, position),
    acknowledgeBatch: (run) => acknowledgeBatch(deps, run),
    render: async () => 'ready',
    fetchRecords: (delivery, position) => fetchRecords(deps, readPage, delivery, position),
  };
}

/** Where a flow's files come from. @throws Failure CONFIG_MISSING for a flow that reads none */
export function inboundSourceOf(config: FlowConfig): Extract<Flow['source'], { folder: string }> {
  const { source } = config.flow;
  if ('folder' in source) return source;
  throw new Failure('CONFIG_MISSING', { message: `Flow ${config.name} reads no files.` });
}

async function poll(deps: Dependencies, config: FlowConfig, attempt: Attempt): Promise<Position | undefined> {
  const source = inboundSourceOf(config);
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

async function fetch(deps: Dependencies, readPage: ReadPage, run: Run, position: Position): Promise<Page> {
  const at = filePosition(run, position);
  const file = at.document === undefined ? await claim(deps, run, at) : await getDocument(deps.ledger, at.document);
  if (!file) return { documents: [], ...following(at) };
  try {
    const page = await readOn(deps, readPage, { ...run, file }, at.rows);
    if (page.next) return { documents: page.documents, next: { index: at.index, document: file.id, rows: page.next } };
    return { documents: page.documents, ...following(at) };
  } catch (error) {
    if (!(error instanceof Failure && UNREADABLE.includes(error.code))) throw error;
    // The file as a whole cannot be read: it fails in a delivery of its own, visibly, and its neighbours go on.
    const isAtRest = file.state === 'failed' || file.state === 'delivered' || file.state === 'skipped';
    return { documents: isAtRest ? [] : [deliveryStart(run.config, file)], ...following(at) };
  }
}

/** A file that fails as a whole; other failures are about the systems, and are tried again. */
const UNREADABLE: readonly string[] = ['CSV_FILE_INVALID', 'CSV_HEADER_INVALID', 'FILE_TOO_LARGE'];

function following({ files, index }: FilePosition): Pick<Page, 'next' | 'cursor'> {
  return index + 1 < files.length ? { next: { index: index + 1 } } : { cursor: { files: files.length } };
}

async function claim(deps: Dependencies, run: Run, at: FilePosition): Promise<DocumentRow | undefined> {
  const source = inboundSourceOf(run.config);
  const connection = connectionOf(run.config, source.connection, 'sftp');
  const path = at.files[at.index];
  if (path === undefined) return undefined;
  const file = { path, connection: connection.name, maxBytes: source.maxFileBytes };
  return deps.connections.sftp(connection, { flow: run.config.name, signal: run.attempt.signal }, (session) =>
    claimInboundFile(deps, session, run, file),
  );
}

/** Reads one page of a stored file. The page that reaches its end closes the file's document. */
async function readOn(
  deps: Dependencies,
  readPage: ReadPage,
  { config, file, attempt }: Reading,
  from: CsvPosition | undefined,
): Promise<FilePage> {
  refuseUnstored(file);
  const page = await readPage({ config, file, attempt }, from);
  const detail = { from: from?.record ?? 1, ...page.counts };
  await inTransaction(deps.ledger, async (tx) => {
    await noteOnDocument(tx, file.id, { step: 'rows read', detail }, attempt.provenance);
    if (page.next) return;
    const led = await countChildren(tx, file.id);
    const rows = from === undefined ? page.counts.rows : 1;
    const [state, step] =
      led > 0 ? (['delivered', 'split'] as const) : (['skipped', rows === 0 ? 'no rows' : 'repeat'] as const);
    await moveDocument(tx, file.id, { state }, { step, detail: { documents: led } }, attempt.provenance);
  });
  return page;
}

/** A file over the limit has a document, so that it is seen to fail, but no bytes. */
function refuseUnstored(file: DocumentRow): void {
  if (file.origin?.tooLarge === undefined) return;
  throw new Failure('FILE_TOO_LARGE', {
    message: `${file.sourceKey} is larger than the flow allows: ${file.origin.tooLarge} bytes.`,
  });
}

async function acknowledgeBatch(deps: Dependencies, run: Run): Promise<void> {
  const source = inboundSourceOf(run.config);
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

async function fetchRecords(
  deps: Dependencies,
  readPage: ReadPage,
  { config, document, attempt }: Delivery,
  position: Position | undefined,
): Promise<Page> {
  const from = position?.rows as CsvPosition | undefined;
  const page = await readOn(deps, readPage, { config, file: document, attempt }, from);
  return { documents: page.documents, ...(page.next ? { next: { rows: page.next } } : {}) };
}
