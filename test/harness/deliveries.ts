import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import proto from '@temporalio/proto';
import { Configuration } from '../../activities/configuration.ts';
import { deliveryStart } from '../../activities/delivery.ts';
import { RESTING_STATES } from '../../ledger/documents.ts';
import { intentsOf } from '../../ledger/intents.ts';
import type { DocumentRow, IntentRow } from '../../ledger/schema.ts';
import { startDelivery } from '../../workers/start-delivery.ts';
import type { sweep } from '../../workflows/sweep.ts';
import type { Connector } from './connector.ts';
import { until } from './until.ts';

type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;
const { EventType } = proto.temporal.api.enums.v1;

/** Waits until every document of a flow rests, and returns them in the order they came. */
export async function atRest(connector: Connector, flow: string, withinMs?: number): Promise<DocumentRow[]> {
  let documents: DocumentRow[] = [];
  const rests = async () => {
    documents = await connector.documents(flow);
    return documents.every(({ state }) => RESTING_STATES.includes(state));
  };
  await until(`every document of ${flow} rests`, rests, withinMs);
  return documents;
}

/**
 * Delivers a document once more, as `ml-connector replay` does, and waits for the end of that run, however it ends. The run
 * that failed is waited for first: the ledger knows of a failure a moment before its workflow ends.
 */
export async function replay(connector: Connector, document: DocumentRow, config = document.configHash): Promise<void> {
  const { temporal, ledger, taskQueue } = connector;
  await ended(connector, document.workflowId);
  const flow = await new Configuration(ledger).flow(config, document.flow);
  const run = await startDelivery(temporal.client, taskQueue, deliveryStart(flow, document));
  await ended(connector, document.workflowId, run);
}

/** Waits for the end of a run, however it ends. */
export async function ended({ temporal }: Connector, workflowId: string, runId?: string): Promise<void> {
  const handle = temporal.client.workflow.getHandle(workflowId, runId);
  await handle.result().catch(() => undefined);
}

/** Runs the sweep once and returns how many documents it found. */
export async function runSweep({ temporal, taskQueue }: Connector): Promise<number> {
  return temporal.client.workflow.execute<typeof sweep>('sweep', {
    workflowId: `sweep/${randomBytes(4).toString('hex')}`,
    taskQueue,
  });
}

/** The events of a run, as the server keeps them. */
export async function eventsOf({ temporal }: Connector, workflowId: string, runId?: string): Promise<HistoryEvent[]> {
  const history = await temporal.client.workflow.getHandle(workflowId, runId).fetchHistory();
  return history.events ?? [];
}

/** The names of the activities of a run, in order: those it has scheduled, and the local ones that came to an end. */
export function activitiesIn(events: readonly HistoryEvent[]): string[] {
  return events.flatMap((event) => activityOf(event) ?? []);
}

/** The activity that an event schedules, or that it records as done in its worker. */
export function activityOf(event: HistoryEvent): string | undefined {
  const { activityTaskScheduledEventAttributes: scheduled, markerRecordedEventAttributes: marker } = event;
  if (scheduled) return scheduled.activityType?.name ?? undefined;
  const [local] = marker?.details?.data?.payloads ?? [];
  if (!local) return undefined;
  return defaultPayloadConverter.fromPayload<{ activity_type?: string }>(local).activity_type;
}

/** The ids of the events at which the Web UI offers a reset. */
export function resetPoints(events: readonly HistoryEvent[]): number[] {
  const types = [
    EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
  ];
  return events.filter(({ eventType }) => eventType && types.includes(eventType)).map(({ eventId }) => Number(eventId));
}

/** Resets a run as the button of the Web UI does; returns the id of the run that goes on instead. */
export async function reset(
  { temporal }: Connector,
  execution: { readonly workflowId: string; readonly runId: string },
  eventId: number,
): Promise<string> {
  const { client, namespace } = temporal;
  const answer = await client.workflowService.resetWorkflowExecution({
    namespace,
    workflowExecution: execution,
    reason: 'a test',
    requestId: randomBytes(8).toString('hex'),
    // biome-ignore lint/suspicious/noExplicitAny: a 64-bit number of the protocol
    workflowTaskFinishEventId: eventId as any,
  });
  return answer.runId;
}

/** The one intent of a document. */
export async function intentOf({ ledger }: Connector, document: DocumentRow): Promise<IntentRow | undefined> {
  return (await intentsOf(ledger, document.id))[0];
}

/** What Visma.net has carried out, `create 50001`, in the order it did. */
export async function writes({ visma }: Connector): Promise<string[]> {
  const { commits } = await visma.admin.state({ records: false });
  return commits.map(({ operation, key }) => `${operation} ${key}`);
}
