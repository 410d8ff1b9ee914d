import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Big } from 'big.js';
import fc from 'fast-check';
import { type CustomerInvoice, Invoice, type SupplierInvoice } from '../../../mappings/canonical/invoice.ts';
import { sumOf } from '../../../mappings/canonical/money.ts';
import { PurchaseOrder } from '../../../mappings/canonical/purchase-order.ts';
import { PurchaseOrderAcknowledgment } from '../../../mappings/canonical/purchase-order-acknowledgment.ts';
import { Remittance } from '../../../mappings/canonical/remittance.ts';
import {
  ShipItem,
  type ShipNode,
  ShipNotice,
  ShipOrder,
  ShipPackage,
} from '../../../mappings/canonical/ship-notice.ts';
import { Draft } from '../../../mappings/edi/draft.ts';
import { reckonInvoice } from '../../../mappings/edi/invoice-sums.ts';
import { INVOIC } from '../../../mappings/edifact/invoice.ts';
import { ORDERS } from '../../../mappings/edifact/purchase-order.ts';
import { ORDRSP } from '../../../mappings/edifact/purchase-order-acknowledgment.ts';
import { REMADV } from '../../../mappings/edifact/remittance.ts';
import { DESADV } from '../../../mappings/edifact/ship-notice.ts';
import { checked, documentsOf } from '../edi/carried.ts';
import { contextIn } from '../edi/context.ts';
import { roundTrip, valid } from '../edi/round-trip.ts';
import { setsIn } from '../edi/sets-in.ts';
import { written } from './written.ts';

const comesBackIn96A = roundTrip(sound, 'D.96A', 40);
const comesBackIn01B = roundTrip(sound, 'D.01B', 40);
const comesBack: typeof comesBackIn96A = (...given) => {
  comesBackIn96A(...given);
  comesBackIn01B(...given);
};

/** The bytes of a message, which its table finds no fault with. */
function sound(...message: Parameters<typeof written>): Buffer {
  const bytes = written(...message);
  const faults = setsIn(bytes).flatMap(({ findings }) => findings.filter(({ severity }) => severity !== 'note'));
  assert.deepEqual(faults, []);
  return bytes;
}

/** Lines with numbers of digits, as D.96A wants them. */
function counted<Line>(lines: readonly Line[]): Line[] {
  return lines.map((line, index) => ({ ...line, number: String(index + 1) }));
}

/** The order with the total of its lines, where it has one and they do not come to more than a set can hold. */
function addedUp<Order extends PurchaseOrder | PurchaseOrderAcknowledgment>(order: Order): Order {
  const total = linesTotal(order);
  const isHeld = order.total !== undefined && total.replace(/\D/g, '').length <= 18;
  const { total: _, ...rest } = { ...order, lines: counted<object>(order.lines), currency: 'EUR' };
  return { ...rest, ...(isHeld ? { total } : {}) } as Order;
}

function linesTotal({ lines }: PurchaseOrder | PurchaseOrderAcknowledgment): string {
  const all: readonly Partial<PurchaseOrder['lines'][number]>[] = lines;
  return all
    .reduce((sum, { quantity = '0', unitPrice = '0', adjustments = [] }) => {
      const beside = adjustments.map(({ type, amount }) => new Big(amount).times(type === 'charge' ? 1 : -1));
      return [new Big(quantity).times(unitPrice).round(2), ...beside].reduce((one, other) => one.plus(other), sum);
    }, new Big(0))
    .toFixed();
}

test('an order comes back from ORDERS as it was', () => {
  const orders = documentsOf(PurchaseOrder, ORDERS.carries, [
    'date',
    'lines.quantity',
    'lines.number',
    'lines.unitPrice',
  ])
    .map(addedUp)
    .filter(valid(PurchaseOrder));
  comesBack(ORDERS, orders);
});

const [supplierInvoice, customerInvoice] = Invoice.options;
const INVOICE_MUSTS = [
  'number',
  'orderNumber',
  'lines.number',
  'lines.quantity',
  'lines.unitPrice',
  'lines.orderNumber',
];

test("a supplier's invoice comes back from INVOIC as it was, whatever sign its credit notes have", () => {
  const invoices = documentsOf<SupplierInvoice>(supplierInvoice, INVOIC.carries, INVOICE_MUSTS).map(reckoned);
  for (const creditAmounts of ['positive', 'negative'])
    comesBack(INVOIC, invoices.filter(isWritable), { creditAmounts });
});

test("a customer's invoice comes back from INVOIC as it was", () => {
  const invoices = documentsOf<CustomerInvoice>(customerInvoice, INVOIC.carries, INVOICE_MUSTS).map(reckoned);
  comesBack(INVOIC, invoices.filter(isWritable), { direction: 'customer' });
});

/** The invoice with the amounts of its lines and the total that its parts come to. */
function reckoned(invoice: Invoice): Invoice {
  const { total: _, ...rest } = { ...invoice, currency: 'NOK' };
  const lines = counted(invoice.lines).map(({ amount: _, ...line }) => line);
  const members: Record<string, unknown> = structuredClone({ ...rest, lines });
  const draft = new Draft<Invoice>(members);
  reckonInvoice(draft, { ...contextIn('D.96A'), tell: () => undefined }, 'note');
  const total = new Big(draft.get('netTotal')!).plus(draft.get('vatTotal')!);
  const { netTotal: _n, vatTotal: _v, ...whole } = members;
  return Invoice.parse({ ...whole, total: total.toFixed() });
}

function isWritable({ total = '0', lines, taxes }: Invoice): boolean {
  const tax = sumOf(taxes.map(({ amount }) => amount));
  const ofLines = lines.map(({ amount = '0' }) => amount);
  const amounts = [total, ...[tax, new Big(total).minus(tax), sumOf(ofLines)].map((sum) => sum.toFixed()), ...ofLines];
  return new Big(total).gte(0) && amounts.every((one) => one.replace(/\D/g, '').length <= 18);
}

test('an answer to an order comes back from ORDRSP as it was', () => {
  const musts = ['date', 'lines.quantity', 'lines.number', 'lines.unitPrice', 'lines.outcomes.quantity'];
  const answers = documentsOf(PurchaseOrderAcknowledgment, ORDRSP.carries, musts);
  comesBack(ORDRSP, answers.map(addedUp).filter(valid(PurchaseOrderAcknowledgment)));
});

test('a payment comes back from REMADV as it was, whatever sign its credit notes have', () => {
  const musts = ['total', 'currency', 'settlements.invoice', 'settlements.invoiced', 'settlements.deductions.amount'];
  const payments = documentsOf(Remittance, REMADV.carries, musts).map(balanced).filter(valid(Remittance));
  for (const creditAmounts of ['positive', 'negative']) comesBackIn96A(REMADV, payments, { creditAmounts });
});

/** The payment with settlements that explain themselves, and the total they come to: amounts small enough for that. */
function balanced(payment: Remittance): Remittance {
  const small = <T extends { amount: string }>(one: T): T => ({
    ...one,
    amount: new Big(one.amount).mod('1e9').toFixed(),
  });
  const sum = (parts: readonly { amount: string }[]) => parts.reduce((all, { amount }) => all.plus(amount), new Big(0));
  const settlements = payment.settlements.map(small).map(({ deductions, discount = '0', ...one }) => {
    const explained = deductions?.map(small) ?? [];
    const taken = new Big(discount).mod('1e9');
    const invoiced = sum([one]).plus(taken).minus(sum(explained)).toFixed();
    return { ...one, discount: taken.toFixed(), invoiced, ...(explained.length > 0 ? { deductions: explained } : {}) };
  });
  return { ...payment, settlements, total: sum(settlements).toFixed() };
}

test('a ship notice comes back from DESADV as it was, with its tree', () => {
  const below = (level: string) =>
    DESADV.carries.flatMap(({ path, form }) => {
      const prefix = `contents.${level}.`;
      return path.startsWith(prefix) ? [{ path: path.slice(prefix.length), form }] : [];
    });
  const items = documentsOf(ShipItem.omit({ contents: true }), below('item'), ['quantity', 'unit']);
  const level = { path: 'level', form: { kind: 'code', values: ['pack'] } } as const;
  const packageOf = (meant: ShipPackage['level']) =>
    documentsOf(
      ShipPackage.omit({ contents: true }),
      [...below(meant), level],
      ['sscc', 'grossWeight', 'weightUnit'],
    ).map((one) => ({
      ...one,
      level: meant,
      sscc: checked(one.sscc!),
    }));
  const held = <T extends ShipNode>(nodes: fc.Arbitrary<T>) => fc.array(nodes, { minLength: 1, maxLength: 3 });
  const packs = fc.tuple(packageOf('pack'), held(items)).map(([pack, contents]) => ({ ...pack, contents }));
  const tares = fc.tuple(packageOf('tare'), held(packs)).map(([tare, contents]) => ({ ...tare, contents }));
  const order = documentsOf(ShipOrder.omit({ contents: true }), below('order'), ['number']);
  const orders = fc.tuple(order, held(fc.oneof(packs, tares))).map(([one, contents]) => ({ ...one, contents }));
  const heads = documentsOf(
    ShipNotice.omit({ contents: true }),
    DESADV.carries.filter(({ path }) => !path.startsWith('contents.')),
    ['grossWeight', 'weightUnit'],
  );
  const trees = fc.oneof(fc.tuple(orders), held(items), held(fc.oneof(packs, tares)));
  const notices = fc.tuple(heads, trees).map(([head, contents]): ShipNotice => ({ ...head, contents }));
  comesBack(DESADV, notices, {}, (notice) => notice);
});
