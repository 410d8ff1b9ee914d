import type { Entity } from '../entity.ts';
import { isObject, type Json, type JsonObject, merged } from '../json.ts';
import { formatWall } from '../server-clock.ts';
import type { World } from '../world.ts';
import { createBatch, JOURNAL_FIELDS, releaseBatch, updateBatch } from './journal-writes.ts';

const MODULES = ['GL', 'AP', 'AR', 'CM', 'CA', 'IN', 'DR', 'FA', 'PM'] as const;
const STATUSES = ['Hold', 'Balanced', 'Unposted', 'Posted', 'Voided', 'Scheduled', 'Unreleased'] as const;

/** /v2/journaltransaction: its pages count lines, and are cut wherever a page is full, also within a batch. */
export const journal: Entity = {
  name: 'journaltransaction',
  plural: 'journals',
  label: 'Journal transaction',
  path: '/v2/journaltransaction',
  onePaths: ['/:batchNumber'],
  // One batch is asked for by its number alone; which of two modules with the same number answers is not known.
  keyOfPath: ({ batchNumber = '' }) => `ModuleGL/${batchNumber}`,
  keyOf: ({ module = 'ModuleGL', batchNumber = '' }) => (batchNumber === '' ? '' : `${module}/${batchNumber}`),
  complete: completeBatch,
  generate: (id, index) => ({
    batchNumber: id,
    description: `Batch ${id}`,
    journalTransactionLines: [
      { accountNumber: '1920', debitAmount: 100 + (index % 900), debitAmountInCurrency: 100 + (index % 900) },
      { accountNumber: '3000', creditAmount: 100 + (index % 900), creditAmountInCurrency: 100 + (index % 900) },
    ],
  }),
  list: {
    paging: 'pages',
    pagesCount: 'journalTransactionLines',
    required: ({ periodId, lastModifiedDateTime }) =>
      periodId === undefined && lastModifiedDateTime === undefined ? 'periodId or lastModifiedDateTime' : undefined,
    filters: {
      periodId: { kind: 'equals', field: 'financialPeriod' },
      lastModifiedDateTime: { kind: 'modified since' },
      module: { kind: 'choice', field: 'module', values: MODULES, reads: (code) => `Module${code}` },
      status: { kind: 'choice', field: 'status', values: STATUSES },
      branch: { kind: 'equals', field: 'branch' },
    },
    notSimulated: ['expandAttachments'],
  },
  write: {
    fields: JOURNAL_FIELDS,
    create: createBatch,
    update: updateBatch,
    locate: ({ batchNumber }) => encodeURIComponent(String(batchNumber)),
    inserting: 'Error creating document.',
    updating: 'Error updating document.',
  },
  actions: { release: releaseBatch },
  actionPaths: ['/:batchNumber'],
};

function completeBatch(record: JsonObject, world: World): JsonObject {
  const date = String(record.transactionDate ?? `${formatWall(world.clock.wall()).slice(0, 10)}T00:00:00`);
  const given = Array.isArray(record.journalTransactionLines) ? (record.journalTransactionLines as Json[]) : [];
  const lines = given.filter(isObject).map(completeLine);
  const total = (side: string) => lines.reduce((sum, line) => sum + Math.round(Number(line[side]) * 100), 0) / 100;
  const blank = {
    module: 'ModuleGL',
    status: 'Posted',
    hold: false,
    financialPeriod: date.slice(0, 4) + date.slice(5, 7),
    // MMYYYY, unlike the financial period.
    postPeriod: date.slice(5, 7) + date.slice(0, 4),
    ledger: '1',
    ledgerDescription: 'Actual ledger',
    currencyId: 'NOK',
    exchangeRate: 1,
    autoReversing: false,
    reversingEntry: false,
    description: '',
    debitTotal: total('debitAmount'),
    debitTotalInCurrency: total('debitAmountInCurrency'),
    creditTotal: total('creditAmount'),
    creditTotalInCurrency: total('creditAmountInCurrency'),
    controlTotal: total('debitAmount'),
    controlTotalInCurrency: total('debitAmountInCurrency'),
    createVatTransaction: false,
    branch: '1',
  };
  return merged(blank, { ...record, transactionDate: date, journalTransactionLines: lines });
}

function completeLine(line: JsonObject, index: number): JsonObject {
  const debit = Number(line.debitAmountInCurrency ?? line.debitAmount ?? 0);
  const credit = Number(line.creditAmountInCurrency ?? line.creditAmount ?? 0);
  const blank = {
    lineNumber: index + 1,
    description: '',
    subaccount: { subaccountNumber: '000000', subaccountId: 1, description: 'Default', segments: [] },
    referenceNumber: '',
    debitAmount: debit,
    debitAmountInCurrency: debit,
    creditAmount: credit,
    creditAmountInCurrency: credit,
    transactionDescription: '',
    branch: '1',
    module: 'GL',
    quantity: 0,
  };
  return merged(blank, line);
}
