import { z } from 'zod';
import { etagOf } from './answer.ts';
import type { VismaApi } from './api.ts';
import type { CallPurpose } from './budget.ts';
import { judgePage, judgeUncounted, judgeWhole, type Page, type Versioned, Walk } from './pages.ts';
import { assertFound, isAbsent, parsedAnswer, parsedBody } from './parsed.ts';
import { type Parts, stitchedPage } from './stitch.ts';

/** What sets one entity apart from the others when it is read. T: the record, F: the filter of its list, K: its key. */
export interface Entity<T extends Versioned, F, K> {
  /** As Visma writes it: `supplierInvoice`. */
  readonly name: string;
  readonly path: string;
  readonly schema: z.ZodType<T>;
  /** Some lists have no page parameters at all, and some that have carry no count on their items. */
  readonly paging: 'pages' | 'uncounted pages' | 'whole';
  /** Where pages count parts of a record, so that one record can be cut over two of them. */
  readonly parts?: Parts<T>;
  /** A filter for trying whether the list can be read, where it cannot be read without one. */
  readonly probe?: F;
  /** Adds to a record what its list leaves out because the filter says it. */
  readonly complete?: (record: T, filter: F) => T;
  readonly query: (filter: F) => Record<string, string>;
  /** Unique within the entity. */
  readonly keyOf: (record: T) => string;
  /** Path segments below `path`, encoded. */
  readonly segmentsOf: (key: K) => readonly string[];
}

export interface Delta {
  /**
   * A `lastModifiedDateTime` as it was received, in Visma's local form without zone. Records of that very instant come again:
   * whether Visma's `>` is strict is documented both ways, so `>=` is what is asked.
   */
  readonly modifiedSince?: string;
}

export function deltaQuery(filter: Delta): Record<string, string> {
  if (filter.modifiedSince === undefined) return {};
  return { lastModifiedDateTime: filter.modifiedSince, lastModifiedDateTimeCondition: '>=' };
}

/** A list that is walked page by page. */
export interface RecordList<T extends Versioned, F> {
  readonly name: string;
  /** Unique within the entity. */
  keyOf(record: T): string;
  /** How much of the page's `totalCount` the record makes up: 1, or its lines where a list counts lines. */
  sizeOf(record: T): number;
  list(filter: F, purpose: CallPurpose): AsyncGenerator<T[], void, void>;
  listPage(filter: F, pageNumber: number, purpose: CallPurpose, promisedTotal?: number): Promise<Page<T>>;
}

/** The reader of an entity. */
export type ReaderOf<E> = E extends Entity<infer T, infer F, infer K> ? Reader<T, F, K> : never;

/** Reads one entity. Every method takes one slot of the budget per page or record, and throws Failure. */
export class Reader<T extends Versioned, F, K> implements RecordList<T, F> {
  readonly #api: VismaApi;
  readonly #entity: Entity<T, F, K>;
  readonly #pageSize: number;

  constructor(api: VismaApi, entity: Entity<T, F, K>, pageSize: number) {
    this.#api = api;
    this.#entity = entity;
    this.#pageSize = pageSize;
  }

  get name(): string {
    return this.#entity.name;
  }

  keyOf(record: T): string {
    return this.#entity.keyOf(record);
  }

  sizeOf(record: T): number {
    return this.#entity.parts?.count(record) ?? 1;
  }

  /**
   * Walks all pages; each key comes once, or again when a newer version turns up on a later page. Only a walk that ends
   * without throwing was complete: `VISMA_PAGE_DRIFT` means that records moved meanwhile, and to begin anew.
   */
  async *list(filter: F, purpose: CallPurpose): AsyncGenerator<T[], void, void> {
    const walk = new Walk<T>(
      this.#listName,
      (record) => this.keyOf(record),
      (record) => this.sizeOf(record),
    );
    let promisedTotal: number | undefined;
    for (let pageNumber = 1; ; pageNumber += 1) {
      const page = await this.listPage(filter, pageNumber, purpose, promisedTotal);
      const fresh = walk.take(page);
      if (fresh.length > 0) yield fresh;
      if (!page.hasMore) return walk.finish(page);
      promisedTotal = page.totalCount;
    }
  }

  /**
   * One page, for a caller that stores page by page. `promisedTotal` is the `totalCount` of the page before; with it, records
   * that left the list meanwhile are noticed (`VISMA_PAGE_DRIFT`: begin again at page 1).
   *
   * @param pageNumber from 1
   */
  async listPage(filter: F, pageNumber: number, purpose: CallPurpose, promisedTotal?: number): Promise<Page<T>> {
    const { parts, keyOf, complete } = this.#entity;
    const read = (number: number, promised?: number) => this.#readPage(filter, number, purpose, promised);
    const page = await (parts === undefined
      ? read(pageNumber, promisedTotal)
      : stitchedPage({ what: this.#listName, keyOf, parts, read }, pageNumber, promisedTotal));
    return complete === undefined ? page : { ...page, records: page.records.map((one) => complete(one, filter)) };
  }

  async #readPage(filter: F, pageNumber: number, purpose: CallPurpose, promisedTotal?: number): Promise<Page<T>> {
    const { paging, query, schema } = this.#entity;
    const pageSize = this.#pageSize;
    const pages = { pageNumber: String(pageNumber), pageSize: String(pageSize) };
    const items = await this.#items({ ...query(filter), ...(paging === 'whole' ? {} : pages) }, purpose);
    const what = this.#listName;
    const records = parsedBody(z.array(schema), items, what);
    if (paging === 'whole') return { records, ...judgeWhole(what, items) };
    if (paging === 'uncounted pages') return { records, ...judgeUncounted(items) };
    const length = records.reduce((sum, record) => sum + this.sizeOf(record), 0);
    return { records, ...judgePage({ what, pageNumber, pageSize, promisedTotal }, items, length) };
  }

  /** One record with its version in `timeStamp`; undefined when there is none with this key (404). */
  async get(key: K, purpose: CallPurpose): Promise<T | undefined> {
    const { name, path, segmentsOf, schema } = this.#entity;
    const answer = await this.#api.read({ what: name, path: [path, ...segmentsOf(key)].join('/'), query: {} }, purpose);
    if (isAbsent(name, answer)) return undefined;
    const record = parsedAnswer(schema, answer, name);
    return { ...record, timeStamp: record.timeStamp ?? etagOf(answer) };
  }

  /** Reads as little as the list allows, to see whether it can be read. Resolves to the number of records that came. */
  async probe(purpose: CallPurpose): Promise<number> {
    const { paging, probe, query } = this.#entity;
    const least: Record<string, string> = paging === 'whole' ? {} : { pageNumber: '1', pageSize: '1' };
    return (await this.#items({ ...(probe === undefined ? {} : query(probe)), ...least }, purpose)).length;
  }

  get #listName(): string {
    return `${this.#entity.name} list`;
  }

  async #items(query: Record<string, string>, purpose: CallPurpose): Promise<unknown[]> {
    const what = this.#listName;
    const answer = await this.#api.read({ what, path: this.#entity.path, query }, purpose);
    assertFound(what, answer);
    return parsedAnswer(z.array(z.unknown()), answer, what);
  }
}
