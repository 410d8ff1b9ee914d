import { ParentClosePolicy, proxyActivities, startChild } from '@temporalio/workflow';
import { STEP } from '../../workflows/policies.ts';

const { first, second, third } = proxyActivities<Record<'first' | 'second' | 'third', () => Promise<void>>>(STEP);

const WINDOW = 20;

/** A document's delivery with nothing in it. */
export async function emptyDelivery(): Promise<void> {
  await first();
  await second();
  await third();
}

/** Starts so many empty deliveries as a sync starts real ones. */
export async function emptySync(prefix: string, count: number): Promise<void> {
  let next = 0;
  const starter = async () => {
    while (next < count) {
      next += 1;
      await startChild(emptyDelivery, {
        workflowId: `${prefix}/${next}`,
        parentClosePolicy: ParentClosePolicy.ABANDON,
      });
    }
  };
  await Promise.all(Array.from({ length: WINDOW }, starter));
}
