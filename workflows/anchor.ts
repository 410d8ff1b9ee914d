import { proxyActivities } from '@temporalio/workflow';
import type { AnchorActivities } from '../activities/anchor-activities.ts';
import { BULK } from './policies.ts';

const { anchorHeads } = proxyActivities<AnchorActivities>({ ...BULK, summary: 'one hash over the whole record' });

/** Writes one hash over the record to places outside the ledger: the log, and the result of this workflow. */
export async function anchor(): Promise<string> {
  return anchorHeads();
}
