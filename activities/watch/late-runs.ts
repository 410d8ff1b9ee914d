import type { Condition } from '../../ledger/alerts.ts';
import { lastRunEnded } from '../../ledger/queries/watch.ts';
import { forgetScheduleWatch, scheduleWatch, setScheduleWatch } from '../../ledger/schedule-watch.ts';
import type { FlowConfig } from '../configuration.ts';
import type { WatchDependencies } from './dependencies.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Whether a flow's runs are overdue: its schedule is gone, or no run has ended since long after one should have begun. What
 * is expected is noted when a run ends, so that calendars of any shape are understood.
 */
export async function lateRun({ ledger, temporal }: WatchDependencies, config: FlowConfig): Promise<Condition[]> {
  const { name: flow, hash: configHash } = config;
  const schedule = await temporal.scheduleOf(flow);
  if (schedule.state === 'missing') return [missing(flow)];
  if (schedule.state === 'paused' || schedule.nextAt === null) {
    await forgetScheduleWatch(ledger, flow);
    return [];
  }
  const known = await scheduleWatch(ledger, flow);
  const lastRunAt = await lastRunEnded(ledger, flow);
  const isNews = known?.configHash !== configHash || known.lastRunAt?.getTime() !== lastRunAt?.getTime();
  if (!known || isNews) {
    await setScheduleWatch(ledger, { flow, configHash, lastRunAt, expectedAt: schedule.nextAt });
    return [];
  }
  const lateAt = known.expectedAt.getTime() + patienceMs(config);
  return ledger.now().getTime() > lateAt ? [late(flow, known.expectedAt)] : [];
}

/** Unless it is set: a quarter of an hour, or as long as the interval where that is longer, up to a day; an hour for a calendar. */
function patienceMs({ flow: { schedule } }: FlowConfig): number {
  if (schedule.lateAfterMs !== undefined) return schedule.lateAfterMs;
  return 'everyMs' in schedule ? Math.min(24 * HOUR_MS, Math.max(15 * MINUTE_MS, schedule.everyMs)) : HOUR_MS;
}

function missing(flow: string): Condition {
  return {
    kind: 'schedule missing',
    subject: flow,
    code: '',
    count: 1,
    summary: `Flow ${flow} is applied and has no schedule in Temporal: it never runs.`,
    next: 'Run `ml-connector apply`, which makes it.',
  };
}

function late(flow: string, expectedAt: Date): Condition {
  return {
    kind: 'schedule late',
    subject: flow,
    code: '',
    count: 1,
    summary: `No run of ${flow} has ended since one was due at ${expectedAt.toISOString()}.`,
    next: `See \`ml-connector status\`, and in the Web UI what the run of ${flow} waits for.`,
  };
}
