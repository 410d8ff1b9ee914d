import { keySegment } from '../keys.ts';
import { type Delta, deltaQuery, type Entity } from '../reader.ts';
import { customerSchema, type VismaCustomer } from '../schema/customer.ts';
import {
  customerInvoiceSchema,
  customerNoteSchema,
  type VismaCustomerInvoice,
  type VismaCustomerNote,
} from '../schema/customer-document.ts';

export interface CustomerFilter extends Delta {
  readonly corporateId?: string;
  readonly vatRegistrationId?: string;
  readonly name?: string;
  readonly status?: string;
}

export const customerEntity: Entity<VismaCustomer, CustomerFilter, string> = {
  name: 'customer',
  path: '/v1/customer',
  schema: customerSchema,
  paging: 'pages',
  query: ({ modifiedSince, ...filter }) => ({
    ...filter,
    ...deltaQuery(modifiedSince === undefined ? {} : { modifiedSince }),
  }),
  keyOf: (customer) => customer.number,
  segmentsOf: (number) => [keySegment(number)],
};

/** Unlike a supplier's invoice, a customer's can be found by its references. */
export interface CustomerDocumentFilter extends Delta {
  readonly customer?: string;
  readonly status?: string;
  readonly branch?: string;
  /** YYYYMM. */
  readonly financialPeriod?: string;
  readonly externalReference?: string;
  readonly customerRefNumber?: string;
  readonly paymentReference?: string;
}

export const customerInvoiceEntity: Entity<VismaCustomerInvoice, CustomerDocumentFilter, string> = {
  name: 'customerinvoice',
  path: '/v1/customerinvoice',
  schema: customerInvoiceSchema,
  paging: 'pages',
  query: documentQuery,
  keyOf: ({ referenceNumber }) => referenceNumber,
  segmentsOf: (referenceNumber) => [keySegment(referenceNumber)],
};

/** Credit notes are a resource of their own beside the invoices. */
export const customerCreditNoteEntity = noteEntity('customerCreditNote');

export const customerDebitNoteEntity = noteEntity('customerDebitNote');

function noteEntity(
  name: 'customerCreditNote' | 'customerDebitNote',
): Entity<VismaCustomerNote, CustomerDocumentFilter, string> {
  return {
    name,
    path: `/v1/${name}`,
    schema: customerNoteSchema,
    paging: 'pages',
    query: documentQuery,
    keyOf: ({ referenceNumber }) => referenceNumber,
    segmentsOf: (referenceNumber) => [keySegment(referenceNumber)],
  };
}

function documentQuery({ modifiedSince, ...filter }: CustomerDocumentFilter): Record<string, string> {
  return { ...filter, ...deltaQuery(modifiedSince === undefined ? {} : { modifiedSince }) };
}
