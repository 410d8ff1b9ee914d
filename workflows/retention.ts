import { proxyActivities } from '@temporalio/workflow';
import type { RetentionActivities } from '../activities/retention-activities.ts';
import { BULK } from './policies.ts';

const { forgetOldBodies } = proxyActivities<RetentionActivities>({ ...BULK, summary: 'forget old bodies' });

/** Forgets the bodies of documents that are done and older than their integration wants to keep them. */
export async function retention(): Promise<number> {
  return forgetOldBodies();
}
