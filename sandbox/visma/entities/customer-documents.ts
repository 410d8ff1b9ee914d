import type { Entity } from '../entity.ts';
import { LAST_MODIFIED } from '../filters.ts';
import { isObject, type Json, type JsonObject, merged } from '../json.ts';
import { formatWall } from '../server-clock.ts';
import type { World } from '../world.ts';

const STATUSES = [
  'Hold',
  'Balanced',
  'Voided',
  'Scheduled',
  'Open',
  'Closed',
  'PendingPrint',
  'PendingEmail',
  'CreditHold',
  'CcHold',
  'Reserved',
] as const;

type DocumentName = 'customerinvoice' | 'customerCreditNote' | 'customerDebitNote';

/** GET /v1/customerinvoice. Its lines are called `invoiceLines`, those of the notes `lines`. */
export const customerInvoice = documentEntity('customerinvoice', 'customerInvoices', 'invoiceLines', 'Invoice');
export const customerCreditNote = documentEntity('customerCreditNote', 'customerCreditNotes', 'lines', 'CreditNote');
export const customerDebitNote = documentEntity('customerDebitNote', 'customerDebitNotes', 'lines', 'DebitNote');

function documentEntity(name: DocumentName, plural: string, lines: string, documentType: string): Entity {
  return {
    name,
    plural,
    label: 'Customer document',
    path: `/v1/${name}`,
    onePaths: ['/:referenceNumber'],
    keyOfPath: ({ referenceNumber = '' }) => referenceNumber,
    keyOf: ({ referenceNumber }) => String(referenceNumber ?? ''),
    complete: (record, world) => completeDocument(record, { lines, documentType }, world),
    generate: (id, index) => ({
      referenceNumber: id,
      customer: { number: '10001' },
      [lines]: [{ description: 'Consulting', quantity: 1, unitPrice: 100 + (index % 900) }],
    }),
    list: {
      paging: 'pages',
      filters: {
        ...LAST_MODIFIED,
        createdDateTime: { kind: 'moment', field: 'createdDateTime', condition: 'createdDateTimeCondition' },
        customer: { kind: 'equals', field: 'customer.number' },
        status: { kind: 'choice', field: 'status', values: STATUSES },
        branch: { kind: 'equals', field: 'branchNumber.number' },
        financialPeriod: { kind: 'equals', field: 'financialPeriod' },
        documentDate: { kind: 'moment', field: 'documentDate', condition: 'documentDateCondition' },
        documentDueDate: { kind: 'moment', field: 'documentDueDate', condition: 'documentDueDateCondition' },
        externalReference: { kind: 'equals', field: 'externalReference' },
        customerRefNumber: { kind: 'equals', field: 'customerRefNumber' },
        paymentReference: { kind: 'equals', field: 'paymentReference' },
      },
      notSimulated: ['documentType', 'released', 'project', 'expandAttachments', 'expandTaxDetails'],
    },
  };
}

interface Form {
  readonly lines: string;
  readonly documentType: string;
}

function completeDocument(record: JsonObject, { lines, documentType }: Form, world: World): JsonObject {
  const date = String(record.documentDate ?? `${formatWall(world.clock.wall()).slice(0, 10)}T00:00:00`);
  const given = (Array.isArray(record[lines]) ? (record[lines] as Json[]) : []).filter(isObject).map(completeLine);
  const net = given.reduce((sum, line) => sum + Number(line.amount), 0);
  const vat = Math.round(net * 25) / 100;
  const blank = {
    documentType,
    documentDueDate: date,
    financialPeriod: date.slice(0, 4) + date.slice(5, 7),
    postPeriod: date.slice(5, 7) + date.slice(0, 4),
    status: 'Open',
    hold: false,
    currencyId: 'NOK',
    exchangeRate: 1,
    amount: net + vat,
    amountInCurrency: net + vat,
    balance: net + vat,
    balanceInCurrency: net + vat,
    vatTotal: vat,
    vatTotalInCurrency: vat,
    branchNumber: { number: '1', name: 'Main branch' },
    createdDateTime: formatWall(world.clock.wall()),
  };
  return merged(blank, { ...record, documentDate: date, [lines]: given });
}

function completeLine(line: JsonObject, index: number): JsonObject {
  const amount = Number(line.amount ?? Number(line.quantity ?? 1) * Number(line.unitPrice ?? 0));
  const blank = {
    lineNumber: index + 1,
    description: '',
    quantity: 1,
    uom: 'STK',
    amount,
    amountInCurrency: amount,
    account: { type: 'Income', number: '3000', description: 'Sales', active: true },
    vatCode: { id: '3', description: 'Output VAT 25 %' },
  };
  return merged(blank, line);
}
