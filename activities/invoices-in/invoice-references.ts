import type { SupplierInvoice } from '../../mappings/canonical/invoice.ts';
import type { Reference } from '../reference-data/reference.ts';

/** Everything in Visma.net that a supplier invoice refers to, each with its place in the document. */
export function invoiceReferences({ supplier, date, period, currency, branch, lines }: SupplierInvoice): Reference[] {
  const month = period ?? date.slice(0, 4) + date.slice(5, 7);
  return [
    { kind: 'supplier', value: supplier.number, field: 'supplier.number' },
    { kind: 'period', value: month, field: period === undefined ? 'date' : 'period', ledger: 'supplier' },
    ...given('currency', currency, 'currency'),
    ...given('branch', branch, 'branch'),
    ...lines.flatMap((line, index) => [
      ...given('account', line.account, `lines[${index + 1}].account`),
      ...given('vatCode', line.vatCode, `lines[${index + 1}].vatCode`),
      ...given('branch', line.branch, `lines[${index + 1}].branch`),
    ]),
  ];
}

function given(kind: Reference['kind'], value: string | undefined, field: string): Reference[] {
  return value === undefined || value === '' ? [] : [{ kind, value, field }];
}
