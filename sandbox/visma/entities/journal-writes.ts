import { BusinessRefusal } from '../answers.ts';
import { type JsonObject, valueAt } from '../json.ts';
import { described } from '../references.ts';
import { formatWall } from '../server-clock.ts';
import type { World } from '../world.ts';
import { type Fields, lines, OPERATION, SEGMENTS, text } from '../write-fields.ts';
import {
  accountNamed,
  dayOf,
  documentNumber,
  periodOf,
  postPeriodOf,
  refuseClosed,
  subaccountNamed,
} from './references-of-documents.ts';
import { cents, linesIn, sumOf, withLines } from './written-lines.ts';

/** The body of POST and PUT /v2/journaltransaction. */
export const JOURNAL_FIELDS: Fields = {
  batchNumber: text('document.number'),
  hold: { kind: 'boolean' },
  transactionDate: text('line.number'),
  postPeriod: text('reference.id'),
  financialPeriod: text('reference.id'),
  ledger: text('reference.id'),
  currencyId: text('reference.id'),
  exchangeRate: { kind: 'decimal' },
  autoReversing: { kind: 'boolean' },
  description: text('document.description'),
  controlTotalInCurrency: { kind: 'decimal' },
  createVatTransaction: { kind: 'boolean' },
  skipVatAmountValidation: { kind: 'boolean' },
  transactionCode: text('reference.id'),
  branch: text('line.number'),
  overrideNumberSeries: { kind: 'boolean' },
  journalTransactionLines: lines({
    operation: OPERATION,
    lineNumber: { kind: 'integer' },
    accountNumber: text('line.number'),
    subaccount: SEGMENTS,
    project: text('line.number'),
    projectTask: text('line.number'),
    referenceNumber: text('document.number'),
    transactionDescription: text('line.description'),
    debitAmountInCurrency: { kind: 'decimal' },
    creditAmountInCurrency: { kind: 'decimal' },
    vatCodeId: text('reference.id'),
    vatId: text('reference.id'),
    branch: text('line.number'),
    uom: text('line.number'),
    quantity: { kind: 'decimal' },
    note: text('document.note'),
  }),
};

/** A new batch of the general ledger: `Hold` or `Balanced`, never `Posted` before its release. Throws BusinessRefusal. */
export function createBatch(values: JsonObject, world: World): JsonObject {
  const batchNumber = documentNumber('journaltransaction', values.batchNumber, values, world);
  if (world.table('journaltransaction').get(`ModuleGL/${batchNumber}`) !== undefined) {
    throw new BusinessRefusal(`Error: The document '${batchNumber}' already exists in the system.`);
  }
  const blank = { module: 'ModuleGL', batchNumber, description: '', ledger: '1', branch: '1', reversingEntry: false };
  return withChanges({ ...blank, autoReversing: false, journalTransactionLines: [] }, values, world);
}

/** Changes a batch that is not released yet. Throws BusinessRefusal. */
export function updateBatch(record: JsonObject, values: JsonObject, world: World): JsonObject {
  if (record.status !== 'Hold' && record.status !== 'Balanced') {
    throw new BusinessRefusal('Error: The batch cannot be updated since it is released.');
  }
  return withChanges(record, values, world);
}

/** A released batch is posted at once, as the preference for automatic posting has it. */
export function releaseBatch(
  record: JsonObject,
  world: World,
): { readonly next: JsonObject } | { readonly failed: string } {
  if (record.status === 'Hold') return { failed: 'The batch is on hold and cannot be released.' };
  if (record.status !== 'Balanced') throw new BusinessRefusal('Batch Status invalid for processing.');
  refuseClosed(String(record.financialPeriod), world, 'closedInGeneralLedger');
  return { next: { ...record, status: 'Posted' } };
}

const TEXTS = ['description', 'ledger', 'branch', 'transactionCode', 'autoReversing', 'createVatTransaction'];

function withChanges(record: JsonObject, values: JsonObject, world: World): JsonObject {
  const date = dayOf(values.transactionDate ?? record.transactionDate, formatWall(world.clock.wall()));
  const period = String(values.financialPeriod ?? record.financialPeriod ?? periodOf(date));
  refuseClosed(period, world, 'closedInGeneralLedger');
  refuseUnknown('branch', 'BranchID', values.branch, world);
  refuseUnknown('ledger', 'LedgerID', values.ledger, world);
  const rate = Number(values.exchangeRate ?? record.exchangeRate ?? 1);
  const journalTransactionLines = withLines(linesIn(record.journalTransactionLines), values.journalTransactionLines, {
    numberField: 'lineNumber',
    laidOver: (line, written) => lineOf(line, written, rate, world),
  });
  const next = {
    ...record,
    ...Object.fromEntries(TEXTS.filter((name) => values[name] !== undefined).map((name) => [name, values[name] ?? ''])),
    transactionDate: date,
    financialPeriod: period,
    postPeriod: postPeriodOf(period),
    currencyId: world.references.need('currencies', String(values.currencyId ?? record.currencyId ?? 'NOK')).id,
    exchangeRate: rate,
    hold: values.hold ?? record.hold ?? false,
    journalTransactionLines,
  };
  return balanced({ ...next, ...totalsOf(journalTransactionLines) }, values);
}

function refuseUnknown(entity: 'branch' | 'ledger', erpName: string, key: unknown, world: World): void {
  if (key === undefined || world.table(entity).get(String(key)) !== undefined) return;
  throw new BusinessRefusal(`Error: ${erpName} '${key}' cannot be found in the system.`);
}

function totalsOf(entries: readonly JsonObject[]): JsonObject {
  const debitTotalInCurrency = sumOf(entries, 'debitAmountInCurrency');
  return {
    debitTotal: sumOf(entries, 'debitAmount'),
    debitTotalInCurrency,
    creditTotal: sumOf(entries, 'creditAmount'),
    creditTotalInCurrency: sumOf(entries, 'creditAmountInCurrency'),
    controlTotalInCurrency: debitTotalInCurrency,
  };
}

/** Only a batch on hold may be out of balance. */
function balanced(record: JsonObject, values: JsonObject): JsonObject {
  if (record.hold === true) return { ...record, status: 'Hold' };
  if (record.debitTotalInCurrency !== record.creditTotalInCurrency) {
    throw new BusinessRefusal('Error: The batch is not balanced. Review the debit and credit amounts.');
  }
  const control = values.controlTotalInCurrency;
  if (control !== undefined && cents(Number(control)) !== record.debitTotalInCurrency) {
    throw new BusinessRefusal('Error: The batch is out of balance with its control total.');
  }
  return { ...record, status: 'Balanced' };
}

function lineOf(before: JsonObject, written: JsonObject, rate: number, world: World): JsonObject {
  const accountNumber = String(written.accountNumber ?? before.accountNumber ?? '');
  if (accountNumber === '') throw new BusinessRefusal("Error: 'Account' cannot be empty.");
  const account = accountNamed(accountNumber, world);
  const subaccount =
    written.subaccount === undefined ? before.subaccount : subaccountNamed(linesIn(written.subaccount), world);
  const debit = Number(written.debitAmountInCurrency ?? before.debitAmountInCurrency ?? 0);
  const credit = Number(written.creditAmountInCurrency ?? before.creditAmountInCurrency ?? 0);
  refuseUnknown('branch', 'BranchID', written.branch, world);
  const { vatCodeId } = written;
  return {
    ...before,
    accountNumber: account.number ?? '',
    description: account.description ?? '',
    subaccount: subaccount ?? { subaccountNumber: '000000', segments: [] },
    referenceNumber: written.referenceNumber ?? before.referenceNumber ?? '',
    transactionDescription: written.transactionDescription ?? before.transactionDescription ?? '',
    debitAmountInCurrency: debit,
    debitAmount: cents(debit * rate),
    creditAmountInCurrency: credit,
    creditAmount: cents(credit * rate),
    branch: written.branch ?? valueAt(before, 'branch') ?? '1',
    module: 'GL',
    ...(vatCodeId === undefined ? {} : { vatCode: described(world.references.need('vatCodes', String(vatCodeId))) }),
  };
}
