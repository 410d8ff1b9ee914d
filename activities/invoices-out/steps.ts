import { supplierInvoiceSchema } from '../../connectors/visma/schema/supplier-invoice.ts';
import { writeCsv } from '../../formats/csv/write-csv.ts';
import { readJson, storeBody } from '../../ledger/bodies.ts';
import { inTransaction } from '../../ledger/database.ts';
import { moveDocument } from '../../ledger/documents.ts';
import { membersOf } from '../../ledger/members.ts';
import { openOfBatch } from '../../ledger/unfinished.ts';
import { hasNewerVersion, isHeldBesides } from '../../ledger/versions.ts';
import { contentHash } from '../../mappings/canonical/content-hash.ts';
import { invoiceHeader, invoiceToRows } from '../../mappings/csv/invoice.ts';
import { connectionOf, flowOf } from '../configuration.ts';
import { deliveryStart } from '../delivery.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Delivery, FlowSteps, Page, Position, Run, Transformed } from '../flow-steps.ts';
import type { PostOutcome } from '../posting/outcome.ts';
import { isStaged, postFile } from '../posting/post-file.ts';
import { firstWalk, type Walk } from '../visma-changes/walk.ts';
import { fetchInvoices, lockContents } from './fetch-invoices.ts';
import { freezeFile, OUTBOUND_FILE } from './freeze-file.ts';
import { invoiceOf, writableInvoiceOf } from './invoice-of.ts';

/** Supplier invoices that changed in Visma.net become files in the partner's folder, many invoices a file. */
export function createInvoicesOut(deps: Dependencies): FlowSteps {
  return {
    poll: async (config, cursor) => firstWalk(flowOf(config, 'invoices-out').flow.source, cursor),
    fetch: (run, position) => fetch(deps, run, position),
    acknowledgeBatch: async () => undefined,
    transform: (delivery) => transform(deps, delivery),
    post: (delivery) => post(deps, delivery),
    fetchRecords: async () => ({ documents: [] }),
  };
}

/** First the walk, page by page; then the files, one after the other, until no invoice waits for one. */
async function fetch(deps: Dependencies, run: Run, position: Position): Promise<Page> {
  if (position.files === true) return fetchFile(deps, run, position);
  const { documents, walk, highest } = await fetchInvoices(deps, run, position as unknown as Walk);
  return { documents, next: { ...(walk ?? { files: true, ...(highest === undefined ? {} : { highest }) }) } };
}

/** An attempt that died after it had frozen a file left it without a delivery: the next one names it again. */
async function fetchFile(deps: Dependencies, run: Run, position: Position): Promise<Page> {
  const isFirst = run.attempt.provenance.attempt === 1;
  const left = isFirst ? [] : await openOfBatch(deps.ledger, run.batch.id, OUTBOUND_FILE);
  const file = await freezeFile(deps, run);
  const documents = [...left, ...(file ? [file] : [])].map((one) => deliveryStart(run.config, one));
  if (file) return { documents, next: position };
  return { documents, ...(typeof position.highest === 'string' ? { cursor: { highest: position.highest } } : {}) };
}

async function transform(deps: Dependencies, delivery: Delivery): Promise<Transformed> {
  return delivery.document.kind === OUTBOUND_FILE ? render(deps, delivery) : mapAgain(deps, delivery);
}

/**
 * An invoice that could not be mapped is tried again; it then goes out in the next file, unless a newer version has come or
 * another version brought the same content.
 */
async function mapAgain(deps: Dependencies, { config, document, attempt }: Delivery): Promise<Transformed> {
  if (await hasNewerVersion(deps.ledger, document)) {
    const step = 'superseded';
    await moveDocument(deps.ledger, document.id, { state: step, failure: null }, { step }, attempt.provenance);
    return 'resting';
  }
  const invoice = await writableInvoiceOf(flowOf(config, 'invoices-out'), await readRecord(deps, document.id));
  const hash = Buffer.from(contentHash(invoice), 'hex');
  await inTransaction(deps.ledger, async (tx) => {
    await lockContents(tx, config.name);
    const isRepeat = document.generation === 0 && (await isHeldBesides(tx, document, hash));
    const [state, step] = isRepeat ? (['skipped', 'repeat'] as const) : (['transformed', 'transformed'] as const);
    const change = { state, failure: null, configHash: config.hash, contentHash: hash };
    await moveDocument(tx, document.id, change, { step }, attempt.provenance);
  });
  return 'resting';
}

async function readRecord(deps: Dependencies, documentId: string) {
  return supplierInvoiceSchema.parse(await readJson(deps.ledger, { documentId, role: 'original' }));
}

async function render(deps: Dependencies, { config, document, attempt }: Delivery): Promise<Transformed> {
  const flow = flowOf(config, 'invoices-out');
  const { format, rows: map, target } = flow.flow;
  async function* rows(): AsyncGenerator<string[]> {
    for (const member of await membersOf(deps.ledger, document.id)) {
      attempt.heartbeat();
      yield* invoiceToRows(invoiceOf(flow, await readRecord(deps, member)), map, format);
    }
  }
  const connection = connectionOf(flow, target.connection, 'sftp').name;
  const place = { documentId: document.id, role: 'outgoing' as const, connection };
  if (await isStaged(deps.ledger, document.id)) {
    const change = { state: 'transformed' as const };
    await moveDocument(deps.ledger, document.id, change, { step: 'staged before' }, attempt.provenance);
    return 'ready';
  }
  await inTransaction(deps.ledger, async (tx) => {
    const stored = await storeBody(tx, place, writeCsv(rows(), format, invoiceHeader(map)));
    const detail = { bytes: stored.byteSize, sha256: stored.sha256.toString('hex') };
    const change = { state: 'transformed' as const, configHash: config.hash };
    await moveDocument(tx, document.id, change, { step: 'transformed', detail }, attempt.provenance);
  });
  return 'ready';
}

async function post(deps: Dependencies, { config, document, attempt }: Delivery): Promise<PostOutcome> {
  const { target } = flowOf(config, 'invoices-out').flow;
  const connection = connectionOf(config, target.connection, 'sftp');
  return deps.connections.sftp(connection, { flow: config.name, signal: attempt.signal }, (session) =>
    postFile({
      deps,
      attempt,
      document,
      connection: connection.name,
      session,
      path: document.sourceKey,
      collected: target.collected,
    }),
  );
}
