import type { PurchaseOrder } from '../../mappings/canonical/purchase-order.ts';
import { given, type Reference } from '../reference-data/reference.ts';

/** What an order, or a change of one, refers to in Visma.net, each with its place in the document. */
export function orderReferences({ supplier, currency, branch, lines }: PurchaseOrder): Reference[] {
  return [
    ...given('supplier', supplier?.number, 'supplier.number'),
    ...given('currency', currency, 'currency'),
    ...given('branch', branch, 'branch'),
    ...lines.flatMap((line, index) => [
      ...given('account', line.account, `lines[${index + 1}].account`),
      ...given('subaccount', line.subaccount, `lines[${index + 1}].subaccount`),
      ...given('vatCode', line.vatCode, `lines[${index + 1}].vatCode`),
    ]),
  ];
}
