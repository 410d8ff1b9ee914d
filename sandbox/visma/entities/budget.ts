import type { Entity } from '../entity.ts';
import { LAST_MODIFIED } from '../filters.ts';
import { type JsonObject, merged, valueAt } from '../json.ts';

/** GET /v1/budget: no pages, no single row, and three filters that must be there. The row does not name its ledger. */
export const budget: Entity = {
  name: 'budget',
  plural: 'budgets',
  label: 'Budget',
  path: '/v1/budget',
  onePaths: [],
  keyOfPath: () => '',
  keyOf: (record) => (record.financialYear === undefined ? '' : keyOf(record)),
  complete: (record) =>
    merged(
      {
        branchNumber: { number: '1', name: 'Main branch' },
        ledger: '2',
        released: false,
        releasedAmount: 0,
        account: { number: '4300', description: 'Purchases', active: true },
        subaccount: { id: '000000', description: 'Default', active: true },
        description: '',
        amount: 0,
        distributedAmount: record.amount ?? 0,
        periods: [],
      },
      record,
    ),
  generate: (id, index) => ({ financialYear: '2026', account: { number: id }, amount: 1000 * (index % 90) }),
  list: {
    paging: 'legacy',
    metadata: 'none',
    required: (query) => ['branch', 'ledger', 'financialYear'].find((name) => query[name] === undefined),
    filters: {
      ...LAST_MODIFIED,
      branch: { kind: 'equals', field: 'branchNumber.number' },
      ledger: { kind: 'equals', field: 'ledger' },
      financialYear: { kind: 'equals', field: 'financialYear' },
      subaccount: { kind: 'equals', field: 'subaccount.id' },
    },
    notSimulated: ['isReleased'],
    hidden: ['ledger'],
  },
};

function keyOf(record: JsonObject): string {
  const parts = ['branchNumber.number', 'ledger', 'financialYear', 'account.number', 'subaccount.id'];
  return parts.map((part) => valueAt(record, part) ?? '').join('/');
}
