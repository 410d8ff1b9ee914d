import type { FlowOf } from '../../activities/configuration.ts';
import { connectionOf } from '../../activities/configuration.ts';
import { isWanted } from '../../activities/invoices-out/fetch-invoices.ts';
import { invoiceOf, writableInvoiceOf } from '../../activities/invoices-out/invoice-of.ts';
import { firstWalk } from '../../activities/visma-changes/walk.ts';
import type { VismaClient } from '../../connectors/visma/client.ts';
import { supplierInvoiceSchema, type VismaSupplierInvoice } from '../../connectors/visma/schema/supplier-invoice.ts';
import { Failure } from '../../failures/failure.ts';
import { writeCsv } from '../../formats/csv/write-csv.ts';
import { readCursor } from '../../ledger/batches.ts';
import type { Ledger } from '../../ledger/database.ts';
import { membersWaiting } from '../../ledger/members.ts';
import { readJson } from '../../ledger/read-bodies.ts';
import { knownContents } from '../../ledger/versions.ts';
import { contentHash } from '../../mappings/canonical/content-hash.ts';
import type { Invoice } from '../../mappings/canonical/invoice.ts';
import { invoiceValue } from '../../mappings/canonical/invoice-fields.ts';
import { invoiceHeader, invoiceToRows } from '../../mappings/csv/invoice.ts';
import { counted, plain, print, printJson, printTable } from '../output.ts';
import { everyPage } from '../visma-pages.ts';
import { lendVisma } from './partners.ts';

export interface InvoicesPreviewOptions {
  /** The file itself instead of a table. */
  readonly bytes: boolean;
  readonly limit: number;
  readonly json: boolean;
}

/** `waiting`: in the ledger already, for the next file. */
interface PreviewedInvoice {
  readonly key: string;
  readonly origin: 'new' | 'waiting';
  readonly invoice: Invoice | undefined;
  readonly failure: Failure | undefined;
}

/** Shows what the next file would hold; answers whether every invoice could be mapped and written. */
export async function previewInvoicesOut(
  ledger: Ledger,
  config: FlowOf<'invoices-out'>,
  options: InvoicesPreviewOptions,
): Promise<boolean> {
  const waiting = await waitingInvoices(ledger, config);
  const changed = await lendVisma(ledger, config, config.flow.source.connection, (client) =>
    changedInvoices(ledger, config, client),
  );
  const all = [...waiting, ...changed];
  if (options.bytes) await printBytes(config, all);
  else if (options.json) for (const one of all) printJson(asObject(one));
  else printInvoices(config, all, options.limit);
  return all.every(({ failure }) => failure === undefined);
}

async function waitingInvoices(ledger: Ledger, config: FlowOf<'invoices-out'>): Promise<PreviewedInvoice[]> {
  const ids = await membersWaiting(ledger, config.name, config.flow.target.maxRecords);
  const waiting: PreviewedInvoice[] = [];
  for (const documentId of ids) {
    const record = supplierInvoiceSchema.parse(await readJson(ledger, { documentId, role: 'original' }));
    waiting.push({ key: keyOf(record), origin: 'waiting', invoice: invoiceOf(config, record), failure: undefined });
  }
  return waiting;
}

/** Walks what changed since the cursor, as a run would, and leaves out what has gone out with the same content. */
async function changedInvoices(
  ledger: Ledger,
  config: FlowOf<'invoices-out'>,
  client: VismaClient,
): Promise<PreviewedInvoice[]> {
  const connection = connectionOf(config, config.flow.source.connection, 'visma').name;
  const { since } = firstWalk(config.flow.source, await readCursor(ledger, config.name));
  const filter = since === undefined ? {} : { modifiedSince: since };
  const found: PreviewedInvoice[] = [];
  const pages = everyPage((page, total) => {
    const purpose = { class: 'poll', holder: `preview/${connection}/${page}` } as const;
    return client.supplierInvoices.listPage(filter, page, purpose, total);
  });
  for await (const { records } of pages) {
    for (const record of records.filter((one) => isWanted(config, one))) found.push(await readInvoice(config, record));
  }
  return withoutKnown(ledger, config, found);
}

async function readInvoice(config: FlowOf<'invoices-out'>, record: VismaSupplierInvoice): Promise<PreviewedInvoice> {
  const one = { key: keyOf(record), origin: 'new' as const };
  try {
    return { ...one, invoice: await writableInvoiceOf(config, record), failure: undefined };
  } catch (error) {
    if (error instanceof Failure) return { ...one, invoice: undefined, failure: error };
    throw error;
  }
}

async function withoutKnown(
  ledger: Ledger,
  config: FlowOf<'invoices-out'>,
  found: readonly PreviewedInvoice[],
): Promise<PreviewedInvoice[]> {
  const hashOf = ({ invoice }: PreviewedInvoice) => (invoice ? contentHash(invoice) : '');
  const hashes = found.map(hashOf).filter((hash) => hash !== '');
  const known = await knownContents(
    ledger,
    config.name,
    hashes.map((hash) => Buffer.from(hash, 'hex')),
  );
  return found.filter((one) => !known.has(hashOf(one)));
}

function keyOf({ documentType, referenceNumber }: VismaSupplierInvoice): string {
  return `${documentType}/${referenceNumber}`;
}

/** The first file, byte for byte. */
async function printBytes({ flow }: FlowOf<'invoices-out'>, all: readonly PreviewedInvoice[]): Promise<void> {
  const { rows: map, format, target } = flow;
  const invoices = all.flatMap(({ invoice }) => invoice ?? []).slice(0, target.maxRecords);
  const rows = invoices.flatMap((invoice) => invoiceToRows(invoice, map, format));
  if (invoices.length === 0) process.stderr.write('There is nothing to send.\n');
  else for await (const chunk of writeCsv(rows, format, invoiceHeader(map))) process.stdout.write(chunk);
  for (const { key, failure } of all) if (failure) process.stderr.write(`${key}: ${plain(failure.message)}\n`);
}

function asObject({ key, origin, invoice, failure }: PreviewedInvoice): object {
  const { type, code, message, next } = failure ?? {};
  return { key, origin, invoice: invoice ?? null, failure: failure ? { type, code, message, next } : null };
}

function printInvoices({ flow }: FlowOf<'invoices-out'>, all: readonly PreviewedInvoice[], limit: number): void {
  if (all.length > 0) {
    printTable(
      ['VOUCHER', 'INVOICE', 'SUPPLIER', 'DATE', 'TOTAL', 'CURRENCY', 'LINES', 'ORIGIN'],
      all
        .slice(0, limit)
        .map(({ key, invoice, origin, failure }) => [
          key,
          invoice?.number ?? '',
          (invoice && invoiceValue(invoice, undefined, 'supplier.number')) ?? '',
          invoice?.date ?? '',
          invoice?.total ?? '',
          invoice?.currency ?? '',
          invoice ? String(invoice.lines.length) : '',
          failure?.code ?? origin,
        ]),
    );
    print();
  }
  for (const { key, failure } of all.slice(0, limit)) {
    if (failure) print(`${key}: ${plain(failure.message)} (${failure.code})\n  Next: ${failure.next}`);
  }
  const good = all.filter(({ invoice }) => invoice !== undefined).length;
  const files = Math.ceil(good / flow.target.maxRecords);
  print(`${counted(good, 'invoice')} in ${counted(files, 'file')}; ${all.length - good} cannot be sent.`);
  print('Nothing was written.');
}
