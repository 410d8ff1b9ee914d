import type { Answer } from './answers.ts';
import type { Entity, ListRules } from './entity.ts';
import { parameterNames, type Query, testsFor } from './filters.ts';
import type { Json, JsonObject } from './json.ts';
import { cut, PAGING_PARAMETERS, pageNumberOf } from './paging.ts';
import { readQuery } from './query.ts';
import { type Row, rendered, type Table } from './table.ts';
import type { World } from './world.ts';

/** Answers a list: a bare array, the metadata repeated on every item, thus absent from an empty page. */
export function listEntity(entity: Entity, raw: Readonly<Record<string, unknown>>, world: World): Answer {
  const { settings } = world;
  const rules = entity.list;
  const query = readQuery(raw, { known: knownParameters(rules), notSimulated: rules.notSimulated ?? [] }, settings);
  const table = world.table(entity.name);
  const tests = [...testsFor(query, rules.filters, settings), ...keyTest(query)];
  const rows = table.rows(settings.listOrder).filter((row) => tests.every((test) => test(row)));
  const metadata = { totalCount: rows.length, maxPageSize: settings.maxPageSize };
  return {
    status: 200,
    body: cut(rows, query, rules.paging, settings).map((row) => item(row, rules, query, metadata)),
  };
}

/** Moves the first rows of a list, as other users' work does between two pages of a walk. */
export function drift(table: Table, rows: number, world: World): void {
  for (const row of table.rows(world.settings.listOrder).slice(0, rows)) {
    table.put(row.key, row.record, world.clock.wall());
  }
}

/** Whether a list request asks for a page after the first. */
export function isLaterPage(raw: Readonly<Record<string, unknown>>): boolean {
  const { pageNumber } = raw;
  return typeof pageNumber === 'string' && pageNumberOf({ pageNumber }) > 1;
}

function knownParameters(rules: ListRules): string[] {
  const expands = Object.values(rules.expanded ?? {});
  return [...parameterNames(rules.filters), ...PAGING_PARAMETERS[rules.paging], ...expands];
}

function keyTest({ greaterThanValue }: Query): ((row: Row) => boolean)[] {
  if (greaterThanValue === undefined) return [];
  const after = greaterThanValue.toUpperCase();
  return [(row) => row.key.toUpperCase() > after];
}

function item(row: Row, rules: ListRules, query: Query, metadata: JsonObject): Json {
  const record = rendered(row);
  for (const [field, parameter] of Object.entries(rules.expanded ?? {})) {
    if (query[parameter]?.toLowerCase() !== 'true') delete record[field];
  }
  return { ...record, metadata };
}
