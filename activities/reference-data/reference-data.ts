import type { CallPurpose } from '../../connectors/visma/budget.ts';
import type { VismaClient } from '../../connectors/visma/client.ts';
import { Failure } from '../../failures/failure.ts';
import type { ConnectionConfig } from '../configuration.ts';
import { showable } from '../delivery.ts';
import { type Company, openCompany, type Standing } from './company.ts';
import type { Reference } from './reference.ts';
import { type Segment, splitSubaccount, takesValue } from './segments.ts';

interface Problem {
  readonly reference: Reference;
  readonly standing: Exclude<Standing, 'usable'>;
}

/** A closed period that is waited for is looked at again after so long. */
const PERIOD_RETRY_MS = 300_000;
const NAMED = 10;

/** Window of Visma.net where a record of the kind is kept. */
const WINDOWS: Readonly<Record<Reference['kind'], string>> = {
  account: 'Chart of accounts',
  subaccount: 'Subaccounts',
  supplier: 'Suppliers',
  period: 'Financial periods',
  vatCode: 'VAT',
  branch: 'Branches',
  currency: 'Currencies',
};

const WORDS: Readonly<Record<Reference['kind'], string>> = {
  account: 'account',
  subaccount: 'subaccount',
  supplier: 'supplier',
  period: 'financial period',
  vatCode: 'VAT code',
  branch: 'branch',
  currency: 'currency',
};

/** Looks up what a document refers to before it is posted, from a cache per company that all documents of a worker share. */
export class ReferenceData {
  readonly #now: () => number;
  readonly #companies = new WeakMap<VismaClient, Company>();

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Passes when Visma.net has every record referred to, usable. What is not so in the cache is read again before it counts,
   * so that a document can be replayed as soon as the record is there.
   * @throws Failure REFERENCE_UNKNOWN, PERIOD_CLOSED or PERIOD_AWAITED, and those of the reads
   */
  async assertKnown(
    connection: ConnectionConfig<'visma'>,
    client: VismaClient,
    references: readonly Reference[],
    purpose: CallPurpose,
  ): Promise<void> {
    const company = this.#company(client);
    const { newSubaccounts, closedPeriod } = connection.settings.referenceData;
    const began = this.#now();
    const problems: Problem[] = [];
    for (const reference of references) {
      const lookup = company[reference.kind];
      const found = await lookup.find(reference, this.#oldest(connection), purpose);
      if (found.standing === 'usable') continue;
      const { standing } = await lookup.findAgain(reference, began, purpose);
      if (standing === 'usable') continue;
      const isNew = reference.kind === 'subaccount' && standing === 'missing' && newSubaccounts === 'by segments';
      if (isNew && (await this.#canBeMade(connection, client, reference.value, purpose))) continue;
      problems.push({ reference, standing });
    }
    if (problems.length > 0) throw failureOf(problems, closedPeriod);
  }

  /** Whether Visma.net would make a subaccount of this number: every segment of it takes its value. */
  async #canBeMade(
    connection: ConnectionConfig<'visma'>,
    client: VismaClient,
    number: string,
    purpose: CallPurpose,
  ): Promise<boolean> {
    const { segment } = this.#company(client);
    for (const notBefore of [this.#oldest(connection), this.#now()]) {
      const segments = await segment.all(notBefore, purpose);
      const parts = splitSubaccount(number, segments) ?? [];
      const takes = ({ segmentId, segmentValue }: Segment) =>
        segments.some((one) => one.segmentId === segmentId && takesValue(one, segmentValue));
      if (parts.length > 0 && parts.every(takes)) return true;
    }
    return false;
  }

  /**
   * The segments of a subaccount, as a write has to name it, from the joined number that people use.
   * @throws Failure REFERENCE_UNKNOWN
   */
  async segmentsOf(
    connection: ConnectionConfig<'visma'>,
    client: VismaClient,
    { value, field }: Pick<Reference, 'value' | 'field'>,
    purpose: CallPurpose,
  ): Promise<readonly Segment[]> {
    const reference = { kind: 'subaccount', value, field } as const;
    await this.assertKnown(connection, client, [reference], purpose);
    const company = this.#company(client);
    const { record } = await company.subaccount.find(reference, this.#oldest(connection), purpose);
    if (record === undefined)
      return splitSubaccount(value, await company.segment.all(this.#oldest(connection), purpose)) ?? [];
    return (record.segments ?? []).flatMap(({ segmentId, segmentValue }) =>
      typeof segmentId === 'number' && segmentValue ? [{ segmentId, segmentValue }] : [],
    );
  }

  /**
   * The financial period of a day, YYYYMM: years need not begin in January. A period of adjustments, which has no length, is
   * not meant.
   * @throws Failure REFERENCE_UNKNOWN
   */
  async periodOf(
    connection: ConnectionConfig<'visma'>,
    client: VismaClient,
    { value: day, field }: Pick<Reference, 'value' | 'field'>,
    purpose: CallPurpose,
  ): Promise<string> {
    const periods = await this.#company(client).period.all(this.#oldest(connection), purpose);
    const holding = periods.find(({ startDate, endDate }) => {
      const [first, last] = [dayIn(startDate), dayIn(endDate)];
      return first !== last && first <= day && day <= last;
    });
    if (holding !== undefined) return client.financialPeriods.keyOf(holding);
    throw failureOf([{ reference: { kind: 'period', value: day, field }, standing: 'missing' }], 'refuse');
  }

  #oldest({ settings }: ConnectionConfig<'visma'>): number {
    return this.#now() - settings.referenceData.maxAgeMs;
  }

  /** A client is made anew for other credentials or another company: what was read with the old one goes with it. */
  #company(client: VismaClient): Company {
    const known = this.#companies.get(client);
    if (known !== undefined) return known;
    const company = openCompany(client, this.#now);
    this.#companies.set(client, company);
    return company;
  }
}

function failureOf(problems: readonly Problem[], closedPeriod: 'wait' | 'refuse'): Failure {
  const message = `What the document refers to cannot be used in Visma.net: ${worded(problems)}.`;
  if (!problems.every(({ standing }) => standing === 'closed')) {
    const windows = [...new Set(problems.map(({ reference }) => WINDOWS[reference.kind]))];
    const next = `Create or activate it in Visma.net (${windows.join(', ')}), or correct the value at its source, then replay the document.`;
    return new Failure('REFERENCE_UNKNOWN', { message, next });
  }
  return closedPeriod === 'wait'
    ? new Failure('PERIOD_AWAITED', { message, retryAfterMs: PERIOD_RETRY_MS })
    : new Failure('PERIOD_CLOSED', { message });
}

/** `2026-11-30T00:00:00` is a day. */
function dayIn(text: string | null | undefined): string {
  return (text ?? '').slice(0, 10);
}

function worded(problems: readonly Problem[]): string {
  const named = problems.slice(0, NAMED).map(({ reference: { kind, field, value }, standing }) => {
    const state = standing === 'missing' ? 'is not there' : `is ${standing}`;
    return `${WORDS[kind]} ${showable(value)} (${field}) ${state}`;
  });
  const more = problems.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}
