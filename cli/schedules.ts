import { schedulesOf } from '../config/desired-schedule.ts';
import type { Integration } from '../config/integration.ts';
import { FLOW, INTEGRATION, PARTNER } from '../workflows/search-attributes.ts';

/** A schedule in plain data, as a file would say it: what is wanted and what is there compare setting by setting. Times in ms. */
export interface ScheduleSettings {
  readonly everyMs?: number;
  readonly cron?: string;
  readonly timeZone?: string;
  readonly jitterMs: number;
  readonly catchUpMs: number;
  readonly overlap: 'BUFFER_ONE' | 'SKIP';
  readonly timeoutMs: number;
  readonly workflow: string;
  readonly workflowId: string;
  readonly taskQueue: string;
  readonly arguments: readonly unknown[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly summary: string;
}

export interface WantedSchedule {
  readonly id: string;
  readonly settings: ScheduleSettings;
}

const MINUTE_MS = 60_000;
/** The schedule and the workflow of the sweep. */
const SWEEP = 'ml-connector/sweep';

/** The schedule of every flow, and the one that finds documents whose delivery was lost. */
export function wantedSchedules(integrations: readonly Integration[], taskQueue: string): WantedSchedule[] {
  const flows = integrations.flatMap((integration) =>
    schedulesOf(integration).map((desired) => {
      const { scheduleId: id, spec, jitterMs, catchUpMs, overlap } = desired;
      const settings: ScheduleSettings = {
        ...spec,
        jitterMs,
        catchUpMs,
        overlap,
        timeoutMs: desired.executionTimeoutMs,
        workflow: desired.workflowType,
        workflowId: `sync/${id}`,
        taskQueue,
        arguments: desired.arguments,
        attributes: attributesOf(integration, id),
        summary: `${integration.partner} · ${id}`,
      };
      return { id, settings };
    }),
  );
  return [...flows, { id: SWEEP, settings: sweepSettings(taskQueue) }];
}

function attributesOf({ integration, partner }: Integration, flow: string): Record<string, string> {
  return { [INTEGRATION.name]: integration, [FLOW.name]: flow, [PARTNER.name]: partner };
}

function sweepSettings(taskQueue: string): ScheduleSettings {
  return {
    everyMs: MINUTE_MS,
    jitterMs: 0,
    catchUpMs: MINUTE_MS,
    overlap: 'SKIP',
    timeoutMs: 30 * MINUTE_MS,
    workflow: 'sweep',
    workflowId: SWEEP,
    taskQueue,
    arguments: [],
    attributes: {},
    summary: 'Starts documents whose delivery was lost',
  };
}
