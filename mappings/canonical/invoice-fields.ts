import type { Invoice, InvoiceLine } from './invoice.ts';

/** Fields of an invoice's header by name, as integration files name them. */
export const invoiceHeaderFields = [
  'type',
  'direction',
  'number',
  'voucherNumber',
  'date',
  'dueDate',
  'period',
  'currency',
  'orderNumber',
  'orderDate',
  'deliveredOn',
  'status',
  'description',
  'buyerReference',
  'paymentReference',
  'creditTerms',
  'branch',
  'note',
  'total',
  'netTotal',
  'vatTotal',
  'balance',
  'supplier.number',
  'supplier.name',
  'customer.number',
  'customer.name',
] as const;

const lineFields = [
  'lines.number',
  'lines.item',
  'lines.description',
  'lines.quantity',
  'lines.unit',
  'lines.unitPrice',
  'lines.priceBasis',
  'lines.amount',
  'lines.account',
  'lines.subaccount',
  'lines.vatCode',
  'lines.branch',
  'lines.project',
  'lines.projectTask',
  'lines.orderNumber',
  'lines.orderLine',
  'lines.note',
] as const;

/** Every field of header and lines. */
export const invoiceFields = [...invoiceHeaderFields, ...lineFields] as const;

export type InvoiceField = (typeof invoiceFields)[number];

/** The value at a path such as `number`, `supplier.number` or `lines.account` (of this line); undefined when there is none. */
export function invoiceValue(invoice: Invoice, line: InvoiceLine | undefined, field: InvoiceField): string | undefined {
  const [first = '', second] = field.split('.');
  if (second === undefined) return textAt(invoice, first);
  if (first === 'lines') return textAt(line ?? {}, second);
  const party = invoice.direction === 'supplier' ? invoice.supplier : invoice.customer;
  return first === invoice.direction ? textAt(party, second) : undefined;
}

function textAt(holder: object, key: string): string | undefined {
  const value: unknown = Reflect.get(holder, key);
  return typeof value === 'string' ? value : undefined;
}
