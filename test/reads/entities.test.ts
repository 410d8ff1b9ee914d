import assert from 'node:assert/strict';
import test from 'node:test';
import { RECORD_ENTITIES, type RecordEntityName } from '../../connectors/visma/records.ts';
import type { SeedInput } from '../../sandbox/visma/seed.ts';
import { callsOfPage } from '../docs/visma-calls.ts';
import { withConnector } from '../harness/connector.ts';
import { integrationText } from '../harness/integration.ts';
import { type RecordFlow, RecordsOut, recordFlowText } from '../harness/records.ts';

const connector = await withConnector();
const { admin } = connector.visma;

/** One record of an entity through its life: what the flow shows when it is made, changed and voided. */
interface Life {
  readonly flow: Omit<RecordFlow, 'entity'>;
  readonly seed: SeedInput;
  /** Entity and key, as the simulator knows them. */
  readonly touched: readonly [entity: string, key: string];
  readonly change: Record<string, unknown>;
  readonly voided: Record<string, unknown>;
  readonly rows: readonly [created: string, changed: string, voided: string];
}

const segment = (description: string, active: boolean) => ({
  segments: [{ segmentId: 1, segmentValues: [{ valueId: '10', description, active }] }],
});
const customerDocument = {
  flow: { columns: ['referenceNumber', 'invoiceText', 'status'] },
  change: { invoiceText: 'changed' },
  voided: { status: 'Voided' },
  rows: ['1;;Open', '1;changed;Open', '1;changed;Voided'],
} as const;

const LIVES: Readonly<Record<RecordEntityName, Life>> = {
  supplier: {
    flow: { columns: ['number', 'name', 'status'] },
    seed: { suppliers: [{ number: '50001', name: 'Fjord AS' }] },
    touched: ['supplier', '50001'],
    change: { name: 'Fjell AS' },
    voided: { status: 'Inactive' },
    rows: ['50001;Fjord AS;Active', '50001;Fjell AS;Active', '50001;Fjell AS;Inactive'],
  },
  supplierInvoice: {
    flow: { columns: ['referenceNumber', 'description', 'status'] },
    seed: { supplierInvoices: [{ referenceNumber: '1', supplier: { number: '50001' } }] },
    touched: ['supplierInvoice', 'Invoice/1'],
    change: { description: 'changed' },
    voided: { status: 'Voided' },
    rows: ['1;;Open', '1;changed;Open', '1;changed;Voided'],
  },
  supplierPayment: {
    flow: { columns: ['type', 'refNbr', 'paymentRef', 'status'] },
    seed: { supplierPayments: [{ refNbr: '1', supplier: { number: '50001' }, paymentRef: 'R', status: 'Open' }] },
    touched: ['supplierPayment', 'Payment/1'],
    change: { paymentRef: 'S' },
    voided: { status: 'Voided' },
    rows: ['Payment;1;R;Open', 'Payment;1;S;Open', 'Payment;1;S;Voided'],
  },
  purchaseOrder: {
    flow: { columns: ['orderNbr', 'supplierRef', 'status'] },
    seed: { purchaseOrders: [{ orderNbr: '1', supplier: { number: '50001' }, supplierRef: 'R', status: 'Open' }] },
    touched: ['purchaseOrder', '1'],
    change: { supplierRef: 'S' },
    voided: { status: 'Cancelled' },
    rows: ['1;R;Open', '1;S;Open', '1;S;Cancelled'],
  },
  purchaseReceipt: {
    flow: { columns: ['receiptNbr', 'supplierRef', 'status'] },
    seed: {
      purchaseReceipts: [{ receiptNbr: '1', supplier: { number: '50001' }, supplierRef: 'R', status: 'Released' }],
    },
    touched: ['purchaseReceipt', '1'],
    change: { supplierRef: 'S' },
    voided: { status: 'Cancelled' },
    rows: ['1;R;Released', '1;S;Released', '1;S;Cancelled'],
  },
  customer: {
    flow: { columns: ['number', 'name', 'status'] },
    seed: { customers: [{ number: '10001', name: 'Vik AS' }] },
    touched: ['customer', '10001'],
    change: { name: 'Vann AS' },
    voided: { status: 'Inactive' },
    rows: ['10001;Vik AS;Active', '10001;Vann AS;Active', '10001;Vann AS;Inactive'],
  },
  customerInvoice: {
    ...customerDocument,
    seed: { customerInvoices: [{ referenceNumber: '1', customer: { number: '10001' }, status: 'Open' }] },
    touched: ['customerInvoices', '1'],
  },
  customerCreditNote: {
    ...customerDocument,
    seed: { customerCreditNotes: [{ referenceNumber: '1', customer: { number: '10001' }, status: 'Open' }] },
    touched: ['customerCreditNotes', '1'],
  },
  customerDebitNote: {
    ...customerDocument,
    seed: { customerDebitNotes: [{ referenceNumber: '1', customer: { number: '10001' }, status: 'Open' }] },
    touched: ['customerDebitNotes', '1'],
  },
  account: {
    flow: { columns: ['accountCD', 'description', 'active'] },
    seed: { accounts: [{ accountCD: '4300', description: 'Freight' }] },
    touched: ['account', '4300'],
    change: { description: 'Carriage' },
    voided: { active: false },
    rows: ['4300;Freight;true', '4300;Carriage;true', '4300;Carriage;false'],
  },
  subaccount: {
    flow: { columns: ['subaccountNumber', 'description', 'active'] },
    seed: { subaccounts: [{ subaccountNumber: '10', description: 'Oslo' }] },
    touched: ['subaccount', '10'],
    change: { description: 'Bergen' },
    voided: { active: false },
    rows: ['10;Oslo;true', '10;Bergen;true', '10;Bergen;false'],
  },
  dimension: {
    flow: {
      columns: ['dimension', 'segmentId', 'valueId', 'description', 'active'],
      filters: { dimension: 'SUBACCOUNT' },
    },
    seed: { dimensions: [{ id: 'SUBACCOUNT', ...segment('Oslo', true) }] },
    touched: ['dimension', 'SUBACCOUNT'],
    change: segment('Bergen', true),
    voided: segment('Bergen', false),
    rows: ['SUBACCOUNT;1;10;Oslo;true', 'SUBACCOUNT;1;10;Bergen;true', 'SUBACCOUNT;1;10;Bergen;false'],
  },
  journalTransaction: {
    flow: { columns: ['batchNumber', 'description', 'status'] },
    seed: { journals: { count: 1, start: 1, prefix: '00000', template: { description: 'Wages', status: 'Unposted' } } },
    touched: ['journals', 'ModuleGL/000001'],
    change: { status: 'Posted' },
    voided: { status: 'Voided' },
    rows: ['000001;Wages;Unposted', '000001;Wages;Posted', '000001;Wages;Voided'],
  },
  cashTransaction: {
    flow: { columns: ['referenceNbr', 'documentRef', 'status'] },
    seed: { cashTransactions: [{ referenceNbr: '1', documentRef: 'R' }] },
    touched: ['cashTransaction', '1'],
    change: { documentRef: 'S' },
    voided: { status: 'Rejected' },
    rows: ['1;R;Released', '1;S;Released', '1;S;Rejected'],
  },
  budget: {
    flow: {
      columns: ['ledger', 'account.number', 'amount'],
      filters: { branch: '"1"', ledger: '"2"', financialYear: '"2026"' },
    },
    seed: {
      budgets: [
        {
          branchNumber: { number: '1' },
          ledger: '2',
          financialYear: '2026',
          account: { number: '4300' },
          subaccount: { id: '10' },
          amount: 100,
        },
      ],
    },
    touched: ['budget', '1/2/2026/4300/10'],
    change: { amount: 150.5 },
    voided: { amount: 0 },
    rows: ['2;4300;100', '2;4300;150,5', '2;4300;0'],
  },
};

const entities = Object.keys(LIVES) as RecordEntityName[];
const flowOf = (entity: RecordEntityName) => `${entity.toLowerCase()}-out`;
const config = await connector.configure(
  integrationText() +
    entities.map((entity) => recordFlowText(flowOf(entity), { entity, ...LIVES[entity].flow })).join(''),
);
await connector.startWorker();
const flows = new Map(entities.map((entity) => [entity, new RecordsOut(connector, flowOf(entity))]));

/** Runs every flow once and gives what each sent. */
async function sendAll(): Promise<Record<string, readonly string[]>> {
  await Promise.all([...flows.values()].map((flow) => flow.run(config)));
  const sent: [string, string[]][] = [];
  // A folder that is written to meanwhile cannot be listed.
  for (const [entity, flow] of flows) sent.push([entity, (await flow.newFiles()).flat()]);
  return Object.fromEntries(sent);
}

async function touchAll(changes: (life: Life) => Record<string, unknown>): Promise<void> {
  for (const life of Object.values(LIVES)) {
    const [entity, key] = life.touched;
    await admin.touch({ entity, key, changes: changes(life) as never });
  }
}

function expected(step: 0 | 1 | 2) {
  return Object.fromEntries(entities.map((entity) => [entity, [LIVES[entity].rows[step]]]));
}

/** How often the API was asked for what, by path. */
async function calls(): Promise<Record<string, number>> {
  const requests = (await admin.requests()).filter(({ path }) => path !== '/connect/token');
  await admin.clearRequests();
  return Object.fromEntries(
    [...Map.groupBy(requests, ({ method, path }) => `${method} ${path}`)].map(([what, all]) => [what, all.length]),
  );
}

test('every entity has its life told, and no call is made that the page about Visma.net does not name', async () => {
  assert.deepEqual(entities.toSorted(), Object.keys(RECORD_ENTITIES).toSorted());
  for (const { seed } of Object.values(LIVES)) await admin.seed(seed);
  await admin.clearRequests();
  const documented = await callsOfPage({ dimension: 'SUBACCOUNT' });

  assert.deepEqual(await sendAll(), expected(0));
  assert.deepEqual(await calls(), documented);

  await touchAll(({ change }) => change);
  assert.deepEqual(await sendAll(), expected(1));
  assert.deepEqual(await calls(), documented);

  await touchAll(({ voided }) => voided);
  assert.deepEqual(await sendAll(), expected(2));
  await calls();

  assert.deepEqual(await sendAll(), Object.fromEntries(entities.map((entity) => [entity, []])));
  assert.deepEqual(await calls(), documented);
});
