import { BusinessRefusal } from '../answers.ts';
import type { Entity } from '../entity.ts';
import { LAST_MODIFIED } from '../filters.ts';
import { type JsonObject, merged } from '../json.ts';
import { formatWall } from '../server-clock.ts';
import type { World } from '../world.ts';
import { ORDER_TYPES, PURCHASE_ORDER_FIELDS } from './purchase-order-fields.ts';
import { accountNamed, dayOf, documentNumber, subaccountNamed, supplierNamed } from './references-of-documents.ts';
import { cents, linesIn, sumOf, withLines } from './written-lines.ts';

const STATUSES = [
  'Balanced',
  'Cancelled',
  'Closed',
  'Hold',
  'Open',
  'PendingEmail',
  'PendingPrint',
  'Printed',
  'Voided',
] as const;

/** /v1/purchaseorder: an order is closed when all its lines are completed. */
export const purchaseOrder: Entity = {
  name: 'purchaseOrder',
  plural: 'purchaseOrders',
  label: 'Purchase order',
  path: '/v1/purchaseorder',
  onePaths: ['/:orderNbr'],
  keyOfPath: ({ orderNbr = '' }) => orderNbr,
  keyOf: ({ orderNbr }) => String(orderNbr ?? ''),
  complete: (record, world) => {
    const seeded = linesIn(record.lines).map((line, index) => merged({ lineNbr: index + 1, ...BLANK_LINE }, line));
    return totalled(merged(blankOrder(record, world), { ...record, lines: seeded.map(withExtension) }));
  },
  generate: (id, index) => ({
    orderNbr: id,
    supplier: { number: '50001' },
    lines: [{ lineDescription: 'Bolts', orderQty: 1 + (index % 50), unitCost: 12.5 }],
  }),
  list: {
    paging: 'pages',
    filters: {
      ...LAST_MODIFIED,
      orderType: { kind: 'choice', field: 'orderType', values: ORDER_TYPES },
      orderStatus: { kind: 'choice', field: 'status', values: STATUSES },
      supplier: { kind: 'equals', field: 'supplier.number' },
      branch: { kind: 'equals', field: 'branch.number' },
      orderDate: { kind: 'moment', field: 'date', condition: 'orderDateCondition' },
      deliveryDate: { kind: 'moment', field: 'promisedOn', condition: 'deliveryDateCondition' },
    },
    notSimulated: ['includeCustomFreeFields'],
  },
  write: {
    fields: PURCHASE_ORDER_FIELDS,
    create: createOrder,
    update: updateOrder,
    locate: ({ orderNbr }) => encodeURIComponent(String(orderNbr)),
    inserting: 'Error creating document.',
    updating: 'Error updating document.',
  },
};

const BLANK_LINE = {
  inventory: { number: '', description: '' },
  lineType: 'NonStock',
  lineDescription: '',
  uom: 'STK',
  orderQty: 1,
  qtyOnReceipts: 0,
  unitCost: 0,
  completed: false,
  canceled: false,
};

function blankOrder(record: JsonObject, world: World): JsonObject {
  const date = dayOf(record.date, formatWall(world.clock.wall()));
  return {
    orderType: 'RegularOrder',
    status: 'Open',
    hold: false,
    date,
    promisedOn: date,
    description: '',
    currency: 'NOK',
    exchangeRate: 1,
    supplierRef: '',
    branch: { number: '1', name: 'Main branch' },
    taxTotal: 0,
    lines: [],
    purchaseReceipts: [],
  };
}

function createOrder(values: JsonObject, world: World): JsonObject {
  const orderNbr = documentNumber('purchaseOrder', values.orderNumber, values, world);
  if (world.table('purchaseOrder').get(orderNbr) !== undefined) {
    throw new BusinessRefusal(`Error: The document '${orderNbr}' already exists in the system.`);
  }
  const supplier = supplierNamed(values.supplier, world);
  return withChanges({ ...blankOrder({}, world), orderNbr, supplier }, values, world);
}

function updateOrder(record: JsonObject, values: JsonObject, world: World): JsonObject {
  if (record.status === 'Closed' || record.status === 'Cancelled') {
    throw new BusinessRefusal('Error: The purchase order cannot be updated since it is closed.');
  }
  return withChanges(record, values, world);
}

const TEXTS = ['orderType', 'description', 'supplierRef', 'note'];

function withChanges(record: JsonObject, values: JsonObject, world: World): JsonObject {
  const texts = TEXTS.filter((name) => values[name] !== undefined).map((name) => [name, values[name] ?? '']);
  const date = dayOf(values.date ?? record.date, formatWall(world.clock.wall()));
  const { currency, branch } = values;
  return totalled({
    ...record,
    ...Object.fromEntries(texts),
    date,
    promisedOn: dayOf(values.promisedOn ?? record.promisedOn, date),
    ...(currency === undefined ? {} : { currency: world.references.need('currencies', String(currency)).id }),
    ...(branch === undefined ? {} : { branch: { number: branch, name: '' } }),
    hold: values.hold ?? record.hold ?? false,
    lines: withLines(linesIn(record.lines), values.lines, {
      numberField: 'lineNbr',
      laidOver: (line, written) => lineOf(line, written, world),
    }),
  });
}

const COPIED = [
  'lineType',
  'lineDescription',
  'uom',
  'orderQty',
  'unitCost',
  'promised',
  'requested',
  'completed',
  'note',
];

function lineOf(before: JsonObject, written: JsonObject, world: World): JsonObject {
  const copied = COPIED.filter((name) => written[name] !== undefined).map((name) => [name, written[name] ?? '']);
  const { inventory, account, sub, taxCategory } = written;
  const line: JsonObject = {
    ...BLANK_LINE,
    ...before,
    ...Object.fromEntries(copied),
    ...(inventory === undefined ? {} : { inventory: { number: inventory, description: '' } }),
    ...(account === undefined ? {} : { account: accountNamed(account, world) }),
    ...(sub === undefined ? {} : { sub: subaccountNamed(linesIn(sub), world) }),
    ...(taxCategory === undefined ? {} : { taxCategory: world.references.need('vatCodes', String(taxCategory)).id }),
  };
  // A line that is completed with nothing received was cancelled.
  return withExtension({ ...line, canceled: line.completed === true && Number(line.qtyOnReceipts) === 0 });
}

function withExtension(line: JsonObject): JsonObject {
  const extCost = cents(Number(line.orderQty) * Number(line.unitCost));
  return { ...line, extCost, amount: extCost };
}

function totalled(record: JsonObject): JsonObject {
  const lines = linesIn(record.lines);
  const lineTotal = sumOf(lines, 'extCost');
  const isDone = lines.length > 0 && lines.every(({ completed }) => completed === true);
  const status = isDone ? 'Closed' : record.hold === true ? 'Hold' : record.status === 'Hold' ? 'Open' : record.status;
  return {
    ...record,
    lineTotal,
    lineTotalInBaseCurrency: lineTotal,
    orderTotal: cents(lineTotal + Number(record.taxTotal ?? 0)),
    controlTotal: lineTotal,
    openQuantity: lines.reduce((sum, line) => sum + openOf(line), 0),
    status: status ?? 'Open',
  };
}

function openOf({ completed, orderQty, qtyOnReceipts }: JsonObject): number {
  return completed === true ? 0 : Math.max(0, Number(orderQty) - Number(qtyOnReceipts));
}
