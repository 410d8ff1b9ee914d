import type { FlowOf } from '../../activities/configuration.ts';
import { invoiceCandidate, invoiceKey, isWanted, storeInvoices } from '../../activities/invoices-out/fetch-invoices.ts';
import type { VismaSupplierInvoice } from '../../connectors/visma/schema/supplier-invoice.ts';
import type { Ledger } from '../../ledger/database.ts';
import { knownContents, type LatestTaken } from '../../ledger/versions.ts';
import type { Reconciler, Verdict } from './reconciler.ts';

type InvoicesOut = FlowOf<'invoices-out'>;

/** Invoices are events: what counts is whether their content was ever taken over. */
export function invoicesReconciler(config: InvoicesOut): Reconciler<VismaSupplierInvoice> {
  return {
    name: 'supplierInvoice',
    connection: config.flow.source.connection,
    keyOf: invoiceKey,
    sizeOf: () => 1,
    listPage: ({ supplierInvoices }, { since, page, total, purpose }) =>
      supplierInvoices.listPage({ modifiedSince: since }, page, purpose, total),
    judge: (ledger, records, latest) => judge(ledger, config, records, latest),
    store: storeInvoices,
  };
}

async function judge(
  ledger: Ledger,
  config: InvoicesOut,
  records: readonly VismaSupplierInvoice[],
  latest: ReadonlyMap<string, LatestTaken>,
): Promise<Verdict[]> {
  const candidates = await Promise.all(records.map((record) => invoiceCandidate(config, record)));
  const hashes = candidates.map(({ hash }) => hash);
  const known = await knownContents(ledger, config.name, hashes);
  return candidates.map(({ record, hash }) => {
    const held = latest.get(invoiceKey(record));
    if (!isWanted(config, record) || known.has(hash.toString('hex'))) return 'same';
    if (held === undefined) return 'missing';
    // A row version that was taken over is no other one because the flow's rules changed since.
    return held.sourceVersion === record.timeStamp || held.contentHash?.equals(hash) ? 'same' : 'stale';
  });
}
