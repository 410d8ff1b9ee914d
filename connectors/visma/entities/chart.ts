import { keySegment } from '../keys.ts';
import { type Delta, deltaQuery, type Entity } from '../reader.ts';
import { accountSchema, subaccountSchema, type VismaAccount, type VismaSubaccount } from '../schema/chart.ts';

export interface ChartFilter extends Delta {
  readonly active?: boolean;
}

function chartQuery(filter: ChartFilter): Record<string, string> {
  return { ...(filter.active === undefined ? {} : { active: String(filter.active) }), ...deltaQuery(filter) };
}

/** The one list here that has no page parameters: it comes whole. */
export const accountEntity: Entity<VismaAccount, ChartFilter, string> = {
  name: 'account',
  path: '/v1/account',
  schema: accountSchema,
  paging: 'whole',
  query: chartQuery,
  keyOf: (account) => account.accountCD,
  segmentsOf: (accountCD) => [keySegment(accountCD)],
};

export const subaccountEntity: Entity<VismaSubaccount, ChartFilter, string> = {
  name: 'subaccount',
  path: '/v1/subaccount',
  schema: subaccountSchema,
  paging: 'pages',
  query: chartQuery,
  keyOf: (subaccount) => subaccount.subaccountNumber,
  segmentsOf: (subaccountNumber) => [keySegment(subaccountNumber)],
};
