import type { Entity } from '../entity.ts';
import { LAST_MODIFIED } from '../filters.ts';
import { type JsonObject, merged } from '../json.ts';
import { formatWall } from '../server-clock.ts';
import type { World } from '../world.ts';
import { dayOf, periodOf, postPeriodOf } from './references-of-documents.ts';
import { cents, linesIn, sumOf } from './written-lines.ts';

const TYPES = ['PoReceipt', 'PoReturn', 'TransferReceipt'] as const;
const STATUSES = ['Hold', 'Balanced', 'Released', 'Cancelled'] as const;

/** GET /v2/PurchaseReceipt: version 1 cannot be read any more, and a page holds 500 at most. */
export const purchaseReceipt: Entity = {
  name: 'purchaseReceipt',
  plural: 'purchaseReceipts',
  label: 'Purchase receipt',
  path: '/v2/PurchaseReceipt',
  onePaths: ['/:receiptNbr'],
  keyOfPath: ({ receiptNbr = '' }) => receiptNbr,
  keyOf: ({ receiptNbr }) => String(receiptNbr ?? ''),
  complete: completeReceipt,
  generate: (id) => ({
    receiptNbr: id,
    supplier: { number: '50001' },
    lines: [{ transactionDescription: 'Bolts', receiptQty: 1, unitCost: 12.5, poOrderNbr: id, poOrderLineNbr: 1 }],
  }),
  list: {
    paging: 'pages',
    maxPageSize: 500,
    filters: {
      ...LAST_MODIFIED,
      receiptType: { kind: 'choice', field: 'receiptType', values: TYPES },
      status: { kind: 'choice', field: 'status', values: STATUSES },
      supplier: { kind: 'equals', field: 'supplier.number' },
      branch: { kind: 'equals', field: 'branchNumber.number' },
      receiptDate: { kind: 'moment', field: 'date', condition: 'receiptDateCondition' },
      dueDate: { kind: 'moment', field: 'dueDate', condition: 'dueDateCondition' },
    },
    notSimulated: ['poOrderNbr', 'finPeriod', 'includeCustomFreeFields'],
    expanded: { note: 'expandNote' },
  },
};

function completeReceipt(record: JsonObject, world: World): JsonObject {
  const date = dayOf(record.date, formatWall(world.clock.wall()));
  const lines = linesIn(record.lines).map((line, index) => {
    const extCost = cents(Number(line.receiptQty ?? 1) * Number(line.unitCost ?? 0));
    return merged({ lineNbr: index + 1, receiptQty: 1, unitCost: 0, extCost, amount: extCost, uom: 'STK' }, line);
  });
  const blank = {
    receiptType: 'PoReceipt',
    status: 'Released',
    hold: false,
    date,
    dueDate: date,
    postPeriod: postPeriodOf(periodOf(date)),
    currency: 'NOK',
    exchangeRate: 1,
    createBill: false,
    supplierRef: '',
    totalQty: sumOf(lines, 'receiptQty'),
    totalAmt: sumOf(lines, 'amount'),
    branchNumber: { number: '1', name: 'Main branch' },
  };
  return merged(blank, { ...record, date, lines });
}
