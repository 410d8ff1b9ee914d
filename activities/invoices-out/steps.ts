import { supplierInvoiceSchema } from '../../connectors/visma/schema/supplier-invoice.ts';
import { inTransaction } from '../../ledger/database.ts';
import { moveDocument } from '../../ledger/documents.ts';
import { membersOf } from '../../ledger/members.ts';
import { readJson } from '../../ledger/read-bodies.ts';
import { hasNewerVersion, isHeldBesides } from '../../ledger/versions.ts';
import { contentHash } from '../../mappings/canonical/content-hash.ts';
import { invoiceHeader, invoiceToRows } from '../../mappings/csv/invoice.ts';
import { flowOf } from '../configuration.ts';
import type { Dependencies } from '../dependencies.ts';
import { fetchFile, OUTBOUND_FILE } from '../files-out/freeze-file.ts';
import { renderFile, sendFile } from '../files-out/send-file.ts';
import type { Delivery, FlowSteps, Page, Position, Rendered, Run, Transformed } from '../flow-steps.ts';
import { firstWalk, type Walk } from '../visma-changes/walk.ts';
import { fetchInvoices, lockContents } from './fetch-invoices.ts';
import { invoiceOf, writableInvoiceOf } from './invoice-of.ts';

/** Supplier invoices that changed in Visma.net become files in the partner's folder, many invoices a file. */
export function createInvoicesOut(deps: Dependencies): FlowSteps {
  return {
    poll: async (config, cursor) => firstWalk(flowOf(config, 'invoices-out').flow.source, cursor),
    fetch: (run, position) => fetch(deps, run, position),
    acknowledgeBatch: async () => undefined,
    transform: (delivery) => transform(deps, delivery),
    render: (delivery) => render(deps, delivery),
    post: (delivery) => sendFile(deps, delivery, flowOf(delivery.config, 'invoices-out')),
    fetchRecords: async () => ({ documents: [] }),
  };
}

/** First the walk, page by page; then the files, one after the other, until no invoice waits for one. */
async function fetch(deps: Dependencies, run: Run, position: Position): Promise<Page> {
  if (position.files === true) return fetchFile(deps, run, flowOf(run.config, 'invoices-out'), position);
  const { documents, walk, highest } = await fetchInvoices(deps, run, position as unknown as Walk);
  return { documents, next: { ...(walk ?? { files: true, ...(highest === undefined ? {} : { highest }) }) } };
}

async function transform(deps: Dependencies, delivery: Delivery): Promise<Transformed> {
  return delivery.document.kind === OUTBOUND_FILE ? 'long' : mapAgain(deps, delivery);
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

async function render(deps: Dependencies, delivery: Delivery): Promise<Rendered> {
  const flow = flowOf(delivery.config, 'invoices-out');
  const { format, rows: map } = flow.flow;
  async function* rows(): AsyncGenerator<string[]> {
    for (const member of await membersOf(deps.ledger, delivery.document.id)) {
      delivery.attempt.heartbeat();
      yield* invoiceToRows(invoiceOf(flow, await readRecord(deps, member)), map, format);
    }
  }
  return renderFile(deps, delivery, flow, async () => ({ columns: invoiceHeader(map), rows: rows() }));
}
