import type { VismaClient } from '../../connectors/visma/client.ts';
import type { VismaSupplier } from '../../connectors/visma/schema/supplier.ts';
import { Failure } from '../../failures/failure.ts';
import type { Supplier } from '../../mappings/canonical/supplier.ts';
import { supplierFromVisma } from '../../mappings/visma/supplier.ts';
import type { Attempt } from '../dependencies.ts';

/** A supplier as Visma.net holds it: its version for If-Match, and its content. */
export interface SeenSupplier {
  readonly number: string;
  readonly timeStamp: string;
  readonly supplier: Supplier;
}

/** Up to so many suppliers are read one by one; above, walking the list costs fewer calls. */
const SINGLE_READS = 2;
/** A walk is used again for the next pages of the same batch within this time. */
export const USABLE_MS = 10 * 60_000;

/** Narrows an answer to what the steps need. Visma.net gives every supplier a version. */
export function seenSupplier(record: VismaSupplier): SeenSupplier {
  return { number: record.number, timeStamp: record.timeStamp ?? '', supplier: supplierFromVisma(record) };
}

/** Undefined for a supplier that this version cannot map: nothing but its own document may fail of it. */
export function seenIfReadable(record: VismaSupplier): SeenSupplier | undefined {
  try {
    return seenSupplier(record);
  } catch (error) {
    if (error instanceof Failure && error.code === 'MAPPED_VALUE_INVALID') return undefined;
    throw error;
  }
}

interface Walk {
  /** Of the company that was walked. */
  readonly client: VismaClient;
  readonly batch: string;
  readonly at: number;
  readonly suppliers: Map<string, SeenSupplier>;
}

/** What Visma.net held when a batch looked: one walk over all suppliers, shared by the pages of the batch. */
export class SuppliersSeen {
  readonly #now: () => number;
  #walk: Walk | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The suppliers with these numbers that are in Visma.net. */
  async find(
    client: VismaClient,
    batch: string,
    numbers: readonly string[],
    attempt: Attempt,
  ): Promise<ReadonlyMap<string, SeenSupplier>> {
    const isUsable = this.#walk?.client === client && this.#walk.batch === batch;
    if (this.#walk && isUsable && this.#now() - this.#walk.at < USABLE_MS) return this.#walk.suppliers;
    const purpose = { class: 'poll', holder: `${batch}/suppliers` } as const;
    if (numbers.length <= SINGLE_READS) {
      const found = new Map<string, SeenSupplier>();
      for (const number of numbers) {
        const record = await client.suppliers.get(number, purpose);
        const readable = record && seenIfReadable(record);
        if (readable) found.set(number, readable);
      }
      return found;
    }
    const suppliers = new Map<string, SeenSupplier>();
    for await (const page of client.suppliers.list({}, purpose)) {
      attempt.heartbeat();
      for (const record of page) {
        const readable = seenIfReadable(record);
        if (readable) suppliers.set(record.number, readable);
      }
    }
    this.#walk = { client, batch, at: this.#now(), suppliers };
    return suppliers;
  }
}
