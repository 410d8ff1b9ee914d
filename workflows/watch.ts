import { isCancellation, proxyActivities } from '@temporalio/workflow';
import type { WatchActivities } from '../activities/watch-activities.ts';
import { STEP } from './policies.ts';

const { lookOut } = proxyActivities<WatchActivities>({ ...STEP, summary: 'look what is wrong' });
const { sendNotices } = proxyActivities<WatchActivities>({
  ...STEP,
  retry: { initialInterval: '2s', maximumAttempts: 3 },
  summary: 'tell of it',
});

/**
 * Looks what is wrong and tells of it. What could not be told stays in the ledger for the next run: a receiver that is away
 * must not keep the watch from looking.
 */
export async function watch(): Promise<void> {
  await lookOut();
  try {
    await sendNotices();
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}
