import type { CallPurpose } from './budget.ts';
import type { VismaClient } from './client.ts';
import { budgetEntity } from './entities/budget.ts';
import { cashTransactionEntity } from './entities/cash-transaction.ts';
import { accountEntity, subaccountEntity } from './entities/chart.ts';
import {
  customerCreditNoteEntity,
  customerDebitNoteEntity,
  customerEntity,
  customerInvoiceEntity,
} from './entities/customer.ts';
import { segmentValueKey } from './entities/dimension.ts';
import { journalEntity } from './entities/journal.ts';
import { purchaseOrderEntity } from './entities/purchase-order.ts';
import { purchaseReceiptEntity } from './entities/purchase-receipt.ts';
import { supplierEntity } from './entities/supplier.ts';
import { supplierInvoiceEntity } from './entities/supplier-invoice.ts';
import { supplierPaymentEntity } from './entities/supplier-payment.ts';
import type { Page, Versioned } from './pages.ts';
import type { Delta, Entity, RecordList } from './reader.ts';
import { type RecordPaths, recordPaths } from './record-paths.ts';
import { segmentValueSchema } from './schema/dimension.ts';

/** A record of any entity, as its schema has it. */
export type VismaRecord = Versioned & Readonly<Record<string, unknown>>;

/** What a list is asked for: parameters of the API, and what has changed. */
export type RecordFilter = Delta & Readonly<Record<string, string>>;

/** An entity of Visma.net, as far as its records are taken over as they are. */
export interface RecordEntity {
  /** As Visma writes it in its addresses. */
  readonly name: string;
  /**
   * `modified`: the list can be asked for what changed since a time. `content`: it cannot, or its filter is not to be relied
   * on; it is read whole, and what has changed shows by comparison.
   */
  readonly changes: 'modified' | 'content';
  /** The field that holds a record's lines. */
  readonly lines: string | undefined;
  readonly paths: RecordPaths;
  /** Parameters of the list that a flow may set, and those without which it is refused. */
  readonly filters: readonly string[];
  readonly required: readonly string[];
  /** What people search a record by: a name, and the path of its value. */
  readonly references: Readonly<Record<string, string>>;
  readonly keyOf: (record: VismaRecord) => string;
  /** How much of the list's count a record makes up: its lines where a list counts lines, else 1. */
  readonly sizeOf: (record: VismaRecord) => number;
  /** A record as it was stored, read again. */
  readonly parse: (stored: unknown) => VismaRecord;
  readonly listPage: (
    client: VismaClient,
    filter: RecordFilter,
    pageNumber: number,
    purpose: CallPurpose,
    promisedTotal?: number,
  ) => Promise<Page<VismaRecord>>;
  /** Reads as little as the list allows; resolves to the number of records that came. */
  readonly probe: (client: VismaClient, purpose: CallPurpose) => Promise<number>;
}

/** What a client reads an entity with. */
type ReadList<T extends Versioned, F> = Pick<RecordList<T, F>, 'listPage'> & {
  probe(purpose: CallPurpose): Promise<number>;
};

interface Traits<T extends Versioned, F> {
  readonly reader: (client: VismaClient) => ReadList<T, F>;
  readonly changes?: RecordEntity['changes'];
  readonly lines?: string;
  readonly filters: readonly string[];
  readonly required?: readonly string[];
  /** The filter as the reader wants it, where that is not the parameters as they are. */
  readonly filterOf?: (filter: RecordFilter) => F;
  readonly references: Readonly<Record<string, string>>;
}

type Described<T extends Versioned> = Pick<Entity<T, never, never>, 'name' | 'schema' | 'keyOf' | 'parts'>;

function recordEntity<T extends Versioned, F>(
  { name, schema, keyOf, parts }: Described<T>,
  { reader, changes = 'modified', lines, filters, required = [], filterOf, references }: Traits<T, F>,
): RecordEntity {
  const filterFor = filterOf ?? ((filter: RecordFilter) => filter as unknown as F);
  return {
    name,
    changes,
    lines,
    paths: recordPaths(schema, lines),
    filters,
    required,
    references,
    keyOf: (record) => keyOf(record as unknown as T),
    sizeOf: (record) => parts?.count(record as unknown as T) ?? 1,
    parse: (stored) => schema.parse(stored) as VismaRecord,
    listPage: async (client, filter, pageNumber, purpose, promisedTotal) => {
      const page = await reader(client).listPage(filterFor(filter), pageNumber, purpose, promisedTotal);
      return { ...page, records: page.records as readonly Versioned[] as VismaRecord[] };
    },
    probe: (client, purpose) => reader(client).probe(purpose),
  };
}

const CUSTOMER_DOCUMENT = {
  filters: ['customer', 'status', 'branch', 'financialPeriod'],
  references: {
    voucher: 'referenceNumber',
    invoice: 'externalReference',
    customer: 'customer.number',
    payment: 'paymentReference',
  },
} as const;

/** Every entity whose records a flow can send as they are. A new one is one entry here. */
export const RECORD_ENTITIES = {
  supplier: recordEntity(supplierEntity, {
    reader: ({ suppliers }) => suppliers,
    filters: ['name', 'status', 'corporateId', 'vatRegistrationId'],
    references: { supplier: 'number' },
  }),
  supplierInvoice: recordEntity(supplierInvoiceEntity, {
    reader: ({ supplierInvoices }) => supplierInvoices,
    lines: 'invoiceLines',
    filters: ['supplier', 'documentType', 'status', 'branch', 'financialPeriod'],
    references: { voucher: 'referenceNumber', invoice: 'supplierReference', supplier: 'supplier.number' },
  }),
  supplierPayment: recordEntity(supplierPaymentEntity, {
    reader: ({ supplierPayments }) => supplierPayments,
    lines: 'paymentLines',
    filters: ['supplier', 'paymentType', 'status', 'branch', 'financialPeriod'],
    references: { voucher: 'refNbr', payment: 'paymentRef', supplier: 'supplier.number' },
  }),
  purchaseOrder: recordEntity(purchaseOrderEntity, {
    reader: ({ purchaseOrders }) => purchaseOrders,
    lines: 'lines',
    filters: ['supplier', 'orderType', 'orderStatus', 'branch'],
    references: { order: 'orderNbr', reference: 'supplierRef', supplier: 'supplier.number' },
  }),
  purchaseReceipt: recordEntity(purchaseReceiptEntity, {
    reader: ({ purchaseReceipts }) => purchaseReceipts,
    lines: 'lines',
    filters: ['supplier', 'receiptType', 'status', 'branch', 'poOrderNbr'],
    references: { receipt: 'receiptNbr', reference: 'supplierRef', supplier: 'supplier.number' },
  }),
  customer: recordEntity(customerEntity, {
    reader: ({ customers }) => customers,
    filters: ['name', 'status', 'corporateId', 'vatRegistrationId'],
    references: { customer: 'number' },
  }),
  customerInvoice: recordEntity(customerInvoiceEntity, {
    reader: ({ customerInvoices }) => customerInvoices,
    lines: 'invoiceLines',
    ...CUSTOMER_DOCUMENT,
  }),
  customerCreditNote: recordEntity(customerCreditNoteEntity, {
    reader: ({ customerCreditNotes }) => customerCreditNotes,
    lines: 'lines',
    ...CUSTOMER_DOCUMENT,
  }),
  customerDebitNote: recordEntity(customerDebitNoteEntity, {
    reader: ({ customerDebitNotes }) => customerDebitNotes,
    lines: 'lines',
    ...CUSTOMER_DOCUMENT,
  }),
  account: recordEntity(accountEntity, {
    reader: ({ accounts }) => accounts,
    filters: ['active'],
    references: { account: 'accountCD' },
  }),
  subaccount: recordEntity(subaccountEntity, {
    reader: ({ subaccounts }) => subaccounts,
    filters: ['active'],
    references: { subaccount: 'subaccountNumber' },
  }),
  // Whether its own filter looks at the values of segments is not documented.
  dimension: recordEntity(
    { name: 'dimension', schema: segmentValueSchema, keyOf: segmentValueKey },
    {
      reader: ({ dimensions }) => dimensions,
      changes: 'content',
      filters: ['dimension'],
      filterOf: ({ dimension }) => (dimension === undefined ? {} : { dimensions: [dimension] }),
      references: { dimension: 'dimension', value: 'valueId' },
    },
  ),
  journalTransaction: recordEntity(journalEntity, {
    reader: ({ journals }) => journals,
    lines: 'journalTransactionLines',
    filters: ['module', 'status', 'branch'],
    references: { batch: 'batchNumber', original: 'originalBatchNumber' },
  }),
  cashTransaction: recordEntity(cashTransactionEntity, {
    reader: ({ cashTransactions }) => cashTransactions,
    lines: 'transactionDetails',
    filters: [],
    references: { voucher: 'referenceNbr', reference: 'documentRef' },
  }),
  budget: recordEntity(budgetEntity, {
    reader: ({ budgets }) => budgets,
    lines: 'periods',
    filters: ['branch', 'ledger', 'financialYear', 'subaccount'],
    required: ['branch', 'ledger', 'financialYear'],
    references: { account: 'account.number', subaccount: 'subaccount.id' },
  }),
} as const satisfies Readonly<Record<string, RecordEntity>>;

export type RecordEntityName = keyof typeof RECORD_ENTITIES;

export const RECORD_ENTITY_NAMES = Object.keys(RECORD_ENTITIES) as [RecordEntityName, ...RecordEntityName[]];
