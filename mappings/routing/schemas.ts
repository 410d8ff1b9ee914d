import { z } from 'zod';
import { invoiceFields } from '../canonical/invoice-fields.ts';
import { supplierFields } from '../canonical/supplier-fields.ts';
import { journalFields } from './journal-routing.ts';

const invoiceTargets = [
  'description',
  'paymentReference',
  'creditTerms',
  'branch',
  'lines.account',
  'lines.subaccount',
  'lines.vatCode',
  'lines.branch',
  'lines.project',
  'lines.projectTask',
] as const;

/** `routing` of a flow with suppliers: fields are `supplierFields`, and any but the number can be set. */
export const SupplierRouting = routing(
  supplierFields,
  supplierFields.filter((field) => field !== 'number'),
);

/** `routing` of a flow with invoices: any field can be looked at; codes and texts can be set, amounts and dates cannot. */
export const InvoiceRouting = routing(invoiceFields, invoiceTargets);

/** `routing` of a flow with journals: codes and texts can be set; the number, amounts and days cannot. */
export const JournalRouting = routing(
  journalFields,
  journalFields.filter((field) => field !== 'number' && field !== 'currency'),
);

function routing<const F extends readonly string[], const T extends readonly string[]>(fields: F, targets: T) {
  const rule = z
    .strictObject({
      /** Shown in previews and failures. */
      name: z.string().min(1).optional(),
      when: z.partialRecord(z.enum(fields), z.array(z.string()).min(1)),
      set: z
        .partialRecord(z.enum(targets), z.string())
        .refine((set) => Object.keys(set).length > 0, 'must set at least one field'),
    })
    .refine(({ when, set }) => !Object.keys(when).some(isLineField) || Object.keys(set).every(isLineField), {
      message: 'a rule that looks at lines can only set fields of lines',
    });
  return z.strictObject({
    values: z.partialRecord(z.enum(fields), z.record(z.string(), z.string())).default({}),
    rules: z.array(rule).max(10_000).default([]),
  });
}

function isLineField(field: string): boolean {
  return field.startsWith('lines.');
}
