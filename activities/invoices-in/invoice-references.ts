import type { SupplierInvoice } from '../../mappings/canonical/invoice.ts';
import { given, type Reference } from '../reference-data/reference.ts';

/** What a supplier invoice refers to in Visma.net beside its period, each with its place in the document. */
export function invoiceReferences({ supplier, currency, branch, lines }: SupplierInvoice): Reference[] {
  return [
    { kind: 'supplier', value: supplier.number, field: 'supplier.number' },
    ...given('currency', currency, 'currency'),
    ...given('branch', branch, 'branch'),
    ...lines.flatMap((line, index) => [
      ...given('account', line.account, `lines[${index + 1}].account`),
      ...given('subaccount', line.subaccount, `lines[${index + 1}].subaccount`),
      ...given('vatCode', line.vatCode, `lines[${index + 1}].vatCode`),
      ...given('branch', line.branch, `lines[${index + 1}].branch`),
    ]),
  ];
}
