import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow';
import type { DeliveryStart } from '../activities/delivery.ts';
import type { deliver } from './deliver.ts';
import { deliveryOptions } from './delivery-options.ts';

/** Starts under way at once. More would not make the server faster, and fewer would leave it idle. */
const WINDOW = 20;

/**
 * Starts the delivery of each document and returns when all are started. A delivery that is under way, or that ended well
 * in an earlier run, counts as started.
 */
export async function startDeliveries(documents: readonly DeliveryStart[]): Promise<void> {
  const waiting = [...documents];
  const starter = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await startDelivery(next);
  };
  await Promise.all(Array.from({ length: Math.min(WINDOW, waiting.length) }, starter));
}

async function startDelivery(start: DeliveryStart): Promise<void> {
  try {
    await startChild<typeof deliver>('deliver', {
      ...deliveryOptions(start),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
