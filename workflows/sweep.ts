import { proxyActivities } from '@temporalio/workflow';
import type { SweepActivities } from '../activities/sweep-activities.ts';
import { BULK } from './policies.ts';

const { restartStranded } = proxyActivities<SweepActivities>({ ...BULK, summary: 'start what nobody delivers' });

/** Starts the delivery of documents whose workflow is gone: after a terminated run, a lost Temporal database, a restored backup. */
export async function sweep(): Promise<number> {
  return restartStranded();
}
