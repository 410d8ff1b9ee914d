import { type Client, ScheduleNotFoundError } from '@temporalio/client';
import type { ScheduleView, TemporalView } from '../activities/watch/dependencies.ts';

/** A workflow task that was tried so often fails for a reason. */
const STUCK_AFTER_ATTEMPTS = 3;
/** Younger workflows have not had the time to fail so often. */
const OLDER_THAN_MS = 10_000;
/** Open workflows may be thousands that wait for quota; a defect shows in the newest of them. */
const LOOKED_AT = 100;
const AT_ONCE = 5;

/** What the watch asks Temporal. */
export function temporalView(client: Client, taskQueue: string): TemporalView {
  return {
    scheduleOf: (flow) => scheduleOf(client, flow),
    stuckWorkflows: () => stuckWorkflows(client, taskQueue),
  };
}

async function scheduleOf(client: Client, flow: string): Promise<ScheduleView> {
  try {
    const { state, info } = await client.schedule.getHandle(flow).describe();
    return state.paused ? { state: 'paused' } : { state: 'on', nextAt: info.nextActionTimes[0] ?? null };
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return { state: 'missing' };
    throw error;
  }
}

async function stuckWorkflows(client: Client, taskQueue: string): Promise<ReadonlyMap<string, number>> {
  const before = new Date(Date.now() - OLDER_THAN_MS).toISOString();
  const query = `TaskQueue = '${taskQueue}' AND ExecutionStatus = 'Running' AND StartTime < '${before}'`;
  const open: { workflowId: string; runId: string }[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query, pageSize: LOOKED_AT })) {
    if (open.push({ workflowId, runId }) >= LOOKED_AT) break;
  }
  const types: string[] = [];
  const look = async () => {
    for (let next = open.pop(); next; next = open.pop())
      types.push(...(await stuckType(client, next.workflowId, next.runId)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, look));
  return new Map([...Map.groupBy(types, (type) => type)].map(([type, all]) => [type, all.length]));
}

/** The type of a run that is stuck; nothing of one that is not, or has ended meanwhile. */
async function stuckType(client: Client, workflowId: string, runId: string): Promise<string[]> {
  const { type, raw, status } = await client.workflow.getHandle(workflowId, runId).describe();
  const attempt = raw.pendingWorkflowTask?.attempt ?? 0;
  return status.name === 'RUNNING' && attempt >= STUCK_AFTER_ATTEMPTS ? [type] : [];
}
