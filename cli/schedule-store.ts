import {
  type Client,
  type ScheduleDescription,
  ScheduleNotFoundError,
  type ScheduleOptions,
  type ScheduleUpdateOptions,
} from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import type { ScheduleSettings, WantedSchedule } from './schedules.ts';

/** Tells our schedules from those of other programs in the namespace. */
const MEMO = { createdBy: 'ml-connector' };

/** The settings of a schedule as the server has them; undefined when there is none. */
export async function currentSettings(client: Client, id: string): Promise<Record<string, unknown> | undefined> {
  try {
    return settingsIn(await client.schedule.getHandle(id).describe());
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}

/** Named and formed as `ScheduleSettings`, whatever somebody made of the schedule meanwhile. */
function settingsIn({ spec, action, policies }: ScheduleDescription): Record<string, unknown> {
  const [interval] = spec.intervals ?? [];
  const [calendar] = spec.calendars ?? [];
  return {
    ...(interval ? { everyMs: interval.every } : {}),
    ...(calendar ? { cron: calendar.comment ?? 'another calendar', timeZone: spec.timezone ?? 'UTC' } : {}),
    jitterMs: spec.jitter ?? 0,
    catchUpMs: policies.catchupWindow,
    overlap: policies.overlap,
    timeoutMs: action.workflowExecutionTimeout,
    workflow: action.workflowType,
    workflowId: action.workflowId,
    taskQueue: action.taskQueue,
    arguments: action.args ?? [],
    attributes: attributesIn(action.typedSearchAttributes),
    summary: action.staticSummary,
  };
}

function attributesIn(attributes: ScheduleDescription['action']['typedSearchAttributes']): Record<string, unknown> {
  const pairs = attributes instanceof TypedSearchAttributes ? attributes.getAll() : (attributes ?? []);
  return Object.fromEntries(pairs.map(({ key, value }) => [key.name, value]));
}

export async function createSchedule(client: Client, { id, settings }: WantedSchedule): Promise<void> {
  await client.schedule.create({ scheduleId: id, memo: MEMO, ...optionsOf(settings) });
}

/** What an operator did to it (a pause with its note) stays. */
export async function updateSchedule(client: Client, { id, settings }: WantedSchedule): Promise<void> {
  await client.schedule
    .getHandle(id)
    .update(({ state }) => ({ ...optionsOf(settings), state }) satisfies ScheduleUpdateOptions);
}

export async function deleteSchedule(client: Client, id: string): Promise<void> {
  await client.schedule.getHandle(id).delete();
}

/** The ids of all schedules in the namespace that this program made. */
export async function ourSchedules(client: Client): Promise<string[]> {
  const ids: string[] = [];
  for await (const { scheduleId, memo } of client.schedule.list()) {
    if (memo?.createdBy === MEMO.createdBy) ids.push(scheduleId);
  }
  return ids;
}

function optionsOf(settings: ScheduleSettings): Omit<ScheduleOptions, 'scheduleId' | 'memo'> {
  const { workflow, timeoutMs, attributes, summary } = settings;
  const pairs = Object.entries(attributes).map(([name, value]) => ({
    key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD),
    value,
  }));
  const typedSearchAttributes = new TypedSearchAttributes(pairs);
  return {
    spec: specOf(settings),
    policies: { overlap: settings.overlap, catchupWindow: settings.catchUpMs, pauseOnFailure: false },
    typedSearchAttributes,
    action: {
      type: 'startWorkflow',
      workflowType: workflow,
      workflowId: settings.workflowId,
      taskQueue: settings.taskQueue,
      args: [...settings.arguments],
      workflowExecutionTimeout: timeoutMs,
      typedSearchAttributes,
      staticSummary: summary,
    },
  };
}

/** The server keeps a cron expression only as a calendar, and its comment as it is: there it can be compared. */
function specOf({ everyMs, cron, timeZone, jitterMs }: ScheduleSettings): ScheduleOptions['spec'] {
  if (everyMs !== undefined) return { intervals: [{ every: everyMs }], jitter: jitterMs };
  return {
    cronExpressions: [`${cron} #${cron}`],
    jitter: jitterMs,
    ...(timeZone === undefined ? {} : { timezone: timeZone }),
  };
}
