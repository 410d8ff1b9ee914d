import { type Delta, deltaQuery, type Entity } from '../reader.ts';
import { budgetSchema, type VismaBudget } from '../schema/budget.ts';

/** The list is refused without all three. */
export interface BudgetFilter extends Delta {
  readonly branch: string;
  readonly ledger: string;
  readonly financialYear: string;
  readonly subaccount?: string;
}

/** There are neither pages nor a single row to ask for: a row is found by branch, ledger, year, account and subaccount. */
export const budgetEntity: Entity<VismaBudget, BudgetFilter, never> = {
  name: 'budget',
  path: '/v1/budget',
  schema: budgetSchema,
  paging: 'whole',
  query: ({ modifiedSince, ...filter }) => ({
    ...filter,
    ...deltaQuery(modifiedSince === undefined ? {} : { modifiedSince }),
  }),
  complete: (row, { ledger }) => ({ ...row, ledger }),
  keyOf: ({ branchNumber, ledger, financialYear, account, subaccount }) =>
    [branchNumber?.number, ledger, financialYear, account?.number, subaccount?.id].map((part) => part ?? '').join('/'),
  segmentsOf: () => [],
};
