import { z } from 'zod';
import type { VismaApi } from './api.ts';
import type { CallPurpose } from './budget.ts';
import { dimensionPath, segmentPath, segmentValueKey, valuesOf } from './entities/dimension.ts';
import type { Page } from './pages.ts';
import { assertFound, isAbsent, parsedAnswer } from './parsed.ts';
import type { Delta, RecordList } from './reader.ts';
import {
  dimensionSchema,
  type SegmentValue,
  segmentSchema,
  type VismaDimension,
  type VismaSegment,
} from './schema/dimension.ts';

export interface DimensionFilter extends Delta {
  /** The dimensions to read, for instance `SUBACCOUNT`; without it all of them, for one call more. */
  readonly dimensions?: readonly string[];
}

/**
 * Dimensions, their segments and the values of these. The list of dimensions holds only their ids, and a dimension comes
 * whole: whether its modification filter looks at the values is not documented, so what is older is left out here, which
 * costs no call more.
 */
export class DimensionReader implements RecordList<SegmentValue, DimensionFilter> {
  readonly name = 'dimension';
  readonly #api: VismaApi;

  constructor(api: VismaApi) {
    this.#api = api;
  }

  keyOf(value: SegmentValue): string {
    return segmentValueKey(value);
  }

  sizeOf(): number {
    return 1;
  }

  /** The ids of all dimensions: plain texts. */
  async ids(purpose: CallPurpose): Promise<string[]> {
    const what = 'dimension list';
    const answer = await this.#api.read({ what, path: dimensionPath(), query: {} }, purpose);
    assertFound(what, answer);
    return parsedAnswer(z.array(z.string()), answer, what);
  }

  /** A dimension with its segments and their values; undefined when there is none of this id. */
  async get(dimension: string, purpose: CallPurpose): Promise<VismaDimension | undefined> {
    const query = { expandSegmentsValues: 'true' };
    return this.#one(dimensionSchema, dimensionPath(dimension), query, purpose);
  }

  /** One segment with its values and the version that an update of it needs. */
  async getSegment(dimension: string, segmentId: number, purpose: CallPurpose): Promise<VismaSegment | undefined> {
    return this.#one(segmentSchema, segmentPath(dimension, segmentId), {}, purpose);
  }

  async *list(filter: DimensionFilter, purpose: CallPurpose): AsyncGenerator<SegmentValue[], void, void> {
    yield (await this.listPage(filter, 1, purpose)).records;
  }

  /** All values at once: there is one page. */
  async listPage(filter: DimensionFilter, _pageNumber: number, purpose: CallPurpose): Promise<Page<SegmentValue>> {
    const records: SegmentValue[] = [];
    for (const id of filter.dimensions ?? (await this.ids(purpose))) {
      const dimension = await this.get(id, purpose);
      if (dimension !== undefined) records.push(...valuesOf(id, dimension));
    }
    const since = filter.modifiedSince ?? '';
    // Local times of one system compare as text.
    const fresh = records.filter(({ lastModifiedDateTime }) => (lastModifiedDateTime ?? since) >= since);
    return { records: fresh, hasMore: false, totalCount: fresh.length };
  }

  async probe(purpose: CallPurpose): Promise<number> {
    return (await this.ids(purpose)).length;
  }

  async #one<T>(
    schema: z.ZodType<T>,
    path: string,
    query: Readonly<Record<string, string>>,
    purpose: CallPurpose,
  ): Promise<T | undefined> {
    const what = this.name;
    const answer = await this.#api.read({ what, path, query }, purpose);
    return isAbsent(what, answer) ? undefined : parsedAnswer(schema, answer, what);
  }
}
