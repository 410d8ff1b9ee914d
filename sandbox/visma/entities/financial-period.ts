import type { Entity } from '../entity.ts';
import { type JsonObject, merged } from '../json.ts';

/** GET /v1/financialPeriod: whole, without metadata, without a modification time. Asked for as YYYYMM. */
export const financialPeriod: Entity = {
  name: 'financialPeriod',
  plural: 'financialPeriods',
  label: 'Financial period',
  path: '/v1/financialPeriod',
  onePaths: ['/:id'],
  keyOfPath: ({ id = '' }) => id,
  keyOf: ({ year, period }) => (year === undefined || period === undefined ? '' : `${year}${period}`),
  complete: (record) => merged(openPeriod(Number(record.year), Number(record.period)), record),
  generate: (id, index) => ({ year: Number(id), period: String(index).padStart(2, '0') }),
  list: { paging: 'legacy', metadata: 'none', filters: {} },
  stamps: 'none',
};

/** A month in which everything can be posted. */
export function openPeriod(year: number, month: number): JsonObject {
  const first = new Date(Date.UTC(year, month - 1, 1));
  const last = new Date(Date.UTC(year, month, 0));
  return {
    year,
    period: String(month).padStart(2, '0'),
    startDate: `${first.toISOString().slice(0, 10)}T00:00:00`,
    endDate: `${last.toISOString().slice(0, 10)}T00:00:00`,
    description: first.toLocaleString('en', { month: 'long', timeZone: 'UTC' }),
    active: true,
    closedInSupplierLedger: false,
    closedInCustomerLedger: false,
    closedInInventoryManagement: false,
    closedInGeneralLedger: false,
    closedInCashManagement: false,
    closedInFixedAssets: false,
  };
}
