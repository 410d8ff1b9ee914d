import { CRASH_POINTS, type CrashPoint } from '../../activities/crash-point.ts';
import type { Connector } from '../harness/connector.ts';
import { partnerHas } from '../harness/disturb.ts';
import { type IntegrationChanges, integrationText } from '../harness/integration.ts';
import { dropInvoices, invoicesInFlow, invoicesInVisma } from '../harness/invoices.ts';
import { balanced, dropJournals, journalsInFlow, journalsInVisma, seedForJournals } from '../harness/journals.ts';
import { dropOrders, type OrderRow, ordersInFlow, ordersInVisma } from '../harness/orders.ts';
import { dropPayments, paymentsInFlow, seedOpenInvoices } from '../harness/payments.ts';
import { dropVendors } from '../harness/vendors.ts';

/** One kind of write: how work is put before its flow, and how the target itself says what it has got. */
export interface CrashKind {
  readonly name: string;
  readonly flow: string;
  /** The integration file that its documents take their way by. */
  readonly integration: string;
  /** The crash points that its documents pass. */
  readonly points: readonly CrashPoint[];
  /** The requests that carry its writes to Visma.net, so many a document; files have none. */
  readonly writes?: { readonly path: string; readonly each: number };
  /** Puts `count` documents at the source; their keys are unlike those of any other seed. */
  begin(connector: Connector, seed: number, count: number): Promise<string[]>;
  /** The key of everything that the target has got from this kind, as often as it got it. */
  arrived(connector: Connector): Promise<string[]>;
}

/** Together they are the time after which an absent record counts as never written: 2.5 s. */
const WINDOWS: IntegrationChanges = { sendWindow: '1s', targetLimit: '1s', margin: '500ms' };

const TEMPORARY_FILE: readonly CrashPoint[] = ['temp half written', 'staged', 'renamed'];
const INBOUND_FILE: readonly CrashPoint[] = ['body stored', 'archive moved'];
const REQUEST: readonly CrashPoint[] = ['slot taken', 'sent, no byte written', 'answer read'];

const TO_VISMA = CRASH_POINTS.filter((point) => !TEMPORARY_FILE.includes(point));
const TO_A_FOLDER = CRASH_POINTS.filter((point) => ![...INBOUND_FILE, ...REQUEST].includes(point));

/** Every other supplier is in Visma.net already, under another name. */
const vendorsIn: CrashKind = {
  name: 'suppliers',
  flow: 'vendors-in',
  integration: integrationText(WINDOWS),
  points: TO_VISMA,
  writes: { path: '/supplier', each: 1 },
  begin: async (connector, seed, count) => {
    const numbers = Array.from({ length: count }, (_, index) => `${1_000_000 + seed * 10 + index}`);
    const known = numbers.filter((_, index) => index % 2 === 1);
    await connector.visma.admin.seed({ suppliers: known.map((number) => ({ number, name: `Before ${number}` })) });
    return dropNamed(connector, seed, numbers);
  },
  arrived: arrivedSuppliers,
};

const vendorsBySeries: CrashKind = {
  name: 'suppliers, numbers by series',
  flow: 'vendors-in',
  integration: integrationText({ ...WINDOWS, numbering: 'automatic' }),
  points: TO_VISMA,
  writes: { path: '/supplier', each: 1 },
  begin: (connector, seed, count) =>
    dropNamed(
      connector,
      seed,
      Array.from({ length: count }, (_, index) => `${2_000_000 + seed * 10 + index}`),
    ),
  arrived: arrivedSuppliers,
};

async function dropNamed(connector: Connector, seed: number, numbers: readonly string[]): Promise<string[]> {
  const rows = numbers.map((number) => ({ number, name: `Vendor ${number}` }));
  await dropVendors(connector, `seed ${seed}.csv`, rows);
  return rows.map(({ name }) => name);
}

async function arrivedSuppliers({ visma }: Connector): Promise<string[]> {
  const { commits } = await visma.admin.state({ entity: 'supplier', records: false });
  const own = commits.filter(({ entity }) => entity === 'supplier');
  return own.map(({ body }) => (body as { name: { value: string } }).name.value);
}

/** Each is created, gets its rows attached and is released: three writes. */
const invoicesIn: CrashKind = {
  name: 'supplier invoices',
  flow: 'invoices-in',
  integration: integrationText(WINDOWS) + invoicesInFlow({ attach: 'rows', release: true }),
  points: TO_VISMA,
  writes: { path: '/supplierInvoice', each: 3 },
  begin: async (connector, seed, count) => {
    const numbers = Array.from({ length: count }, (_, index) => `F-${4_000_000 + seed * 10 + index}`);
    await dropInvoices(
      connector,
      `seed ${seed}.csv`,
      numbers.map((number) => ({ number })),
    );
    return numbers.flatMap((number) => [`create ${number}`, `attachment ${number}`, `action release ${number}`]);
  },
  arrived: async (connector) => {
    const { records, commits } = await invoicesInVisma(connector);
    const byKey = new Map(records.map((record) => [`${record.documentType}/${record.referenceNumber}`, record]));
    // Attached twice under its name, a file is still one.
    const attached = records.flatMap(({ attachments, supplierReference }) =>
      ((attachments ?? []) as unknown[]).map(() => `attachment ${supplierReference}`),
    );
    const others = commits.filter(({ operation }) => operation !== 'attachment');
    return [...attached, ...others.map(({ operation, key }) => `${operation} ${byKey.get(key)?.supplierReference}`)];
  },
};

const FOLDER = '/outbound/invoices';

const invoicesOut: CrashKind = {
  name: 'invoice files',
  flow: 'invoices-out',
  integration: integrationText({ collected: 'inferred' }),
  points: TO_A_FOLDER,
  begin: async ({ visma }, seed, count) => {
    const references = Array.from({ length: count }, (_, index) => `${3_000_000 + seed * 10 + index}`);
    await visma.admin.seed({
      supplierInvoices: references.map((referenceNumber) => ({
        referenceNumber,
        supplierReference: `F-${referenceNumber}`,
        date: '2026-03-05T00:00:00',
        supplier: { number: '50001' },
        invoiceLines: [{ transactionDescription: 'Frakt', unitCost: 100, quantity: 1 }],
      })),
    });
    return references;
  },
  arrived: async (connector) => {
    const files = await partnerHas(connector, FOLDER);
    const half = files.find(({ name }) => !/^invoices-\d{8}-\d{6}\.csv$/.test(name));
    if (half) throw new Error(`A temporary file was left: ${half.name}`);
    return files.flatMap(({ text }) => text.split('\r\n').slice(1, -1)).map((row) => row.split(';')[1] ?? '');
  },
};

/** A batch is created, then released: two intents of one document. */
const journalsIn: CrashKind = {
  name: 'journals',
  flow: 'journals-in',
  integration: integrationText(WINDOWS) + journalsInFlow({ release: true }),
  points: TO_VISMA,
  writes: { path: '/journaltransaction', each: 2 },
  begin: async (connector, seed, count) => {
    await seedForJournals(connector);
    const numbers = Array.from({ length: count }, (_, index) => `${4_000_000 + seed * 10 + index}`);
    const rows = numbers.flatMap((number) => balanced(number, '100,00', { text: `Journal ${number}` }));
    await dropJournals(connector, `seed ${seed}.csv`, rows);
    return numbers.flatMap((number) => [`create Journal ${number}`, `release Journal ${number}`]);
  },
  arrived: async (connector) => {
    const { commits, records } = await journalsInVisma(connector);
    const texts = new Map(records.map(({ batchNumber, description }) => [`ModuleGL/${batchNumber}`, description]));
    return commits
      .filter(({ entity }) => entity === 'journaltransaction')
      .map(({ key, operation }) => {
        const text = String(texts.get(key)).replace(/ \[.*$/, '');
        return `${operation.replace('action ', '')} ${text}`;
      });
  },
};

/** A payment is created with what it settles, then released. */
const paymentsIn: CrashKind = {
  name: 'supplier payments',
  flow: 'payments-in',
  integration: integrationText(WINDOWS) + paymentsInFlow(),
  points: TO_VISMA,
  writes: { path: '/supplierPayment', each: 2 },
  begin: async (connector, seed, count) => {
    const vouchers = Array.from({ length: count }, (_, index) => `${5_000_000 + seed * 10 + index}`);
    await seedOpenInvoices(connector, vouchers);
    const rows = vouchers.map((voucher) => ({ number: `P-${voucher}`, voucher }));
    await dropPayments(connector, `seed ${seed}.csv`, rows);
    return rows.flatMap(({ number }) => [`create ${number}`, `action release ${number}`]);
  },
  arrived: async ({ visma }) => {
    const { entities, commits } = await visma.admin.state({ entity: 'supplierPayment' });
    const records = entities.supplierPayment?.records ?? [];
    const names = new Map(records.map(({ type, refNbr, paymentRef }) => [`${type}/${refNbr}`, paymentRef]));
    const own = commits.filter(({ entity }) => entity === 'supplierPayment');
    return own.map(({ operation, key }) => `${operation} ${names.get(key)}`);
  },
};

/** Every other one is there already, and gets a line more: the same line twice would be two. */
const purchaseOrdersIn: CrashKind = {
  name: 'purchase orders',
  flow: 'purchase-orders-in',
  integration: integrationText(WINDOWS) + ordersInFlow(),
  points: TO_VISMA,
  writes: { path: '/purchaseorder', each: 1 },
  begin: async (connector, seed, count) => {
    const numbers = Array.from({ length: count }, (_, index) => `${6_000_000 + seed * 10 + index}`);
    const rows = numbers.map((number, index): OrderRow => {
      const line = { number, text: `Line of ${number}`, quantity: '1', price: '10' };
      return index % 2 === 0 ? line : { ...line, action: 'CHG', change: '1', orderNumber: number };
    });
    const known = numbers.filter((_, index) => index % 2 === 1);
    await connector.visma.admin.seed({
      purchaseOrders: known.map((orderNbr) => ({ orderNbr, lines: [{ lineDescription: 'Before' }] })),
    });
    await dropOrders(connector, `seed ${seed}.csv`, rows);
    return numbers.map((number) => `Line of ${number}`);
  },
  arrived: async (connector) => {
    const lines = (await ordersInVisma(connector)).flatMap((order) => order.lines);
    return lines.map(({ lineDescription }) => lineDescription).filter((text) => text !== 'Before');
  },
};

export const CRASH_KINDS: readonly CrashKind[] = [
  vendorsIn,
  vendorsBySeries,
  invoicesIn,
  journalsIn,
  paymentsIn,
  purchaseOrdersIn,
  invoicesOut,
];
