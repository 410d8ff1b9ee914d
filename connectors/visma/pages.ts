import { z } from 'zod';
import { Failure } from '../../failures/failure.ts';

export interface Page<T> {
  readonly records: T[];
  /** Ask for the next page, and hand it this page's `totalCount`. */
  readonly hasMore: boolean;
  /**
   * Records of the whole list by the answer's own count, or their lines where a list counts those (`sizeOf` of its reader);
   * undefined when the entity does not say.
   */
  readonly totalCount: number | undefined;
}

/** Visma repeats this on every item of a page; an empty page has none. */
const metadataSchema = z.object({
  metadata: z.object({ totalCount: z.number().nonnegative(), maxPageSize: z.number().positive() }),
});

export interface PageRequest {
  /** Named in failures: `supplier list`. */
  readonly what: string;
  readonly pageNumber: number;
  readonly pageSize: number;
  /** `totalCount` of the page before, which had said that more follow. */
  readonly promisedTotal: number | undefined;
}

/**
 * Is there a next page? The page size asked for is silently clamped to the entity's maximum, so a page that looks short need
 * not be the last one: the count on the items decides where there is one, the page's length only where there is none.
 *
 * Throws Failure `VISMA_PAGE_DRIFT` when records have left the list since the page before: what came after them moved up
 * across the page border and was not read.
 *
 * @param length of the page in what the list counts, where that is not its items
 */
export function judgePage(
  request: PageRequest,
  items: readonly unknown[],
  length = items.length,
): Omit<Page<never>, 'records'> {
  const { what, pageNumber, promisedTotal } = request;
  const metadata = metadataSchema.safeParse(items[0]).data?.metadata;
  const totalCount = metadata?.totalCount;
  if (promisedTotal !== undefined && (items.length === 0 || (totalCount ?? promisedTotal) < promisedTotal)) {
    throw drift(what, `page ${pageNumber} does not hold what the page before promised`);
  }
  const pageSize = Math.min(request.pageSize, metadata?.maxPageSize ?? request.pageSize);
  const hasMore = totalCount === undefined ? length >= pageSize : pageNumber * pageSize < totalCount;
  return { hasMore: hasMore && items.length > 0, totalCount };
}

/**
 * A list whose items carry no count: a page that is shorter than asked may be the last one or may have been cut to a maximum
 * that nobody knows, so only an empty page ends the walk.
 */
export function judgeUncounted(items: readonly unknown[]): Omit<Page<never>, 'records'> {
  return { hasMore: items.length > 0, totalCount: undefined };
}

/** A list without pages must be whole. Throws Failure `VISMA_PAGE_DRIFT` when its own count says otherwise. */
export function judgeWhole(what: string, items: readonly unknown[]): Omit<Page<never>, 'records'> {
  const totalCount = metadataSchema.safeParse(items[0]).data?.metadata.totalCount;
  if (totalCount !== undefined && items.length < totalCount) {
    throw drift(what, `${items.length} of ${totalCount} records came`);
  }
  return { hasMore: false, totalCount };
}

/** In every record: what tells two versions of it apart. */
export interface Versioned {
  readonly lastModifiedDateTime?: string | null | undefined;
  readonly timeStamp?: string | null | undefined;
}

/**
 * What one walk has seen so far. Rows that change while it goes on turn up on two pages: the newest version is kept, and
 * every key that is missing at the end is noticed.
 */
export class Walk<T extends Versioned> {
  readonly #what: string;
  readonly #keyOf: (record: T) => string;
  readonly #sizeOf: (record: T) => number;
  readonly #seen = new Map<string, Versioned & { readonly size: number }>();
  #firstTotal: number | undefined;
  #repeats = 0;

  /** @param sizeOf how much of the list's count a record makes up */
  constructor(what: string, keyOf: (record: T) => string, sizeOf: (record: T) => number = () => 1) {
    this.#what = what;
    this.#keyOf = keyOf;
    this.#sizeOf = sizeOf;
  }

  /** The records of a page that are new to this walk or newer than what it has seen, one per key. */
  take(page: Page<T>): T[] {
    this.#firstTotal ??= page.totalCount;
    const known = this.#seen.size;
    const fresh = new Map<string, T>();
    for (const record of page.records) {
      if (this.#isNews(record)) fresh.set(this.#keyOf(record), record);
    }
    // A server that ignores the page number would repeat its first page for ever.
    if (page.hasMore && this.#seen.size === known) throw drift(this.#what, 'a page repeats what came before');
    return [...fresh.values()];
  }

  /**
   * Throws Failure `VISMA_PAGE_DRIFT` when records were missed. All that the first page counted must have come. What was
   * created meanwhile on a page already read pushes one record over the border, which then comes twice: so many may be
   * missing from the last count, since the next delta brings them. Any more have moved past the walk unread.
   */
  finish(lastPage: Page<T>): void {
    const seen = [...this.#seen.values()].reduce((sum, { size }) => sum + size, 0);
    const expected = Math.max(this.#firstTotal ?? 0, (lastPage.totalCount ?? 0) - this.#repeats);
    if (seen < expected) throw drift(this.#what, `${seen} of ${expected} records came`);
  }

  #isNews(record: T): boolean {
    const key = this.#keyOf(record);
    const { lastModifiedDateTime, timeStamp } = record;
    const size = this.#sizeOf(record);
    const before = this.#seen.get(key);
    if (before !== undefined && !isNewer(record, before)) {
      this.#repeats += size;
      return false;
    }
    this.#seen.set(key, { lastModifiedDateTime, timeStamp, size });
    return true;
  }
}

/** The local times of one system compare as text; within one instant another row version counts as newer. */
function isNewer(record: Versioned, before: Versioned): boolean {
  const [is, was] = [record.lastModifiedDateTime ?? '', before.lastModifiedDateTime ?? ''];
  return is > was || (is === was && record.timeStamp !== before.timeStamp);
}

/** Records moved while a list was walked. */
export function drift(what: string, how: string): Failure {
  return new Failure('VISMA_PAGE_DRIFT', { message: `${what}: page drift, ${how}` });
}
