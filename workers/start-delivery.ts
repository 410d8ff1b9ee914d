import type { Client } from '@temporalio/client';
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import type { DeliveryStart } from '../activities/delivery.ts';
import type { deliver } from '../workflows/deliver.ts';
import { deliveryOptions } from '../workflows/delivery-options.ts';

/**
 * Starts the delivery of a document outside any run, for the sweep and for a replay: a new run of the same workflow id,
 * unless one is open, which then goes on undisturbed. Returns the run's id.
 */
export async function startDelivery(client: Client, taskQueue: string, start: DeliveryStart): Promise<string> {
  const handle = await client.workflow.start<typeof deliver>('deliver', {
    ...deliveryOptions(start),
    taskQueue,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
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
