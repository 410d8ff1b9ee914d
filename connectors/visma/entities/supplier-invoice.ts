import { keySegment } from '../keys.ts';
import { type Delta, deltaQuery, type Entity } from '../reader.ts';
import { supplierInvoiceSchema, type VismaSupplierInvoice } from '../schema/supplier-invoice.ts';

/** There is no filter on the supplier's own reference: list by `supplier` and compare. */
export interface SupplierInvoiceFilter extends Delta {
  readonly supplier?: string;
  readonly documentType?: string;
  readonly status?: string;
  readonly branch?: string;
  /** YYYYMM. */
  readonly financialPeriod?: string;
}

/** The number alone is not unique: a credit note may bear the number of an invoice. */
export interface SupplierInvoiceKey {
  readonly documentType: string;
  readonly referenceNumber: string;
}

export const supplierInvoiceEntity: Entity<VismaSupplierInvoice, SupplierInvoiceFilter, SupplierInvoiceKey> = {
  name: 'supplierInvoice',
  path: '/v1/supplierInvoice',
  schema: supplierInvoiceSchema,
  paging: 'pages',
  query: ({ modifiedSince, ...filter }) => ({
    ...filter,
    ...deltaQuery(modifiedSince === undefined ? {} : { modifiedSince }),
  }),
  keyOf: ({ documentType, referenceNumber }) => `${documentType}/${referenceNumber}`,
  segmentsOf: ({ documentType, referenceNumber }) => [keySegment(documentType), keySegment(referenceNumber)],
};
