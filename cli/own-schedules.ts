import type { ScheduleSettings, WantedSchedule } from './schedules.ts';

const MINUTE_MS = 60_000;

/** What an installation does for itself, whatever flows it has. */
const OWN: Readonly<Record<string, Pick<ScheduleSettings, 'everyMs' | 'timeoutMs' | 'summary'>>> = {
  sweep: { everyMs: MINUTE_MS, timeoutMs: 30 * MINUTE_MS, summary: 'Starts documents whose delivery was lost' },
  watch: { everyMs: MINUTE_MS, timeoutMs: 10 * MINUTE_MS, summary: 'Looks what is wrong and raises alerts' },
};

/** The schedules `ml-connector/<workflow>`. A start that comes during a run is dropped: the next one sees the same. */
export function ownSchedules(taskQueue: string): WantedSchedule[] {
  return Object.entries(OWN).map(([workflow, own]) => {
    const id = `ml-connector/${workflow}`;
    const settings: ScheduleSettings = {
      ...own,
      jitterMs: 0,
      catchUpMs: MINUTE_MS,
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
