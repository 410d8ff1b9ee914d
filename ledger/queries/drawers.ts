import { type RawBuilder, sql } from 'kysely';
import type { Ledger } from '../database.ts';
import { DOCUMENT_STATES, type DocumentState } from '../schema.ts';
import { type DocumentFilter, isNarrow } from './document-filter.ts';

/** One combination of state, flow and kind that documents have: a range of an index. */
export interface Drawer {
  readonly state: DocumentState;
  readonly flow: string;
  readonly kind: string;
}

export interface Drawn {
  readonly drawers: readonly Drawer[];
  /** Whether to go through them range by range; else they are one more condition on few documents. */
  readonly asRanges: boolean;
}

/**
 * The drawers that a filter asks to look into, or undefined when it names none and the order of arrival is the way.
 */
export async function drawersFor(ledger: Ledger, filter: DocumentFilter): Promise<Drawn | undefined> {
  const { flows, states = [], kind } = filter;
  if (flows === undefined && states.length === 0 && kind === undefined) return undefined;
  const isAsked = (drawer: Drawer) =>
    (flows === undefined || flows.includes(drawer.flow)) &&
    (states.length === 0 || states.includes(drawer.state)) &&
    (kind === undefined || kind.toLowerCase() === drawer.kind.toLowerCase());
  return { drawers: (await allDrawers(ledger)).filter(isAsked), asRanges: !isNarrow(filter) };
}

/** Every drawer that holds a document, found by skipping from one to the next in the index. */
export async function allDrawers({ db }: Ledger): Promise<readonly Drawer[]> {
  const { rows } = await sql<Drawer>`
    with recursive drawer as (
      (select state, flow, kind from document order by state, flow, kind limit 1)
      union all
      select next.* from drawer cross join lateral (
        select state, flow, kind from document
        where (document.state, document.flow, document.kind) > (drawer.state, drawer.flow, drawer.kind)
        order by state, flow, kind limit 1
      ) as next
    )
    select * from drawer`.execute(db);
  return rows.toSorted((a, b) => DOCUMENT_STATES.indexOf(a.state) - DOCUMENT_STATES.indexOf(b.state));
}

/** Drawers as a table `drawer (state, flow, kind)`. */
export function drawerTable(drawers: readonly Drawer[]): RawBuilder<unknown> {
  const column = (name: keyof Drawer) => sql`${drawers.map((drawer) => drawer[name])}::text[]`;
  return sql`unnest(${column('state')}, ${column('flow')}, ${column('kind')}) as drawer (state, flow, kind)`;
}

export const IS_IN_DRAWER = sql<boolean>`document.state = drawer.state and document.flow = drawer.flow and document.kind = drawer.kind`;

export function isInOneOf(drawers: readonly Drawer[]): RawBuilder<boolean> {
  return sql`exists (select from ${drawerTable(drawers)} where ${IS_IN_DRAWER})`;
}
