import { BusinessRefusal } from '../answers.ts';
import type { Entity } from '../entity.ts';
import { LAST_MODIFIED } from '../filters.ts';
import { type JsonObject, merged } from '../json.ts';
import { formatWall } from '../server-clock.ts';
import type { World } from '../world.ts';
import { choice, type Fields, lines, OPERATION, text } from '../write-fields.ts';
import { dayOf, documentNumber, periodOf, refuseClosed, supplierNamed } from './references-of-documents.ts';
import { cents, linesIn, sumOf, withLines } from './written-lines.ts';

const TYPES = ['Payment', 'DebitAdj', 'Prepayment', 'Refund', 'VoidPayment', 'VoidRefund'] as const;
const STATUSES = [
  'Hold',
  'Balanced',
  'Voided',
  'Scheduled',
  'Open',
  'Closed',
  'Printed',
  'Prebooked',
  'PendingApproval',
  'Rejected',
  'Reserved',
  'PendingPrint',
] as const;

const FIELDS: Fields = {
  type: choice(...TYPES),
  referenceNumber: text('document.number'),
  hold: { kind: 'boolean' },
  applicationDate: text('line.number'),
  applicationPeriod: text('reference.id'),
  paymentRef: text('document.externalReference'),
  supplier: text('supplier.number'),
  location: text('line.number'),
  paymentMethod: text('reference.id'),
  cashAccount: text('reference.id'),
  currency: text('reference.id'),
  description: text('document.description'),
  paymentAmount: { kind: 'decimal' },
  branch: text('line.number'),
  overrideNumberSeries: { kind: 'boolean' },
  paymentLines: lines({
    operation: OPERATION,
    documentType: choice('Invoice', 'CreditAdj', 'DebitAdj', 'Prepayment'),
    refNbr: text('document.number'),
    amountPaid: { kind: 'decimal' },
    cashDiscountTaken: { kind: 'decimal' },
    crossRate: { kind: 'decimal' },
  }),
};

/** /v1/supplierPayment: the key is type and number together; the path of an update and of an action has the number alone. */
export const supplierPayment: Entity = {
  name: 'supplierPayment',
  plural: 'supplierPayments',
  label: 'Supplier payment',
  path: '/v1/supplierPayment',
  onePaths: ['/:refNbr', '/:type/:refNbr'],
  keyOfPath: ({ type = 'Payment', refNbr = '' }) => `${type}/${refNbr}`,
  keyOf: ({ type = 'Payment', refNbr = '' }) => (refNbr === '' ? '' : `${type}/${refNbr}`),
  complete: (record, world) => merged(blankPayment(record, world), record),
  generate: (id) => ({ refNbr: id, supplier: { number: '50001' }, paymentAmount: 100, paymentRef: `REM-${id}` }),
  list: {
    paging: 'pages',
    filters: {
      ...LAST_MODIFIED,
      paymentType: { kind: 'choice', field: 'type', values: TYPES },
      supplier: { kind: 'equals', field: 'supplier.number' },
      branch: { kind: 'equals', field: 'branch' },
      status: { kind: 'choice', field: 'status', values: STATUSES },
      financialPeriod: { kind: 'equals', field: 'applicationPeriod' },
      docDate: { kind: 'moment', field: 'applicationDate', condition: 'docDateCondition' },
      balance: { kind: 'number', field: 'balance', condition: 'balanceCondition' },
    },
    notSimulated: ['invoiceRefNbr', 'dueDate', 'dueDateCondition'],
  },
  write: {
    fields: FIELDS,
    create: createPayment,
    update: updatePayment,
    locate: ({ refNbr }) => encodeURIComponent(String(refNbr)),
    inserting: 'Error creating document.',
    updating: 'Error updating document.',
  },
  updatePaths: ['/:refNbr'],
  actions: { release: releasePayment },
  actionPaths: ['/:refNbr'],
  actionFields: { type: choice(...TYPES) },
};

function blankPayment(record: JsonObject, world: World): JsonObject {
  const date = dayOf(record.applicationDate, formatWall(world.clock.wall()));
  return {
    type: 'Payment',
    documentType: record.type ?? 'Payment',
    status: 'Open',
    hold: false,
    released: true,
    applicationDate: date,
    applicationPeriod: periodOf(date),
    paymentMethod: { id: '1', description: 'Bank payment' },
    cashAccount: '1920',
    currency: { id: 'NOK' },
    description: '',
    paymentAmount: 0,
    balance: 0,
    branch: '1',
    paymentLines: [],
  };
}

function createPayment(values: JsonObject, world: World): JsonObject {
  const type = String(values.type ?? 'Payment');
  const refNbr = documentNumber('supplierPayment', values.referenceNumber, values, world);
  if (world.table('supplierPayment').get(`${type}/${refNbr}`) !== undefined) {
    throw new BusinessRefusal(`Error: The document '${refNbr}' already exists in the system.`);
  }
  const supplier = supplierNamed(values.supplier, world);
  const blank = { ...blankPayment({ type }, world), type, refNbr, supplier, released: false };
  return withChanges(blank, values, world);
}

function updatePayment(record: JsonObject, values: JsonObject, world: World): JsonObject {
  if (record.released === true) {
    throw new BusinessRefusal('Error: The payment cannot be updated since it is released.');
  }
  return withChanges(record, values, world);
}

function withChanges(record: JsonObject, values: JsonObject, world: World): JsonObject {
  const { references } = world;
  const date = dayOf(values.applicationDate ?? record.applicationDate, formatWall(world.clock.wall()));
  const period = String(values.applicationPeriod ?? periodOf(date));
  refuseClosed(period, world);
  const paymentLines = withLines(linesIn(record.paymentLines), values.paymentLines, {
    numberField: 'lineNumber',
    laidOver: (line, written) => lineOf(line, written, record, world),
  });
  const paymentAmount = Number(values.paymentAmount ?? record.paymentAmount);
  const appliedAmount = sumOf(paymentLines, 'amountPaid');
  if (appliedAmount > paymentAmount) throw new BusinessRefusal('Error: The document is out of the balance.');
  const hold = values.hold ?? record.hold ?? false;
  const texts = ['paymentRef', 'description', 'branch'].filter((name) => values[name] !== undefined);
  return {
    ...record,
    ...Object.fromEntries(texts.map((name) => [name, values[name] ?? ''])),
    applicationDate: date,
    applicationPeriod: period,
    ...(values.currency === undefined
      ? {}
      : { currency: { id: references.need('currencies', String(values.currency)).id } }),
    ...(values.paymentMethod === undefined
      ? {}
      : { paymentMethod: { id: references.need('paymentMethods', String(values.paymentMethod)).id } }),
    ...(values.cashAccount === undefined
      ? {}
      : { cashAccount: references.need('cashAccounts', String(values.cashAccount)).id }),
    paymentLines,
    paymentAmount,
    appliedAmount,
    unappliedBalance: cents(paymentAmount - appliedAmount),
    balance: paymentAmount,
    hold,
    status: hold === true ? 'Hold' : 'Balanced',
  };
}

/** A payment settles released invoices of its supplier, and not more of one than is open. */
function lineOf(before: JsonObject, written: JsonObject, payment: JsonObject, world: World): JsonObject {
  const docType = String(written.documentType ?? before.docType ?? 'Invoice');
  const invoiceRefNbr = String(written.refNbr ?? before.invoiceRefNbr ?? '');
  const invoice = world.table('supplierInvoice').get(`${docType}/${invoiceRefNbr}`)?.record;
  const supplierOf = (record: JsonObject | undefined) => (record?.supplier as JsonObject | undefined)?.number;
  if (invoice === undefined || supplierOf(invoice) !== supplierOf(payment) || invoice.status !== 'Open') {
    throw new BusinessRefusal(`Error: Reference Nbr. '${invoiceRefNbr}' cannot be found in the system.`);
  }
  const amountPaid = Number(written.amountPaid ?? before.amountPaid ?? invoice.balance ?? 0);
  if (amountPaid > Number(invoice.balance ?? 0)) {
    throw new BusinessRefusal('Error: The amount paid must be less than or equal to the balance of the document.');
  }
  const { dueDate = '', balance = 0, supplierReference = '' } = invoice;
  return { ...before, docType, invoiceRefNbr, amountPaid, dueDate, balance, supplierRef: supplierReference };
}

/** What it settles is paid with its release: the balance of each invoice falls, one that is paid in full is closed. */
function releasePayment(record: JsonObject, world: World): { readonly next: JsonObject } | { readonly failed: string } {
  if (record.status === 'Hold') return { failed: 'The document is on hold and cannot be released.' };
  if (record.status !== 'Balanced') throw new BusinessRefusal('Document Status is invalid for processing.');
  const invoices = world.table('supplierInvoice');
  for (const { docType, invoiceRefNbr, amountPaid } of linesIn(record.paymentLines)) {
    const row = invoices.get(`${docType}/${invoiceRefNbr}`);
    if (row === undefined) continue;
    const balance = cents(Number(row.record.balance ?? 0) - Number(amountPaid));
    const status = balance === 0 ? 'Closed' : 'Open';
    invoices.put(row.key, { ...row.record, balance, balanceInCurrency: balance, status }, world.clock.wall());
  }
  const balance = Number(record.unappliedBalance ?? 0);
  return { next: { ...record, released: true, balance, status: balance === 0 ? 'Closed' : 'Open' } };
}
