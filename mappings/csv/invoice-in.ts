import { Big } from 'big.js';
import { z } from 'zod';
import { Failure } from '../../failures/failure.ts';
import { SupplierInvoice } from '../canonical/invoice.ts';
import { roundedAmount } from '../canonical/money.ts';
import { routeInvoice } from '../routing/invoice-routing.ts';
import type { Routing } from '../routing/routing.ts';
import type { FieldTypes, RowDocument } from './document-rows.ts';
import { FieldSource } from './field-source.ts';

/** What the rows of a supplier invoice can say, and how it is read. */
export const INVOICE_IN_FIELDS = {
  number: 'text',
  'supplier.number': 'text',
  type: 'text',
  date: 'day',
  dueDate: 'day',
  period: 'text',
  currency: 'capitals',
  description: 'text',
  paymentReference: 'text',
  creditTerms: 'text',
  branch: 'text',
  note: 'text',
  total: 'decimal',
  netTotal: 'decimal',
  vatTotal: 'decimal',
  'lines.item': 'text',
  'lines.description': 'text',
  'lines.quantity': 'decimal',
  'lines.unit': 'text',
  'lines.unitPrice': 'decimal',
  'lines.amount': 'decimal',
  'lines.account': 'text',
  'lines.subaccount': 'text',
  'lines.vatCode': 'text',
  'lines.branch': 'text',
  'lines.project': 'text',
  'lines.projectTask': 'text',
  'lines.orderNumber': 'text',
  'lines.orderLine': 'text',
  'lines.note': 'text',
} as const satisfies FieldTypes;

const fields = Object.keys(INVOICE_IN_FIELDS) as (keyof typeof INVOICE_IN_FIELDS)[];

/** `columns` of a flow that reads supplier invoices: our field to column name, column with rules, or constant. */
export const InvoiceInMap = z
  .partialRecord(z.enum(fields), FieldSource)
  .refine((map) => map.number !== undefined && map['supplier.number'] !== undefined && map.date !== undefined, {
    message: 'must say where `number`, `supplier.number` and `date` come from',
  });

/**
 * The supplier invoice that rows say, with what the routing gives it. A line without an amount has quantity times price,
 * rounded to the currency.
 *
 * @throws Failure DOCUMENT_ROWS_INVALID, ROUTING_INVALID
 */
export function invoiceFromRows({ header, lines }: RowDocument, routing: Routing): SupplierInvoice {
  const { 'supplier.number': number, type = 'invoice', ...rest } = header;
  const parsed = SupplierInvoice.safeParse({
    kind: 'Invoice',
    direction: 'supplier',
    type,
    supplier: { number },
    ...rest,
    lines: lines.map((line) => ({ ...line, ...amountOf(line, header.currency) })),
    taxes: [],
  });
  if (!parsed.success) throw invalid(parsed.error);
  if (parsed.data.lines.length === 0)
    throw new Failure('DOCUMENT_ROWS_INVALID', { message: 'The invoice has no lines.' });
  const without = parsed.data.lines.findIndex(({ amount }) => amount === undefined);
  if (without !== -1) {
    const message = `Line ${without + 1} of the invoice has neither an amount nor quantity and price.`;
    throw new Failure('DOCUMENT_ROWS_INVALID', { message });
  }
  return SupplierInvoice.parse(routeInvoice(parsed.data, routing));
}

function amountOf(line: Readonly<Record<string, string>>, currency: string | undefined) {
  const { amount, quantity, unitPrice } = line;
  if (amount !== undefined || quantity === undefined || unitPrice === undefined) return {};
  return { amount: roundedAmount(new Big(quantity).times(unitPrice), currency) };
}

function invalid({ issues }: z.ZodError): Failure {
  const problems = issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return new Failure('DOCUMENT_ROWS_INVALID', { message: `The rows are no supplier invoice: ${problems.join('; ')}.` });
}
