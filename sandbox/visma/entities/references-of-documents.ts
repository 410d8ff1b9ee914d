import { BusinessRefusal } from '../answers.ts';
import type { EntityName } from '../entity.ts';
import type { JsonObject } from '../json.ts';
import type { World } from '../world.ts';
import { linesIn } from './written-lines.ts';

/** The supplier of a document in read form. Throws BusinessRefusal when there is none of this number. */
export function supplierNamed(number: unknown, world: World): JsonObject {
  const row = world.table('supplier').get(String(number ?? ''));
  if (row === undefined) throw new BusinessRefusal(`Error: VendorID '${number ?? ''}' cannot be found in the system.`);
  return { internalId: row.record.internalId ?? 0, number: row.key, name: row.record.name ?? '' };
}

/** The account of a line in read form. A company whose chart nobody has seeded takes any account. */
export function accountNamed(number: unknown, world: World): JsonObject {
  const chart = world.table('account');
  const row = chart.get(String(number));
  if (row === undefined && chart.size > 0) {
    throw new BusinessRefusal(`Error: AccountID '${number}' cannot be found in the system.`);
  }
  if (row?.record.active === false) throw new BusinessRefusal(`Error: Account '${number}' is inactive.`);
  return {
    type: row?.record.type ?? 'Expense',
    number: row?.key ?? String(number),
    description: row?.record.description ?? `Account ${number}`,
    active: true,
  };
}

/**
 * The subaccount of a line in read form, from its segments. Throws BusinessRefusal for one that is unknown or inactive; a
 * company whose subaccounts nobody has seeded takes any.
 */
export function subaccountNamed(segments: readonly JsonObject[], world: World): JsonObject {
  const all = world.table('subaccount');
  const rows = all.rows('key').filter(({ record }) => isMadeOf(record, segments));
  const number = segments.map(({ segmentValue }) => String(segmentValue)).join('');
  if (rows.length === 0 && all.size > 0) {
    throw new BusinessRefusal(`Error: SubID '${number}' cannot be found in the system.`);
  }
  const record = rows[0]?.record;
  if (record?.active === false) throw new BusinessRefusal(`Error: Subaccount '${number}' is inactive.`);
  if (record === undefined) return { subaccountNumber: number, segments: [...segments] };
  const { subaccountNumber = number, subaccountId = 0, description = '' } = record;
  return { subaccountNumber, subaccountId, description, segments: record.segments ?? [] };
}

function isMadeOf(record: JsonObject, segments: readonly JsonObject[]): boolean {
  const own = linesIn(record.segments);
  return segments.every(({ segmentId, segmentValue }) =>
    own.some((one) => one.segmentId === segmentId && one.segmentValue === segmentValue),
  );
}

type ClosedIn = 'closedInSupplierLedger' | 'closedInGeneralLedger';

/** Throws BusinessRefusal for a period, YYYYMM, that is not there or in which documents of the ledger are not taken any more. */
export function refuseClosed(period: string, world: World, closedIn: ClosedIn = 'closedInSupplierLedger'): void {
  const found = world.table('financialPeriod').get(period)?.record;
  if (found === undefined) throw new BusinessRefusal(`Error: FinPeriodID '${period}' cannot be found in the system.`);
  if (found.active === false) throw new BusinessRefusal(`Error: The ${period} financial period is inactive.`);
  if (found[closedIn] !== true) return;
  throw new BusinessRefusal(`Error: The ${period} financial period is closed in the company.`);
}

/** The number of a new document: sent where the series is manual or overridden, else the next one. */
export function documentNumber(
  entity: EntityName,
  sent: unknown,
  { overrideNumberSeries }: JsonObject,
  world: World,
): string {
  const chosen = world.settings.documentNumbering === 'manual' || overrideNumberSeries === true;
  if (!chosen) return String(world.nextNumber(entity, 100_001));
  const number = String(sent ?? '').trim();
  if (number === '') throw new BusinessRefusal('Value cannot be null. Parameter name: key');
  return number;
}

/** The day a document bears, as the API shows days; today where none was sent. */
export function dayOf(sent: unknown, today: string): string {
  return `${String(sent ?? today).slice(0, 10)}T00:00:00`;
}

/** YYYYMM of a day. */
export function periodOf(day: string): string {
  return day.slice(0, 4) + day.slice(5, 7);
}

/** A financial period as its other field has it: MMYYYY. */
export function postPeriodOf(period: string): string {
  return period.slice(4) + period.slice(0, 4);
}
