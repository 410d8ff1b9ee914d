import { type Client, ScheduleOverlapPolicy } from '@temporalio/client';

/**
 * Starts a run of a flow now, as its schedule would: one that is under way is followed by one more at most. A schedule that
 * somebody has paused stays at rest.
 */
export async function triggerSchedule(client: Client, flow: string): Promise<void> {
  const schedule = client.schedule.getHandle(flow);
  const { state } = await schedule.describe();
  if (!state.paused) await schedule.trigger(ScheduleOverlapPolicy.BUFFER_ONE);
}
