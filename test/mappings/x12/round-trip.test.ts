import { test } from 'node:test';
import { Big } from 'big.js';
import fc from 'fast-check';
import { type CustomerInvoice, Invoice, type SupplierInvoice } from '../../../mappings/canonical/invoice.ts';
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
import { INVOICE_810 } from '../../../mappings/x12/invoice.ts';
import { ORDER_850 } from '../../../mappings/x12/purchase-order.ts';
import { ORDER_ANSWER_855 } from '../../../mappings/x12/purchase-order-acknowledgment.ts';
import { REMITTANCE_820 } from '../../../mappings/x12/remittance.ts';
import { SHIP_NOTICE_856 } from '../../../mappings/x12/ship-notice.ts';
import { checked, documentsOf } from '../edi/carried.ts';
import { contextIn } from '../edi/context.ts';
import { roundTrip, valid } from '../edi/round-trip.ts';
import { written } from './written.ts';

const comesBack = roundTrip(written, '004010', 60);

test('an order comes back from 850 as it was', () => {
  comesBack(ORDER_850, documentsOf(PurchaseOrder, ORDER_850.carries, ['lines.quantity']).filter(valid(PurchaseOrder)));
});

const [supplierInvoice, customerInvoice] = Invoice.options;
const INVOICE_MUSTS = ['number', 'lines.quantity', 'lines.unit', 'lines.unitPrice', 'paymentTerms.discountAmount'];

test("a supplier's invoice comes back from 810 as it was, whatever sign its credit notes have", () => {
  const invoices = documentsOf<SupplierInvoice>(supplierInvoice, INVOICE_810.carries, INVOICE_MUSTS).map(addedUp);
  for (const creditAmounts of ['positive', 'negative'])
    comesBack(INVOICE_810, invoices.filter(isWritable), { creditAmounts });
});

test("a customer's invoice comes back from 810 as it was", () => {
  const invoices = documentsOf<CustomerInvoice>(customerInvoice, INVOICE_810.carries, INVOICE_MUSTS).map(addedUp);
  comesBack(INVOICE_810, invoices.filter(isWritable), { direction: 'customer' });
});

test('an answer to an order comes back from 855 as it was', () => {
  const answers = documentsOf(PurchaseOrderAcknowledgment, ORDER_ANSWER_855.carries, ['lines.quantity', 'total']);
  comesBack(ORDER_ANSWER_855, answers.filter(valid(PurchaseOrderAcknowledgment)));
});

test('a payment comes back from 820 as it was', () => {
  const musts = ['total', 'currency', 'settlements.invoice', 'deductions.amount'];
  comesBack(
    REMITTANCE_820,
    documentsOf(Remittance, REMITTANCE_820.carries, musts).map(balanced).filter(valid(Remittance)),
  );
});

test('a ship notice comes back from 856 as it was, with its tree', () => {
  const below = (level: string) =>
    SHIP_NOTICE_856.carries.flatMap(({ path, form }) => {
      const prefix = `contents.${level}.`;
      return path.startsWith(prefix) ? [{ path: path.slice(prefix.length), form }] : [];
    });
  const items = documentsOf(ShipItem.omit({ contents: true }), below('item'), ['quantity', 'unit']);
  const packageOf = (level: ShipPackage['level']) =>
    documentsOf(ShipPackage.omit({ contents: true }), [...below(level), LEVEL], ['sscc']).map((one) => ({
      ...one,
      level,
      sscc: checked(one.sscc!),
    }));
  const held = <T extends ShipNode>(nodes: fc.Arbitrary<T>) => fc.array(nodes, { minLength: 1, maxLength: 3 });
  const packs = fc.tuple(packageOf('pack'), held(items)).map(([pack, contents]) => ({ ...pack, contents }));
  const tares = fc.tuple(packageOf('tare'), held(packs)).map(([tare, contents]) => ({ ...tare, contents }));
  const orders = fc
    .tuple(documentsOf(ShipOrder.omit({ contents: true }), below('order'), ['number']), held(fc.oneof(packs, tares)))
    .map(([order, contents]) => ({ ...order, contents }));
  const heads = documentsOf(
    ShipNotice.omit({ contents: true }),
    SHIP_NOTICE_856.carries.filter(({ path }) => !path.startsWith('contents.')),
    ['time'],
  );
  const notices = fc.tuple(heads, held(orders)).map(([head, contents]) => ({ ...head, contents }));
  comesBack(SHIP_NOTICE_856, notices, {}, (notice) => notice);
});

const LEVEL = { path: 'level', form: { kind: 'code', values: ['pack'] } } as const;

/** The payment with settlements that explain themselves, and the total they come to: amounts small enough for that. */
function balanced(payment: Remittance): Remittance {
  const small = <T extends { amount: string }>(one: T): T => ({
    ...one,
    amount: new Big(one.amount).mod('1e9').toFixed(),
  });
  const sum = (parts: readonly { amount: string }[]) => parts.reduce((all, { amount }) => all.plus(amount), new Big(0));
  const settlements = payment.settlements.map(small).map((one) => {
    const explained = {
      discount: new Big(one.discount ?? 0).mod('1e9').toFixed(),
      ...listed(one.deductions?.map(small)),
    };
    const invoiced = sum([one])
      .plus(explained.discount)
      .minus(sum(explained.deductions ?? []));
    return { ...one, ...explained, invoiced: invoiced.toFixed() };
  });
  const beside = listed(payment.deductions?.map(small));
  const total = sum([...settlements, ...(beside.deductions ?? [])]).toFixed();
  return { ...payment, ...beside, settlements, total };
}

function listed<T>(deductions: T[] | undefined): { deductions?: T[] } {
  return deductions === undefined ? {} : { deductions };
}

/** The invoice with taxes in cents and the total that its parts come to. */
function addedUp(invoice: Invoice): Invoice {
  const taxes = invoice.taxes.map((tax) => ({ ...tax, amount: new Big(tax.amount).round(2).toString() }));
  const { total: _, ...rest } = { ...invoice, taxes, currency: 'NOK' };
  const members: Record<string, unknown> = structuredClone(rest);
  const draft = new Draft<Invoice>(members);
  reckonInvoice(draft, { ...contextIn('004010'), tell: () => undefined }, 'note');
  const total = new Big(draft.get('netTotal')!).plus(draft.get('vatTotal')!);
  return Invoice.parse({ ...rest, total: total.toFixed() });
}

function isWritable({ total, type }: Invoice): boolean {
  const amount = new Big(total ?? 0);
  return amount.gte(0) && amount.lt('1e13') && ['invoice', 'creditNote', 'debitNote'].includes(type);
}
