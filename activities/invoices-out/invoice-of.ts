import type { VismaSupplierInvoice } from '../../connectors/visma/schema/supplier-invoice.ts';
import { writeCsv } from '../../formats/csv/write-csv.ts';
import type { Invoice } from '../../mappings/canonical/invoice.ts';
import { invoiceHeader, invoiceToRows } from '../../mappings/csv/invoice.ts';
import { routeInvoice } from '../../mappings/routing/invoice-routing.ts';
import { supplierInvoiceFromVisma } from '../../mappings/visma/supplier-invoice.ts';
import type { FlowOf } from '../configuration.ts';

/** The invoice a record stands for, as the flow's routing has it. @throws Failure when it cannot be mapped */
export function invoiceOf(config: FlowOf<'invoices-out'>, record: VismaSupplierInvoice): Invoice {
  return routeInvoice(supplierInvoiceFromVisma(record), config.flow.routing);
}

/**
 * The same, once it is certain that the partner's format can hold it: one invoice with a character that the encoding lacks
 * must not keep the file of all the others from being written.
 * @throws Failure when it cannot be mapped or written
 */
export async function writableInvoiceOf(
  config: FlowOf<'invoices-out'>,
  record: VismaSupplierInvoice,
): Promise<Invoice> {
  const invoice = invoiceOf(config, record);
  const { rows: map, format } = config.flow;
  for await (const _ of writeCsv(invoiceToRows(invoice, map, format), format, invoiceHeader(map)));
  return invoice;
}
