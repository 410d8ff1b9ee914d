import type { Ledger } from '../database.ts';
import type { DocumentState } from '../schema.ts';

/** How a flow stands: its documents by state, and since when the oldest one on its way has waited. */
export interface FlowStatus {
  readonly flow: string;
  readonly states: Readonly<Partial<Record<DocumentState, number>>>;
  readonly oldestUndelivered: Date | null;
}

/** Every flow that has documents, by name. */
export async function flowStatuses({ db }: Ledger): Promise<readonly FlowStatus[]> {
  const rows = await db
    .selectFrom('document')
    .select(({ fn }) => ['flow', 'state', fn.countAll<number>().as('count'), fn.min('createdAt').as('oldest')])
    .groupBy(['flow', 'state'])
    .orderBy('flow')
    .execute();
  return [...Map.groupBy(rows, ({ flow }) => flow)].map(([flow, states]) => ({
    flow,
    states: Object.fromEntries(states.map(({ state, count }) => [state, count])),
    oldestUndelivered: earliest(states.filter(({ state }) => ON_THE_WAY.includes(state)).map(({ oldest }) => oldest)),
  }));
}

const ON_THE_WAY: readonly DocumentState[] = ['received', 'transformed', 'posted'];

function earliest(dates: readonly Date[]): Date | null {
  return dates.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}
