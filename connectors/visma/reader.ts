import { z } from 'zod';
import { Failure } from '../../failures/failure.ts';
import { etagOf, parseJson } from './answer.ts';
import type { ReadRequest, VismaApi } from './api.ts';
import type { CallPurpose } from './budget.ts';
import { readFailure } from './errors.ts';
import type { HttpAnswer } from './http.ts';
import { judgePage, judgeWhole, type Page, type Versioned, Walk } from './pages.ts';

/** What sets one entity apart from the others when it is read. T: the record, F: the filter of its list, K: its key. */
export interface Entity<T extends Versioned, F, K> {
  /** As Visma writes it: `supplierInvoice`. */
  readonly name: string;
  readonly path: string;
  readonly schema: z.ZodType<T>;
  /** Some lists have no page parameters at all. */
  readonly paging: 'pages' | 'whole';
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

/** Reads one entity. Every method takes one slot of the budget per page or record, and throws Failure. */
export class Reader<T extends Versioned, F, K> {
  readonly #api: VismaApi;
  readonly #entity: Entity<T, F, K>;
  readonly #pageSize: number;

  constructor(api: VismaApi, entity: Entity<T, F, K>, pageSize: number) {
    this.#api = api;
    this.#entity = entity;
    this.#pageSize = pageSize;
  }

  /**
   * Walks all pages; each key comes once, or again when a newer version turns up on a later page. Only a walk that ends
   * without throwing was complete: `VISMA_PAGE_DRIFT` means that records moved meanwhile, and to begin anew.
   */
  async *list(filter: F, purpose: CallPurpose): AsyncGenerator<T[], void, void> {
    const walk = new Walk<T>(this.#listName, this.#entity.keyOf);
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
    const { paging, query } = this.#entity;
    const pageSize = this.#pageSize;
    const pages = { pageNumber: String(pageNumber), pageSize: String(pageSize) };
    const items = await this.#items({ ...query(filter), ...(paging === 'pages' ? pages : {}) }, purpose);
    const what = this.#listName;
    const judged =
      paging === 'pages' ? judgePage({ what, pageNumber, pageSize, promisedTotal }, items) : judgeWhole(what, items);
    return { records: this.#parse(z.array(this.#entity.schema), items, what), ...judged };
  }

  /** One record with its version in `timeStamp`; undefined when there is none with this key (404). */
  async get(key: K, purpose: CallPurpose): Promise<T | undefined> {
    const { name, path, segmentsOf, schema } = this.#entity;
    const answer = await this.#api.read({ what: name, path: [path, ...segmentsOf(key)].join('/'), query: {} }, purpose);
    if (answer.status === 404) return this.#absent(answer);
    const record = this.#parse(schema, this.#json(name, answer), name);
    return { ...record, timeStamp: record.timeStamp ?? etagOf(answer) };
  }

  /** Reads as little as the list allows, to see whether it can be read. Resolves to the number of records that came. */
  async probe(purpose: CallPurpose): Promise<number> {
    const query: Record<string, string> = this.#entity.paging === 'pages' ? { pageNumber: '1', pageSize: '1' } : {};
    return (await this.#items(query, purpose)).length;
  }

  get #listName(): string {
    return `${this.#entity.name} list`;
  }

  /** A page of a gateway is no proof that a record is absent. */
  #absent(answer: HttpAnswer): undefined {
    const failure = readFailure(this.#entity.name, answer, 0);
    if (failure.code !== 'VISMA_ROUTE') throw failure;
    return undefined;
  }

  async #items(query: Record<string, string>, purpose: CallPurpose): Promise<unknown[]> {
    const request: ReadRequest = { what: this.#listName, path: this.#entity.path, query };
    const answer = await this.#api.read(request, purpose);
    if (answer.status === 404) throw readFailure(this.#listName, answer, 0);
    return this.#parse(z.array(z.unknown()), this.#json(this.#listName, answer), this.#listName);
  }

  #json(what: string, answer: HttpAnswer): unknown {
    const body = parseJson(answer.text);
    if (body !== undefined) return body;
    throw new Failure('VISMA_UNREACHABLE', { message: `${what}: the answer is not JSON (${answer.status})` });
  }

  #parse<R>(schema: z.ZodType<R>, body: unknown, what: string): R {
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const place = issue === undefined || issue.path.length === 0 ? 'the whole answer' : issue.path.join('.');
    throw new Failure('VISMA_ANSWER_INVALID', { message: `${what}: unexpected form at ${place} (${issue?.code})` });
  }
}
