import { type Client, ScheduleNotFoundError } from '@temporalio/client';
import { pausedFlows } from '../ledger/brakes.ts';
import { type FlowStatus, flowStatuses } from '../ledger/queries/status.ts';
import { appliedIntegrations } from './names.ts';
import { MOST_COUNTED } from './output.ts';
import type { Session } from './session.ts';

/** When a flow ran and will run. */
export interface ScheduleStatus {
  readonly lastRun: Date | null;
  readonly nextRun: Date | null;
  readonly running: boolean;
  /** The note of whoever paused the schedule in Temporal. */
  readonly paused: string | null;
}

export interface FlowReport extends FlowStatus {
  /** Undefined: not known, since Temporal is out of reach. Null: there is none. */
  readonly schedule: ScheduleStatus | null | undefined;
  /** Why an operator has paused the flow. */
  readonly paused: string | null;
}

/** Every flow that is applied or has documents. */
export async function flowReports(session: Session, client: Client | undefined): Promise<FlowReport[]> {
  const ledger = await session.ledger();
  const statuses = new Map((await flowStatuses(ledger, MOST_COUNTED)).map((status) => [status.flow, status]));
  const brakes = new Map((await pausedFlows(ledger)).map(({ flow, reason }) => [flow, reason]));
  const applied = (await appliedIntegrations(session)).flatMap(({ integration, flows }) =>
    Object.keys(flows).map((flow) => `${integration}/${flow}`),
  );
  const names = [...new Set([...applied, ...statuses.keys()])];
  return Promise.all(
    names.map(async (flow) => ({
      ...(statuses.get(flow) ?? { flow, states: {}, atLeast: [], oldestUndelivered: null }),
      schedule: client && (await scheduleStatus(client, flow)),
      paused: brakes.get(flow) ?? null,
    })),
  );
}

async function scheduleStatus(client: Client, id: string): Promise<ScheduleStatus | null> {
  try {
    const { info, state } = await client.schedule.getHandle(id).describe();
    return {
      lastRun: info.recentActions.at(-1)?.takenAt ?? null,
      nextRun: state.paused ? null : (info.nextActionTimes[0] ?? null),
      running: info.runningActions.length > 0,
      paused: state.paused ? (state.note ?? '') : null,
    };
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}
