import type { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createAnchorActivities } from '../activities/anchor-activities.ts';
import { Configuration } from '../activities/configuration.ts';
import { Connections } from '../activities/connections.ts';
import type { At } from '../activities/crash-point.ts';
import { createDeliverActivities } from '../activities/deliver-activities.ts';
import type { Dependencies } from '../activities/dependencies.ts';
import type { Log } from '../activities/log.ts';
import { ReferenceData } from '../activities/reference-data/reference-data.ts';
import { createRetentionActivities } from '../activities/retention-activities.ts';
import { createStepsOf } from '../activities/steps-of.ts';
import { createSweepActivities } from '../activities/sweep-activities.ts';
import { createSyncActivities } from '../activities/sync-activities.ts';
import { createWatchActivities } from '../activities/watch-activities.ts';
import type { EnvironmentSettings } from '../config/environment.ts';
import type { Ledger } from '../ledger/database.ts';
import { cachedBundle } from './bundle.ts';
import { connectionOptions, dataConverter } from './connect.ts';
import { deliveriesUnderWay, startDelivery } from './start-delivery.ts';
import { temporalView } from './temporal-view.ts';

/** Longer than the deadline of any single request: an outcome under way is still recorded when a worker is told to stop. */
const SHUTDOWN_GRACE = '75s';
const SHUTDOWN_FORCE = '90s';
/** How long the server waits for the worker that has a workflow in its cache; a killed one costs this much. */
const STICKY_TIMEOUT = '2s';

/** What the worker is made of. */
export interface WorkerParts {
  readonly settings: EnvironmentSettings;
  readonly ledger: Ledger;
  readonly client: Client;
  readonly log: Log;
  readonly at: At;
}

/** Wires the activities and makes the worker; `connection` is closed after it has ended. */
export async function createWorker(parts: WorkerParts): Promise<{ worker: Worker; connection: NativeConnection }> {
  const { temporal, worker: limits } = parts.settings;
  const connection = await NativeConnection.connect(connectionOptions(temporal));
  const activities = createActivities(parts);
  const worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: temporal.taskQueue,
    identity: limits.name,
    workflowBundle: await cachedBundle(limits.bundleCache, temporal.payloadKey === undefined ? 'clear' : 'encrypted'),
    activities,
    dataConverter: dataConverter(temporal),
    maxCachedWorkflows: limits.cachedWorkflows,
    maxConcurrentWorkflowTaskExecutions: limits.workflowSlots,
    maxConcurrentActivityTaskExecutions: limits.activitySlots,
    workflowTaskPollerBehavior: { type: 'autoscaling' },
    activityTaskPollerBehavior: { type: 'autoscaling' },
    stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT,
    shutdownGraceTime: SHUTDOWN_GRACE,
    shutdownForceTime: SHUTDOWN_FORCE,
  });
  return { worker, connection };
}

function createActivities({ settings, ledger, client, log, at }: WorkerParts) {
  const deps: Dependencies = {
    ledger,
    configuration: new Configuration(ledger),
    connections: new Connections(ledger, log),
    referenceData: new ReferenceData(() => ledger.now().getTime()),
    log,
    at,
    actor: `worker:${settings.worker.name}`,
    startDelivery: async (start) => void (await startDelivery(client, settings.temporal.taskQueue, start)),
    deliveriesUnderWay: () => deliveriesUnderWay(client),
  };
  const stepsOf = createStepsOf(deps);
  return {
    ...createSyncActivities(deps, stepsOf),
    ...createDeliverActivities(deps, stepsOf),
    ...createSweepActivities(deps, settings.worker.sweepAfterMs),
    ...createAnchorActivities(deps),
    ...createRetentionActivities(deps),
    ...createWatchActivities({
      ...deps,
      temporal: temporalView(client, settings.temporal.taskQueue),
      sink: settings.worker.alertSink,
    }),
  };
}
