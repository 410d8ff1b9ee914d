import type { CallPurpose } from '../../connectors/visma/budget.ts';
import type { VismaClient } from '../../connectors/visma/client.ts';
import type { Versioned } from '../../connectors/visma/pages.ts';
import type { Delta, RecordList } from '../../connectors/visma/reader.ts';
import type { VismaSegment } from '../../connectors/visma/schema/dimension.ts';
import type { VismaFinancialPeriod } from '../../connectors/visma/schema/reference-lists.ts';
import type { Reference } from './reference.ts';
import { Shelf, type ShelfSource } from './shelf.ts';

/** What a record says about a document that refers to it. */
export type Standing = 'usable' | 'missing' | 'inactive' | 'closed';

/** What was found under a value. */
interface Finding<T> {
  readonly standing: Standing;
  readonly record: T | undefined;
}

/** Looks up one kind of reference data. `notBefore`: how old the answer may be, in milliseconds since the epoch. */
interface Lookup<T> {
  find(reference: Reference, notBefore: number, purpose: CallPurpose): Promise<Finding<T>>;
  findAgain(reference: Reference, notBefore: number, purpose: CallPurpose): Promise<Finding<T>>;
  all(notBefore: number, purpose: CallPurpose): Promise<readonly T[]>;
}

/** The reference data of one company. */
export type Company = ReturnType<typeof openCompany>;

/**
 * Suppliers and subaccounts are long lists that can be asked for one by one; the others are short and come whole with one
 * call. A VAT code or a currency is never inactive: when one ends, Visma.net goes by the document's date.
 *
 * @param now milliseconds since the epoch
 */
export function openCompany(client: VismaClient, now: () => number) {
  return {
    account: lookup(now, whole(client.accounts), ({ active }) => activity(active)),
    subaccount: lookup(now, long(client.subaccounts), ({ active }) => activity(active)),
    supplier: lookup(now, long(client.suppliers), ({ status }) => activity(status !== 'Inactive')),
    period: lookup(now, whole(client.financialPeriods), openness),
    vatCode: lookup(now, whole(client.vatCodes), () => 'usable'),
    branch: lookup(now, whole(client.branches), ({ isActive }) => activity(isActive)),
    currency: lookup(now, whole(client.currencies), () => 'usable'),
    /** Segments of subaccounts with their values, by number. */
    segment: lookup(now, segmentsOfSubaccounts(client), () => 'usable'),
  };
}

/** The dimension that subaccounts are made of. */
const SUBACCOUNT = 'SUBACCOUNT';

function segmentsOfSubaccounts(client: VismaClient): Source<VismaSegment> {
  return (purpose) => ({
    keyOf: ({ segmentId }) => String(segmentId),
    list: async function* () {
      yield (await client.dimensions.get(SUBACCOUNT, purpose))?.segments ?? [];
    },
  });
}

type Source<T> = (purpose: CallPurpose) => ShelfSource<T>;

function whole<T extends Versioned>(reader: RecordList<T, Delta>): Source<T> {
  return (purpose) => ({ keyOf: (record) => reader.keyOf(record), list: () => reader.list({}, purpose) });
}

interface OneByOne<T> {
  get(key: string, purpose: CallPurpose): Promise<T | undefined>;
}

function long<T extends Versioned>(reader: RecordList<T, Delta> & OneByOne<T>): Source<T> {
  return (purpose) => ({
    keyOf: (record) => reader.keyOf(record),
    list: (since) => reader.list(since === undefined ? {} : { modifiedSince: since }, purpose),
    get: (key) => reader.get(key, purpose),
  });
}

function lookup<T extends Partial<Versioned>>(
  now: () => number,
  source: Source<T>,
  standing: (record: T, reference: Reference) => Standing,
): Lookup<T> {
  const shelf = new Shelf<T>(now);
  const told = (record: T | undefined, reference: Reference): Finding<T> => ({
    record,
    standing: record === undefined ? 'missing' : standing(record, reference),
  });
  return {
    find: async (reference, notBefore, purpose) =>
      told(await shelf.find(source(purpose), reference.value, notBefore), reference),
    findAgain: async (reference, notBefore, purpose) =>
      told(await shelf.findAgain(source(purpose), reference.value, notBefore), reference),
    all: (notBefore, purpose) => shelf.all(source(purpose), notBefore),
  };
}

/** A record that does not say is active. */
function activity(active: boolean | null | undefined): Standing {
  return active === false ? 'inactive' : 'usable';
}

/** Every posting ends in the general ledger; a document of a subledger needs its period open there too. */
function openness(period: VismaFinancialPeriod, { ledger }: Reference): Standing {
  if (period.active === false) return 'inactive';
  const closed = {
    supplier: period.closedInSupplierLedger,
    customer: period.closedInCustomerLedger,
    cash: period.closedInCashManagement,
    general: false,
  };
  return period.closedInGeneralLedger === true || closed[ledger ?? 'general'] === true ? 'closed' : 'usable';
}
