import { z } from 'zod';
import { invoiceFields, invoiceHeaderFields } from '../canonical/invoice-fields.ts';

const Constant = z.strictObject({ name: z.string().min(1), constant: z.string() });

/** `values` replaces a value of ours by what the partner expects; `decimals` rounds half away from zero to so many places. */
const fieldColumn = <T extends readonly string[]>(fields: T) =>
  z.strictObject({
    name: z.string().min(1),
    field: z.enum(fields),
    values: z.record(z.string(), z.string()).optional(),
    decimals: z.int().min(0).max(10).optional(),
  });

const AnyColumn = z.union([fieldColumn(invoiceFields), Constant]);
const HeaderColumn = z.union([fieldColumn(invoiceHeaderFields), Constant]);

/**
 * `columns` of a flow that writes invoices, in the order of the file.
 * - `lines`: one row per line, the header's columns repeated; an invoice without lines is one row.
 * - `headers`: one row per invoice.
 * - `records`: a row of the `header` columns, then one of the `line` columns per line; a constant tells them apart.
 */
export const InvoiceCsvMap = z.discriminatedUnion('layout', [
  z.strictObject({ layout: z.literal('lines'), columns: z.array(AnyColumn).min(1) }),
  z.strictObject({ layout: z.literal('headers'), columns: z.array(HeaderColumn).min(1) }),
  z.strictObject({
    layout: z.literal('records'),
    header: z.array(HeaderColumn).min(1),
    line: z.array(AnyColumn).min(1),
  }),
]);

export type InvoiceCsvMap = z.infer<typeof InvoiceCsvMap>;
export type InvoiceColumn = z.infer<typeof AnyColumn>;
