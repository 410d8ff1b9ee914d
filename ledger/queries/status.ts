import { sql } from 'kysely';
import type { Ledger } from '../database.ts';
import { DOCUMENT_STATES, type DocumentState } from '../schema.ts';
import { allDrawers, type Drawer, drawerTable, IS_IN_DRAWER } from './drawers.ts';

/** How a flow stands: its documents by state, and since when the oldest one on its way has waited. */
export interface FlowStatus {
  readonly flow: string;
  readonly states: Readonly<Partial<Record<DocumentState, number>>>;
  /** States of which there are more documents than were counted. */
  readonly atLeast: readonly DocumentState[];
  readonly oldestUndelivered: Date | null;
}

interface Contents extends Drawer {
  readonly count: number;
  /** Of what is on its way. */
  readonly oldest: Date | null;
}

/**
 * Every flow that has documents, by name. Counts in an index, drawer by drawer, and of each state of a flow no more than
 * `most`: it must not take longer the more there are.
 */
export async function flowStatuses(ledger: Ledger, most: number): Promise<readonly FlowStatus[]> {
  const { rows } = await sql<Contents>`
    select drawer.*, contents.*, first.* from ${drawerTable(await allDrawers(ledger))}
      cross join lateral (select count(*) as count from (
        select from document where ${IS_IN_DRAWER} limit ${most + 1}) as counted) as contents
      left join lateral (select created_at as oldest from document
        where ${IS_IN_DRAWER} and drawer.state = any(${[...ON_THE_WAY]}::text[])
        order by created_at, ordinal limit 1) as first on true
    where contents.count > 0`.execute(ledger.db);
  const flows = [...Map.groupBy(rows, ({ flow }) => flow)].map(([flow, drawers]) => statusOf(flow, drawers, most));
  return flows.sort((a, b) => (a.flow < b.flow ? -1 : 1));
}

const ON_THE_WAY: readonly DocumentState[] = ['received', 'transformed', 'posted'];

/** Kinds of one state counted together. */
function statusOf(flow: string, drawers: readonly Contents[], most: number): FlowStatus {
  const states: Partial<Record<DocumentState, number>> = {};
  for (const { state, count } of drawers) states[state] = Math.min(most, (states[state] ?? 0) + count);
  const total = (asked: DocumentState) =>
    drawers.filter(({ state }) => state === asked).reduce((sum, { count }) => sum + count, 0);
  const atLeast = DOCUMENT_STATES.filter((state) => total(state) > most);
  return { flow, states, atLeast, oldestUndelivered: earliest(drawers.flatMap(({ oldest }) => oldest ?? [])) };
}

function earliest(dates: readonly Date[]): Date | null {
  return dates.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}
