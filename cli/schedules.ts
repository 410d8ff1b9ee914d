import { schedulesOf } from '../config/desired-schedule.ts';
import type { Integration } from '../config/integration.ts';
import { FLOW, INTEGRATION, PARTNER } from '../workflows/search-attributes.ts';
import { ownSchedules } from './own-schedules.ts';

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

/** The schedule of every flow, and those of the installation itself. */
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
  return [...flows, ...ownSchedules(taskQueue)];
}

function attributesOf({ integration, partner }: Integration, flow: string): Record<string, string> {
  return { [INTEGRATION.name]: integration, [FLOW.name]: flow, [PARTNER.name]: partner };
}
