import { ApiRefusal } from './answers.ts';
import { valueAt } from './json.ts';
import { parseWall } from './server-clock.ts';
import type { Settings } from './settings.ts';
import type { Row } from './table.ts';

/** What a list parameter does. `field` is a dotted path into the record. */
type Filter =
  | { readonly kind: 'equals'; readonly field: string }
  /** `reads` turns a value of the filter into the one that records show, where they differ. */
  | {
      readonly kind: 'choice';
      readonly field: string;
      readonly values: readonly string[];
      readonly reads?: (value: string) => string;
    }
  | { readonly kind: 'boolean'; readonly field: string }
  /** Comes as a pair: the value, and its operator in `condition`. */
  | { readonly kind: 'moment'; readonly field: string; readonly condition: string }
  | { readonly kind: 'number'; readonly field: string; readonly condition: string }
  /** The stamp of a row, compared by the millisecond. */
  | { readonly kind: 'modified'; readonly condition: string }
  /** The stamp of a row, without an operator: how it compares is not documented. */
  | { readonly kind: 'modified since' };

export type Filters = Readonly<Record<string, Filter>>;
export type Query = Readonly<Record<string, string>>;
export type Test = (row: Row) => boolean;

const OPERATORS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
};

/** `lastModifiedDateTime` with its condition: every list has it. */
export const LAST_MODIFIED: Filters = {
  lastModifiedDateTime: { kind: 'modified', condition: 'lastModifiedDateTimeCondition' },
};

/** The names of all parameters a set of filters reads, conditions included. */
export function parameterNames(filters: Filters): string[] {
  return Object.entries(filters).flatMap(([name, filter]) =>
    'condition' in filter ? [name, filter.condition] : [name],
  );
}

/** Turns the query into tests on rows. Throws ApiRefusal 400 for a value that cannot be read. */
export function testsFor(query: Query, filters: Filters, settings: Settings): Test[] {
  return Object.entries(filters)
    .map(([name, filter]) => testFor(name, filter, query, settings))
    .filter((test) => test !== undefined);
}

function testFor(name: string, filter: Filter, query: Query, settings: Settings): Test | undefined {
  const value = query[name];
  if ('condition' in filter) return comparison(name, filter, query, settings);
  if (value === undefined) return undefined;
  if (filter.kind === 'modified since') {
    const limit = momentIn(name, value, settings);
    return ({ modifiedAt }) => (settings.journalDelta === 'after' ? modifiedAt > limit : modifiedAt >= limit);
  }
  const { field } = filter;
  switch (filter.kind) {
    case 'equals': {
      const wanted = value.trim().toLowerCase();
      return ({ record }) => String(valueAt(record, field) ?? '').toLowerCase() === wanted;
    }
    case 'choice':
      if (!filter.values.includes(value)) throw new ApiRefusal(400, `The value '${value}' is not valid for ${name}.`);
      return ({ record }) => valueAt(record, field) === (filter.reads?.(value) ?? value);
    case 'boolean':
      if (!/^(true|false)$/i.test(value)) throw new ApiRefusal(400, `The value '${value}' is not valid for ${name}.`);
      return ({ record }) => valueAt(record, field) === (value.toLowerCase() === 'true');
  }
}

type Comparison = Extract<Filter, { condition: string }>;

/** In real mode half a pair filters nothing at all: the whole list comes back with 200. */
function comparison(name: string, filter: Comparison, query: Query, settings: Settings): Test | undefined {
  const value = query[name];
  const condition = query[filter.condition];
  if (value === undefined && condition === undefined) return undefined;
  if (value === undefined || condition === undefined) {
    if (settings.mode === 'real') return undefined;
    throw new ApiRefusal(400, `${name} and ${filter.condition} must be sent together.`);
  }
  const holds = OPERATORS[condition];
  if (holds === undefined) throw new ApiRefusal(400, `The value '${condition}' is not valid for ${filter.condition}.`);
  const limit = filter.kind === 'number' ? numberIn(name, value) : momentIn(name, value, settings);
  return (row) => {
    const actual = comparable(row, filter);
    return actual !== undefined && holds(actual, limit);
  };
}

function comparable(row: Row, filter: Comparison): number | undefined {
  if (filter.kind === 'modified') return row.modifiedAt;
  const actual = valueAt(row.record, filter.field);
  if (filter.kind === 'number') return typeof actual === 'number' ? actual : undefined;
  return typeof actual === 'string' ? parseWall(actual) : undefined;
}

function numberIn(name: string, value: string): number {
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number))
    throw new ApiRefusal(400, `The value '${value}' is not valid for ${name}.`);
  return number;
}

/** A zone is no accepted form. Strict refuses it; real drops it and compares the digits, which are then hours off. */
function momentIn(name: string, value: string, settings: Settings): number {
  const text = settings.mode === 'real' ? value.replace(/(Z|[+\- ]\d\d:?\d\d)$/i, '') : value;
  const moment = parseWall(text) ?? parseWall(value);
  if (moment === undefined) throw new ApiRefusal(400, `The value '${value}' is not valid for ${name}.`);
  return moment;
}
