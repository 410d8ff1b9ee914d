import type { ScheduleSettings, WantedSchedule } from './schedules.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const EVERY_MINUTE = { everyMs: MINUTE_MS, catchUpMs: MINUTE_MS } as const;

/** What starts each workflow of the installation itself, whatever flows it has. */
const OWN: Readonly<Record<string, Pick<ScheduleSettings, 'catchUpMs' | 'timeoutMs' | 'summary'>>> = {
  sweep: { ...EVERY_MINUTE, timeoutMs: 30 * MINUTE_MS, summary: 'Starts documents whose delivery was lost' },
  watch: { ...EVERY_MINUTE, timeoutMs: 10 * MINUTE_MS, summary: 'Looks what is wrong and raises alerts' },
  anchor: { ...daily('0 3 * * *'), timeoutMs: 6 * HOUR_MS, summary: 'Writes one hash over the record to the log' },
  retention: {
    ...daily('30 3 * * *'),
    timeoutMs: 6 * HOUR_MS,
    summary: 'Forgets bodies that are not to be kept any longer',
  },
};

function daily(cron: string) {
  return { cron, timeZone: 'UTC', catchUpMs: 12 * HOUR_MS };
}

/** The schedules `ml-connector/<workflow>`. A start that comes during a run is dropped: the next one sees the same. */
export function ownSchedules(taskQueue: string): WantedSchedule[] {
  return Object.entries(OWN).map(([workflow, own]) => {
    const id = `ml-connector/${workflow}`;
    const settings: ScheduleSettings = {
      ...own,
      jitterMs: 0,
      overlap: 'SKIP',
      workflow,
      workflowId: id,
      taskQueue,
      arguments: [],
      attributes: {},
    };
    return { id, settings };
  });
}
