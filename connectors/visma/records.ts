import type { CallPurpose } from './budget.ts';
import type { VismaClient } from './client.ts';
import { accountEntity, subaccountEntity } from './entities/chart.ts';
import { supplierEntity } from './entities/supplier.ts';
import { supplierInvoiceEntity } from './entities/supplier-invoice.ts';
import type { Page, Versioned } from './pages.ts';
import type { Delta, Entity, Reader } from './reader.ts';
import { type RecordPaths, recordPaths } from './record-paths.ts';

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
  /** A record as it was stored, read again. */
  readonly parse: (stored: unknown) => VismaRecord;
  readonly listPage: (
    client: VismaClient,
    filter: RecordFilter,
    pageNumber: number,
    purpose: CallPurpose,
    promisedTotal?: number,
  ) => Promise<Page<VismaRecord>>;
}

interface Traits<T extends Versioned, F> {
  readonly reader: (client: VismaClient) => Pick<Reader<T, F, never>, 'listPage'>;
  readonly changes?: RecordEntity['changes'];
  readonly lines?: string;
  readonly filters: readonly string[];
  readonly required?: readonly string[];
  readonly references: Readonly<Record<string, string>>;
}

function recordEntity<T extends Versioned, F, K>(
  { name, schema, keyOf }: Entity<T, F, K>,
  { reader, changes = 'modified', lines, filters, required = [], references }: Traits<T, F>,
): RecordEntity {
  return {
    name,
    changes,
    lines,
    paths: recordPaths(schema, lines),
    filters,
    required,
    references,
    keyOf: (record) => keyOf(record as unknown as T),
    parse: (stored) => schema.parse(stored) as VismaRecord,
    listPage: async (client, filter, pageNumber, purpose, promisedTotal) => {
      const page = await reader(client).listPage(filter as unknown as F, pageNumber, purpose, promisedTotal);
      return { ...page, records: page.records as readonly Versioned[] as VismaRecord[] };
    },
  };
}

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
} as const satisfies Readonly<Record<string, RecordEntity>>;

export type RecordEntityName = keyof typeof RECORD_ENTITIES;

export const RECORD_ENTITY_NAMES = Object.keys(RECORD_ENTITIES) as [RecordEntityName, ...RecordEntityName[]];
