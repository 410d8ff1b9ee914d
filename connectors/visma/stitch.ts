import { drift, type Page, type Versioned } from './pages.ts';

/**
 * A record that comes in parts. Pages of the journal count lines, so a batch at the border of two pages comes with its first
 * lines on one and with the others on the next.
 */
export interface Parts<T> {
  /** How many parts, by the list's own count, this record or piece of one holds. */
  readonly count: (piece: T) => number;
  /** The pieces of one record as one. */
  readonly join: (first: T, next: T) => T;
}

interface Source<T> {
  readonly what: string;
  readonly keyOf: (record: T) => string;
  readonly parts: Parts<T>;
  /** One page as the API cuts it. */
  readonly read: (pageNumber: number, promisedTotal: number | undefined) => Promise<Page<T>>;
}

/**
 * So many of the API's pages make one of ours. A walk that fits into one of ours costs no call more than its pages; a longer
 * one reads two pages twice at each border, which tells what is cut there without keeping anything between two calls.
 */
const PAGES_AT_ONCE = 10;

/**
 * A page of whole records. Throws Failure `VISMA_PAGE_DRIFT` when a record changed between its pieces.
 *
 * @param pageNumber from 1, in pages of ours
 */
export async function stitchedPage<T extends Versioned>(
  source: Source<T>,
  pageNumber: number,
  promisedTotal: number | undefined,
): Promise<Page<T>> {
  const first = (pageNumber - 1) * PAGES_AT_ONCE + 1;
  const stitched = new Stitched(source);
  let page: Page<T> | undefined;
  if (first > 1) {
    page = await source.read(first - 1, promisedTotal);
    stitched.skipRest(page);
  }
  for (let number = first; number < first + PAGES_AT_ONCE && (page?.hasMore ?? true); number += 1) {
    page = await source.read(number, page?.totalCount ?? promisedTotal);
    stitched.add(page);
  }
  let next = first + PAGES_AT_ONCE;
  let others = false;
  while (page?.hasMore && !others) {
    page = await source.read(next, page.totalCount);
    others = stitched.addRest(page);
    next += 1;
  }
  return { records: stitched.records(), hasMore: others, totalCount: page?.totalCount };
}

class Stitched<T extends Versioned> {
  readonly #source: Source<T>;
  readonly #records = new Map<string, T>();
  #last: string | undefined;
  /** The record that the page before ours began, and gave out whole. */
  #skipped: string | undefined;

  constructor(source: Source<T>) {
    this.#source = source;
  }

  skipRest({ records }: Page<T>): void {
    const last = records.at(-1);
    if (last !== undefined) this.#skipped = this.#source.keyOf(last);
  }

  add({ records }: Page<T>): void {
    for (const piece of records) {
      const key = this.#source.keyOf(piece);
      if (key === this.#skipped && this.#records.size === 0) continue;
      this.#put(key, piece);
    }
  }

  /** Takes only what belongs to the last record so far. True when the page begins other records. */
  addRest({ records }: Page<T>): boolean {
    const end = records.findIndex((piece) => this.#source.keyOf(piece) !== this.#last);
    const rest = end < 0 ? records : records.slice(0, end);
    for (const piece of rest) this.#put(this.#source.keyOf(piece), piece);
    return end >= 0;
  }

  records(): T[] {
    return [...this.#records.values()];
  }

  #put(key: string, piece: T): void {
    const before = this.#records.get(key);
    if (before !== undefined && before.timeStamp !== piece.timeStamp) {
      throw drift(this.#source.what, 'a record changed between its parts');
    }
    this.#records.set(key, before === undefined ? piece : this.#source.parts.join(before, piece));
    this.#last = key;
  }
}
