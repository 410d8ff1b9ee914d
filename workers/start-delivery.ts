import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import type { DeliveryStart } from '../activities/delivery.ts';
import type { deliver } from '../workflows/deliver.ts';
import { deliveryOptions } from '../workflows/delivery-options.ts';

/**
 * Starts the delivery of a document outside any run, for the sweep: a new run of the same workflow id, unless one is open,
 * which then goes on undisturbed. Returns the run's id.
 */
export async function startDelivery(client: Client, taskQueue: string, start: DeliveryStart): Promise<string> {
  return startAs(client, taskQueue, start, WorkflowIdConflictPolicy.USE_EXISTING);
}

/** The same for a replay: returns undefined, and starts nothing, when a run is open. */
export async function startUnlessOpen(
  client: Client,
  taskQueue: string,
  start: DeliveryStart,
): Promise<string | undefined> {
  try {
    return await startAs(client, taskQueue, start, WorkflowIdConflictPolicy.FAIL);
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return undefined;
    throw error;
  }
}

async function startAs(
  client: Client,
  taskQueue: string,
  start: DeliveryStart,
  workflowIdConflictPolicy: WorkflowIdConflictPolicy,
): Promise<string> {
  const handle = await client.workflow.start<typeof deliver>('deliver', {
    ...deliveryOptions(start),
    taskQueue,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    workflowIdConflictPolicy,
  });
  return handle.firstExecutionRunId;
}

const OPEN_DELIVERIES = "WorkflowType = 'deliver' AND ExecutionStatus = 'Running'";

/** The workflow ids of all open deliveries of the namespace: one call for a thousand of them. */
export async function deliveriesUnderWay(client: Client): Promise<ReadonlySet<string>> {
  const open = new Set<string>();
  for await (const { workflowId } of client.workflow.list({ query: OPEN_DELIVERIES, pageSize: 1000 })) {
    open.add(workflowId);
  }
  return open;
}
