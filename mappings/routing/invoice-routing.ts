import { Failure } from '../../failures/failure.ts';
import { Invoice, type InvoiceLine } from '../canonical/invoice.ts';
import { invoiceFields, invoiceHeaderFields, invoiceValue } from '../canonical/invoice-fields.ts';
import { type Routing, routedValues } from './routing.ts';

const LINES = 'lines.';

/**
 * The invoice with what the routing gives its header and each of its lines. A rule that looks at lines is tried line by
 * line and sets fields of that line (`InvoiceRouting` allows it no others); the rest set fields of the header or every line.
 *
 * @throws Failure ROUTING_INVALID when a rule sets a field that an invoice does not have, or to a value it cannot have
 */
export function routeInvoice(invoice: Invoice, routing: Routing): Invoice {
  const header = changed(headerValues(invoice), routing).filter(([field]) => !field.startsWith(LINES));
  const lines = invoice.lines.map((line) => ({
    ...line,
    ...Object.fromEntries(
      changed(lineValues(invoice, line), routing)
        .filter(([field]) => field.startsWith(LINES))
        .map(([field, value]) => [field.slice(LINES.length), value]),
    ),
  }));
  return checked({ ...invoice, ...Object.fromEntries(header), lines });
}

type Values = Readonly<Record<string, string | undefined>>;

function headerValues(invoice: Invoice): Values {
  return Object.fromEntries(invoiceHeaderFields.map((field) => [field, invoiceValue(invoice, undefined, field)]));
}

function lineValues(invoice: Invoice, line: InvoiceLine): Values {
  return Object.fromEntries(invoiceFields.map((field) => [field, invoiceValue(invoice, line, field)]));
}

function changed(values: Values, routing: Routing): [string, string | undefined][] {
  return Object.entries(routedValues(values, routing)).filter(([field, value]) => value !== values[field]);
}

function checked(invoice: object): Invoice {
  const result = Invoice.safeParse(invoice);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Failure('ROUTING_INVALID', { message: `The routing does not lead to an invoice. ${problems.join('; ')}.` });
}
