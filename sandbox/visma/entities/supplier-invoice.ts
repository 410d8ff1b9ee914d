import type { Entity } from '../entity.ts';
import { LAST_MODIFIED } from '../filters.ts';
import { isObject, type JsonObject, merged } from '../json.ts';
import { described } from '../references.ts';
import { formatWall } from '../server-clock.ts';
import type { World } from '../world.ts';
import { SUPPLIER_INVOICE_FIELDS } from './supplier-invoice-fields.ts';
import { completeLine, DOCUMENT_TYPES, INVOICE_STATUSES } from './supplier-invoice-lines.ts';
import { createInvoice, releaseInvoice, updateInvoice } from './supplier-invoice-writes.ts';

/** /v1/supplierInvoice: the key is document type and reference number together. */
export const supplierInvoice: Entity = {
  name: 'supplierInvoice',
  plural: 'supplierInvoices',
  label: 'Supplier invoice',
  path: '/v1/supplierInvoice',
  onePaths: ['/:referenceNumber', '/:documentType/:referenceNumber'],
  // The short path form reaches documents of type Invoice only.
  keyOfPath: ({ documentType = 'Invoice', referenceNumber = '' }) => `${documentType}/${referenceNumber}`,
  keyOf: ({ documentType = 'Invoice', referenceNumber = '' }) =>
    referenceNumber === '' ? '' : `${documentType}/${referenceNumber}`,
  complete: completeInvoice,
  generate: (id, index) => ({
    referenceNumber: id,
    supplierReference: `INV-${id}`,
    supplier: { number: '50001' },
    invoiceLines: [
      { transactionDescription: 'Freight', unitCost: 100 + (index % 900), quantity: 1, account: { number: '4300' } },
    ],
  }),
  list: {
    paging: 'pages',
    filters: {
      ...LAST_MODIFIED,
      createdDateTime: { kind: 'moment', field: 'createdDateTime', condition: 'createdDateTimeCondition' },
      supplier: { kind: 'equals', field: 'supplier.number' },
      documentType: { kind: 'choice', field: 'documentType', values: DOCUMENT_TYPES },
      status: { kind: 'choice', field: 'status', values: INVOICE_STATUSES },
      branch: { kind: 'equals', field: 'branchNumber.number' },
      financialPeriod: { kind: 'equals', field: 'financialPeriod' },
      docDate: { kind: 'moment', field: 'date', condition: 'docDateCondition' },
      dueDate: { kind: 'moment', field: 'dueDate', condition: 'dueDateCondition' },
      balance: { kind: 'number', field: 'balance', condition: 'balanceCondition' },
    },
    notSimulated: [
      'released',
      'project',
      'item',
      'expandAttachment',
      'expandLandedCosts',
      'expandApproval',
      'expandLinePrebookAccounts',
    ],
    expanded: { note: 'expandNote' },
  },
  write: {
    fields: SUPPLIER_INVOICE_FIELDS,
    create: createInvoice,
    update: updateInvoice,
    locate: ({ referenceNumber }) => encodeURIComponent(String(referenceNumber)),
    inserting: 'Error creating document.',
    updating: 'Error updating document.',
  },
  actions: { release: releaseInvoice },
  actionPaths: ['/:referenceNumber', '/:documentType/:referenceNumber'],
  attachmentPaths: ['/:referenceNumber', '/documentType/:documentType/:referenceNumber'],
};

function completeInvoice(record: JsonObject, world: World): JsonObject {
  const today = `${formatWall(world.clock.wall()).slice(0, 10)}T00:00:00`;
  const lines = (Array.isArray(record.invoiceLines) ? record.invoiceLines : []).filter(isObject).map(completeLine);
  const net = cents(lines.reduce((sum, line) => sum + Number(line.cost ?? 0), 0));
  const vatAmount = Number(record.vatAmount ?? cents(net * 0.25));
  const date = String(record.date ?? today);
  const amount = Number(record.amount ?? cents(net + vatAmount));
  const blank = {
    documentType: 'Invoice',
    description: '',
    origInvoiceDate: date,
    dueDate: date,
    financialPeriod: date.slice(0, 4) + date.slice(5, 7),
    // MMYYYY, unlike the financial period.
    postPeriod: date.slice(5, 7) + date.slice(0, 4),
    status: 'Open',
    hold: false,
    currencyId: 'NOK',
    exchangeRate: 1,
    balance: amount,
    balanceInCurrency: amount,
    detailTotal: net,
    detailTotalInCurrency: net,
    vatTotal: vatAmount,
    vatTotalInCurrency: vatAmount,
    creditTerms: described(world.references.need('creditTerms', '30')),
    branchNumber: { number: '1', name: 'Main branch' },
    createdDateTime: formatWall(world.clock.wall()),
  };
  return merged(blank, {
    ...record,
    date,
    amount,
    vatAmount,
    supplier: supplierOf(record, world),
    invoiceLines: lines,
  });
}

/** Fills number, name and internal id from the supplier's own row, where there is one. */
function supplierOf({ supplier }: JsonObject, world: World): JsonObject {
  const given = isObject(supplier) ? supplier : {};
  const row = world.table('supplier').get(String(given.number ?? ''));
  return { internalId: row?.record.internalId ?? 0, name: row?.record.name ?? '', ...given };
}

/** Seeded sums are defaults for a demonstration, rounded to whole cents. */
function cents(value: number): number {
  return Math.round(value * 100) / 100;
}
