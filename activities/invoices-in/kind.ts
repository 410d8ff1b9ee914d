import { SupplierInvoice } from '../../mappings/canonical/invoice.ts';
import { assertAddsUp, statesItsSum } from '../../mappings/canonical/invoice-sums.ts';
import { present } from '../../mappings/canonical/present.ts';
import { INVOICE_IN_FIELDS, invoiceFromRows } from '../../mappings/csv/invoice-in.ts';
import { groupColumns } from '../documents-in/group-columns.ts';
import type { DocumentKind } from '../documents-in/kind.ts';
import { invoiceWrites } from './post-invoice.ts';

/** Invoices and credit notes of suppliers, one or more rows each, become documents of accounts payable. */
export const invoicesIn: DocumentKind<'invoices-in', SupplierInvoice> = {
  flow: 'invoices-in',
  kind: 'Invoice',
  rows: ({ flow: { columns, format, groupBy } }) => ({
    fields: INVOICE_IN_FIELDS,
    columns,
    groupBy: groupBy ?? groupColumns(columns, ['supplier.number', 'number']),
    dialect: format,
  }),
  keyOf: ({ header }) => {
    const { 'supplier.number': supplier, number, type = 'invoice' } = header;
    if (supplier === undefined || number === undefined) return undefined;
    return type === 'invoice' ? `${supplier}/${number}` : `${supplier}/${number}/${type}`;
  },
  business: ({ header }) => present({ invoice: header.number, supplier: header['supplier.number'] }),
  canonical: (rows, { flow }) => {
    const invoice = invoiceFromRows(rows, flow.routing);
    assertAddsUp(invoice, flow.target.roundingTolerance);
    return invoice;
  },
  isProvenWhole: statesItsSum,
  parse: (stored) => SupplierInvoice.parse(stored),
  writes: invoiceWrites,
};
