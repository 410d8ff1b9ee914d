import type { Versioned } from '../../connectors/visma/pages.ts';

/** How one kind of reference data is read. Every call takes a slot of the company's budget. */
export interface ShelfSource<T> {
  readonly keyOf: (record: T) => string;
  /** All records, or those changed since a modification time that came with one. */
  readonly list: (since: string | undefined) => AsyncIterable<readonly T[]>;
  /** One record; given where the list has many pages, so that a few records cost less one by one. */
  readonly get?: (key: string) => Promise<T | undefined>;
}

interface Known<T> {
  readonly record: T | undefined;
  readonly readAt: number;
}

interface Reading {
  readonly startedAt: number;
  readonly done: Promise<void>;
}

/** So many records of a long list are read one by one within its age, then all of it, and after that what changed. */
const SINGLE_READS = 10;

/**
 * What is known of one kind of reference data in one company, shared by all documents of a worker. Callers that need the
 * same at the same time share one read. A record that was deleted from a long list stays known here; a write that names it
 * is refused by Visma.net itself.
 */
export class Shelf<T extends Versioned> {
  readonly #now: () => number;
  #known = new Map<string, Known<T>>();
  #listedAt = Number.NEGATIVE_INFINITY;
  #highest: string | undefined;
  readonly #reading = new Map<string, Reading>();

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The record as it was at `notBefore` or later, read in the cheapest way; undefined when there was none. */
  async find(source: ShelfSource<T>, key: string, notBefore: number): Promise<T | undefined> {
    if (this.#asOf(key) >= notBefore) return this.#record(key);
    const { get } = source;
    if (get !== undefined && !this.#isListed() && this.#countSince(notBefore) < SINGLE_READS) {
      return this.#readOne(get, key, notBefore);
    }
    await this.#readList(source, notBefore);
    return this.#record(key);
  }

  /** All records as they were at `notBefore` or later. */
  async all(source: ShelfSource<T>, notBefore: number): Promise<T[]> {
    if (this.#listedAt < notBefore) await this.#readList(source, notBefore);
    return [...this.#known.values()].flatMap(({ record }) => record ?? []);
  }

  /** The record as it was at `notBefore` or later, for a caller that did not find it, or found it unusable. */
  async findAgain(source: ShelfSource<T>, key: string, notBefore: number): Promise<T | undefined> {
    if (this.#asOf(key) >= notBefore) return this.#record(key);
    if (source.get !== undefined) return this.#readOne(source.get, key, notBefore);
    await this.#readList(source, notBefore);
    return this.#record(key);
  }

  #asOf(key: string): number {
    return Math.max(this.#listedAt, this.#known.get(folded(key))?.readAt ?? Number.NEGATIVE_INFINITY);
  }

  #record(key: string): T | undefined {
    return this.#known.get(folded(key))?.record;
  }

  #isListed(): boolean {
    return this.#listedAt > Number.NEGATIVE_INFINITY;
  }

  #countSince(notBefore: number): number {
    return [...this.#known.values()].filter(({ readAt }) => readAt >= notBefore).length;
  }

  async #readOne(get: (key: string) => Promise<T | undefined>, key: string, notBefore: number): Promise<T | undefined> {
    await this.#shared(`one ${folded(key)}`, notBefore, async (readAt) => {
      const record = await get(key);
      this.#known.set(folded(key), { record, readAt });
    });
    return this.#record(key);
  }

  async #readList(source: ShelfSource<T>, notBefore: number): Promise<void> {
    await this.#shared('list', notBefore, async (readAt) => {
      const isDelta = source.get !== undefined && this.#isListed();
      const read = new Map<string, Known<T>>();
      for await (const page of source.list(isDelta ? this.#highest : undefined)) {
        for (const record of page) read.set(folded(source.keyOf(record)), { record, readAt });
      }
      // What a short list no longer holds is gone. A long one says only what changed, and single records may have been read
      // while it was walked.
      if (source.get === undefined) this.#known = read;
      else this.#merge(read, readAt);
      this.#listedAt = readAt;
      // Only a walk that ended has seen all that was changed before the highest time in it.
      const stamps = [...read.values()].flatMap(({ record }) => record?.lastModifiedDateTime ?? []);
      this.#highest = [...stamps, this.#highest ?? ''].sort().at(-1) || undefined;
    });
  }

  #merge(read: ReadonlyMap<string, Known<T>>, readAt: number): void {
    for (const [key, found] of read) {
      if ((this.#known.get(key)?.readAt ?? readAt) <= readAt) this.#known.set(key, found);
    }
  }

  /** Joins a read that began late enough; else reads after the one that is under way. */
  async #shared(name: string, notBefore: number, read: (readAt: number) => Promise<void>): Promise<void> {
    const running = this.#reading.get(name);
    if (running !== undefined) {
      if (running.startedAt >= notBefore) return running.done;
      await running.done.catch(() => undefined);
      return this.#shared(name, notBefore, read);
    }
    const startedAt = this.#now();
    const done = read(startedAt).finally(() => this.#reading.delete(name));
    this.#reading.set(name, { startedAt, done });
    return done;
  }
}

/** Visma.net compares keys without regard to case. */
function folded(key: string): string {
  return key.trim().toUpperCase();
}
