import { sql } from 'kysely';
import type { Ledger } from '../database.ts';
import type { DocumentState } from '../schema.ts';
import { allDrawers, type Drawer, drawerTable, IS_IN_DRAWER } from './drawers.ts';

/** How a flow stands: its documents by state, and since when the oldest one on its way has waited. */
export interface FlowStatus {
  readonly flow: string;
  readonly states: Readonly<Partial<Record<DocumentState, number>>>;
  readonly oldestUndelivered: Date | null;
}

interface Contents extends Drawer {
  readonly count: number;
  readonly oldest: Date;
}

/** Every flow that has documents, by name. Counts in an index, drawer by drawer. */
export async function flowStatuses(ledger: Ledger): Promise<readonly FlowStatus[]> {
  const { rows } = await sql<Contents>`
    select drawer.*, contents.* from ${drawerTable(await allDrawers(ledger))} cross join lateral (
      select count(*) as count, min(created_at) as oldest from document
      where ${IS_IN_DRAWER}
    ) as contents where contents.count > 0`.execute(ledger.db);
  const flows = [...Map.groupBy(rows, ({ flow }) => flow)].map(([flow, drawers]) => ({
    flow,
    states: added(drawers),
    oldestUndelivered: earliest(drawers.filter(({ state }) => ON_THE_WAY.includes(state)).map(({ oldest }) => oldest)),
  }));
  return flows.sort((a, b) => (a.flow < b.flow ? -1 : 1));
}

const ON_THE_WAY: readonly DocumentState[] = ['received', 'transformed', 'posted'];

/** Kinds of one state counted together. */
function added(drawers: readonly Contents[]): FlowStatus['states'] {
  const states: Partial<Record<DocumentState, number>> = {};
  for (const { state, count } of drawers) states[state] = (states[state] ?? 0) + count;
  return states;
}

function earliest(dates: readonly Date[]): Date | null {
  return dates.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}
