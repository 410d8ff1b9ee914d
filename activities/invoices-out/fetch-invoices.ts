import type { VismaSupplierInvoice } from '../../connectors/visma/schema/supplier-invoice.ts';
import { Failure } from '../../failures/failure.ts';
import { storeJson } from '../../ledger/bodies.ts';
import { inTransaction, type Ledger, lockName } from '../../ledger/database.ts';
import { insertDocuments, type NewDocument } from '../../ledger/documents.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { knownContents } from '../../ledger/versions.ts';
import { contentHash } from '../../mappings/canonical/content-hash.ts';
import type { Invoice } from '../../mappings/canonical/invoice.ts';
import { isInvoiceRecord } from '../../mappings/visma/supplier-invoice.ts';
import { connectionOf, type FlowOf, flowOf } from '../configuration.ts';
import { deliveryStart, deliveryWorkflowId } from '../delivery.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Page, Run } from '../flow-steps.ts';
import { type Walk, walkPage } from '../visma-changes/walk.ts';
import { writableInvoiceOf } from './invoice-of.ts';

/** One page of changed invoices, stored. */
export async function fetchInvoices(deps: Dependencies, run: Run, walk: Walk) {
  const config = flowOf(run.config, 'invoices-out');
  const connection = connectionOf(config, config.flow.source.connection, 'visma');
  return walkPage(deps, run, walk, {
    name: 'supplierInvoice',
    keyOf: invoiceKey,
    readPage: ({ since, page, total }, purpose) =>
      deps.connections.visma(connection, { flow: config.name, signal: run.attempt.signal }, (client) =>
        client.supplierInvoices.listPage(since === undefined ? {} : { modifiedSince: since }, page, purpose, total),
      ),
    store: (records) => storeInvoices(deps, run, records),
  });
}

/** The key of an invoice within its flow. */
export function invoiceKey({ documentType, referenceNumber }: VismaSupplierInvoice): string {
  return `${documentType}/${referenceNumber}`;
}

/** An invoice with what decides whether it is news. */
interface Candidate {
  readonly record: VismaSupplierInvoice;
  readonly invoice: Invoice | undefined;
  readonly hash: Buffer;
}

/** Invoices are events: content that went out, or is about to, is not taken again, whatever Visma.net stamped meanwhile. */
export async function storeInvoices(
  deps: Pick<Dependencies, 'ledger' | 'at'>,
  run: Run,
  records: readonly VismaSupplierInvoice[],
): Promise<Page['documents']> {
  const config = flowOf(run.config, 'invoices-out');
  const connection = connectionOf(config, config.flow.source.connection, 'visma').name;
  const wanted = records.filter((record) => isWanted(config, record));
  const candidates = await Promise.all(wanted.map((record) => invoiceCandidate(config, record)));
  const hashes = candidates.map(({ hash }) => hash);
  const stored = await inTransaction(deps.ledger, async (tx) => {
    await lockContents(tx, config.name);
    const known = await knownContents(tx, config.name, hashes);
    const fresh = candidates.filter(({ hash }) => !known.has(hash.toString('hex')));
    const documents = fresh.map((one) => newDocument(run, config, one));
    const rows = await insertDocuments(tx, documents, run.attempt.provenance);
    for (const [index, row] of rows.entries()) {
      run.attempt.heartbeat();
      const place = { documentId: row.id, role: 'original' as const, connection };
      await storeJson(tx, place, fresh[index]?.record);
    }
    return rows;
  });
  await deps.at('documents inserted', run.batch.id);
  return stored.filter(mustBeSeen).map((document) => deliveryStart(config, document));
}

/** Whether a content is held already is asked and settled in one transaction at a time: two runs at once would both say no. */
export async function lockContents(tx: Ledger, flow: string): Promise<void> {
  await lockName(tx, `contents/${flow}`);
}

/** What could not be mapped is delivered by itself, and fails there; the others go out in a file. */
function mustBeSeen(document: DocumentRow): boolean {
  return document.state === 'received';
}

/** Whether the flow sends records of this type and status at all. */
export function isWanted(config: FlowOf<'invoices-out'>, record: VismaSupplierInvoice): boolean {
  const { statuses, documentTypes } = config.flow.source;
  return (
    isInvoiceRecord(record) &&
    (statuses as readonly string[]).includes(record.status ?? '') &&
    (documentTypes as readonly string[]).includes(record.documentType)
  );
}

/** An invoice, and what its content is to the partner. */
export async function invoiceCandidate(
  config: FlowOf<'invoices-out'>,
  record: VismaSupplierInvoice,
): Promise<Candidate> {
  try {
    const invoice = await writableInvoiceOf(config, record);
    return { record, invoice, hash: Buffer.from(contentHash(invoice), 'hex') };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { record, invoice: undefined, hash: Buffer.from(contentHash(record), 'hex') };
  }
}

function newDocument(run: Run, config: FlowOf<'invoices-out'>, { record, invoice, hash }: Candidate): NewDocument {
  const identity = {
    flow: config.name,
    sourceKey: invoiceKey(record),
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
