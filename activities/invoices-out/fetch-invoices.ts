import type { VismaSupplierInvoice } from '../../connectors/visma/schema/supplier-invoice.ts';
import { Failure } from '../../failures/failure.ts';
import { noteOnBatch } from '../../ledger/batches.ts';
import { storeJson } from '../../ledger/bodies.ts';
import { inTransaction } from '../../ledger/database.ts';
import { insertDocuments, knownContents, type NewDocument } from '../../ledger/documents.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { contentHash } from '../../mappings/canonical/content-hash.ts';
import type { Invoice } from '../../mappings/canonical/invoice.ts';
import { routeInvoice } from '../../mappings/routing/invoice-routing.ts';
import { isInvoiceRecord, supplierInvoiceFromVisma } from '../../mappings/visma/supplier-invoice.ts';
import { connectionOf, type FlowOf, flowOf } from '../configuration.ts';
import { deliveryStart, deliveryWorkflowId } from '../delivery.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Page, Run } from '../flow-steps.ts';

/** Where a walk over the invoices stands. Times are Visma.net's own, in its local form. */
export interface Walk {
  readonly since?: string;
  readonly page: number;
  readonly total?: number;
  /** The highest modified time received so far in this walk. */
  readonly highest?: string;
  /** How often the walk began anew, since records moved while it went. */
  readonly restarts: number;
}

const RESTARTS = 5;

/** The invoice a record stands for, as the flow's routing has it. @throws Failure when it cannot be mapped */
export function invoiceOf(config: FlowOf<'invoices-out'>, record: VismaSupplierInvoice): Invoice {
  return routeInvoice(supplierInvoiceFromVisma(record), config.flow.routing);
}

/** Stores one page of changed invoices; `next` is undefined when the walk is complete. */
export async function fetchInvoices(
  deps: Dependencies,
  run: Run,
  walk: Walk,
): Promise<Page & { readonly walk: Walk | undefined; readonly highest: string | undefined }> {
  const config = flowOf(run.config, 'invoices-out');
  const connection = connectionOf(config, config.flow.source.connection, 'visma');
  const borrower = { flow: config.name, signal: run.attempt.signal };
  try {
    const page = await deps.connections.visma(connection, borrower, (client) =>
      client.supplierInvoices.listPage(
        walk.since === undefined ? {} : { modifiedSince: walk.since },
        walk.page,
        { class: 'poll', holder: `${run.batch.id}/${walk.page}` },
        walk.total,
      ),
    );
    const documents = await storeInvoices(deps, run, connection.name, page.records);
    const highest = highestOf(walk.highest, page.records);
    const total = page.totalCount === undefined ? {} : { total: page.totalCount };
    const next = { ...walk, ...total, page: walk.page + 1, ...(highest === undefined ? {} : { highest }) };
    return { documents, walk: page.hasMore ? next : undefined, highest };
  } catch (error) {
    const isDrift = error instanceof Failure && error.code === 'VISMA_PAGE_DRIFT';
    if (!isDrift || walk.restarts >= RESTARTS) throw error;
    const { since, restarts } = walk;
    const anew = { ...(since === undefined ? {} : { since }), page: 1, restarts: restarts + 1 };
    return { documents: [], walk: anew, highest: undefined };
  }
}

function highestOf(before: string | undefined, records: readonly VismaSupplierInvoice[]): string | undefined {
  const stamps = records.flatMap((record) => record.lastModifiedDateTime ?? []);
  return [...(before === undefined ? [] : [before]), ...stamps].sort().at(-1);
}

interface Candidate {
  readonly record: VismaSupplierInvoice;
  readonly invoice: Invoice | undefined;
  readonly hash: Buffer;
}

/** Invoices are events: content that went out, or is about to, is not taken again, whatever Visma.net stamped meanwhile. */
async function storeInvoices(
  deps: Dependencies,
  run: Run,
  connection: string,
  records: readonly VismaSupplierInvoice[],
): Promise<Page['documents']> {
  const config = flowOf(run.config, 'invoices-out');
  const candidates = records.filter((record) => isWanted(config, record)).map((record) => candidate(config, record));
  const known = await knownContents(
    deps.ledger,
    config.name,
    candidates.map(({ hash }) => hash),
  );
  const fresh = candidates.filter(({ hash }) => !known.has(hash.toString('hex')));
  const documents = fresh.map((one) => newDocument(run, config, one));
  const stored = await inTransaction(deps.ledger, async (tx) => {
    const rows = await insertDocuments(tx, documents, run.attempt.provenance);
    for (const [index, row] of rows.entries()) {
      run.attempt.heartbeat();
      const place = { documentId: row.id, role: 'original' as const, connection };
      await storeJson(tx, place, fresh[index]?.record);
    }
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) {
      await noteOnBatch(tx, run.batch.id, { step: 'stored', detail: { documents: ids } }, run.attempt.provenance);
    }
    return rows;
  });
  await deps.at('documents inserted', run.batch.id);
  return stored.filter(mustBeSeen).map((document) => deliveryStart(config, document));
}

/** What could not be mapped is delivered by itself, and fails there; the others go out in a file. */
function mustBeSeen(document: DocumentRow): boolean {
  return document.state === 'received';
}

function isWanted(config: FlowOf<'invoices-out'>, record: VismaSupplierInvoice): boolean {
  const { statuses, documentTypes } = config.flow.source;
  return (
    isInvoiceRecord(record) &&
    (statuses as readonly string[]).includes(record.status ?? '') &&
    (documentTypes as readonly string[]).includes(record.documentType)
  );
}

function candidate(config: FlowOf<'invoices-out'>, record: VismaSupplierInvoice): Candidate {
  try {
    const invoice = invoiceOf(config, record);
    return { record, invoice, hash: Buffer.from(contentHash(invoice), 'hex') };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { record, invoice: undefined, hash: Buffer.from(contentHash(record), 'hex') };
  }
}

function newDocument(run: Run, config: FlowOf<'invoices-out'>, { record, invoice, hash }: Candidate): NewDocument {
  const identity = {
    flow: config.name,
    sourceKey: `${record.documentType}/${record.referenceNumber}`,
    sourceVersion: record.timeStamp ?? record.lastModifiedDateTime ?? '',
    generation: 0,
  };
  return {
    ...identity,
    kind: 'Invoice',
    batched: true,
    contentHash: hash,
    workflowId: deliveryWorkflowId(identity),
    configHash: config.hash,
    batchId: run.batch.id,
    business: businessOf(record),
    state: invoice ? 'transformed' : 'received',
    event: { step: invoice ? 'transformed' : 'received', detail: { modified: record.lastModifiedDateTime ?? '' } },
  };
}

function businessOf(record: VismaSupplierInvoice): Record<string, string> {
  return {
    voucher: record.referenceNumber,
    ...(record.supplierReference ? { invoice: record.supplierReference } : {}),
    ...(record.supplier?.number ? { supplier: record.supplier.number } : {}),
  };
}
