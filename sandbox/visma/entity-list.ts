import { type Answer, ApiRefusal } from './answers.ts';
import type { Entity, ListRules } from './entity.ts';
import { parameterNames, type Query, testsFor } from './filters.ts';
import type { Json, JsonObject } from './json.ts';
import { cut, PAGING_PARAMETERS, pageNumberOf } from './paging.ts';
import { readQuery } from './query.ts';
import type { Settings } from './settings.ts';
import { type Row, rendered, type Table } from './table.ts';
import type { World } from './world.ts';

/** Answers a list: a bare array, the metadata repeated on every item, thus absent from an empty page. */
export function listEntity(entity: Entity, raw: Readonly<Record<string, unknown>>, world: World): Answer {
  const { settings } = world;
  const rules = entity.list;
  const query = readQuery(raw, { known: knownParameters(rules), notSimulated: rules.notSimulated ?? [] }, settings);
  const missing = rules.required?.(query);
  if (missing !== undefined) throw new ApiRefusal(400, `The parameter ${missing} is required.`);
  const table = world.table(entity.name);
  const tests = [...testsFor(query, rules.filters, settings), ...keyTest(query)];
  const rows = table.rows(settings.listOrder).filter((row) => tests.every((test) => test(row)));
  const maxPageSize = Math.min(settings.maxPageSize, rules.maxPageSize ?? settings.maxPageSize);
  const items = pageOf(rows, query, rules, { ...settings, maxPageSize });
  const metadata = { totalCount: items.totalCount, maxPageSize };
  return {
    status: 200,
    body: items.rows.map((row) => ({
      ...item(row, entity, query),
      ...(rules.metadata === 'none' ? {} : { metadata }),
    })),
  };
}

/** A page that counts parts is cut between two parts: a record at its border comes with what is on this side. */
function pageOf(rows: readonly Row[], query: Query, { paging, pagesCount }: ListRules, settings: Settings) {
  if (pagesCount === undefined) return { rows: cut(rows, query, paging, settings), totalCount: rows.length };
  const parts = rows.flatMap((row) => partsOf(row, pagesCount).map((part) => ({ row, part })));
  const pieces = new Map<Row, Json[]>();
  for (const { row, part } of cut(parts, query, paging, settings)) {
    const piece = pieces.get(row) ?? [];
    piece.push(part);
    pieces.set(row, piece);
  }
  const cutRows = [...pieces].map(([row, piece]) => ({ ...row, record: { ...row.record, [pagesCount]: piece } }));
  return { rows: cutRows, totalCount: parts.length };
}

function partsOf({ record }: Row, name: string): Json[] {
  const parts = record[name];
  return Array.isArray(parts) ? parts : [];
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

function item(row: Row, { list, stamps }: Entity, query: Query): JsonObject {
  const record = stamps === 'none' ? { ...row.record } : rendered(row);
  for (const field of list.hidden ?? []) delete record[field];
  for (const [field, parameter] of Object.entries(list.expanded ?? {})) {
    if (query[parameter]?.toLowerCase() !== 'true') delete record[field];
  }
  return record;
}
