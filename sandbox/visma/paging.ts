import { ApiRefusal } from './answers.ts';
import type { Query } from './filters.ts';
import type { Settings } from './settings.ts';

/**
 * `pages`: `pageNumber` (from 1) and `pageSize`; `numberToRead` and `skipRecords` are accepted and do nothing.
 * `legacy`: no page parameters at all; `numberToRead` and `skipRecords` cut the list.
 */
export type Paging = 'pages' | 'legacy';

const LEGACY = ['greaterThanValue', 'numberToRead', 'skipRecords'];

export const PAGING_PARAMETERS: Readonly<Record<Paging, readonly string[]>> = {
  pages: ['pageNumber', 'pageSize', 'orderBy', ...LEGACY],
  legacy: LEGACY,
};

/** Cuts the rows (or parts of rows) a query asks for out of those that match. Offsets count over live data: there is no snapshot. */
export function cut<T>(rows: readonly T[], query: Query, paging: Paging, settings: Settings): readonly T[] {
  if (paging === 'legacy') {
    const skip = count('skipRecords', query, 0, settings) ?? 0;
    const take = count('numberToRead', query, 1, settings) ?? rows.length;
    return rows.slice(skip, skip + take);
  }
  const asked = count('pageSize', query, 1, settings) ?? settings.defaultPageSize;
  const size = Math.min(asked, settings.maxPageSize);
  const page = count('pageNumber', query, 1, settings) ?? 1;
  return rows.slice((page - 1) * size, page * size);
}

/** The page a query asks for, counted from 1. */
export function pageNumberOf(query: Query): number {
  return Number(query.pageNumber ?? '1') || 1;
}

function count(name: string, query: Query, least: number, settings: Settings): number | undefined {
  const value = query[name];
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least) return number;
  if (settings.mode === 'strict') throw new ApiRefusal(400, `The value '${value}' is not valid for ${name}.`);
  return undefined;
}
