import { ContinueAsNew, continueAsNew, proxyActivities, TemporalFailure, workflowInfo } from '@temporalio/workflow';
import type { Position } from '../activities/flow-steps.ts';
import type { SyncActivities, SyncInput } from '../activities/sync-activities.ts';
import { defect } from './defect.ts';
import { BULK, STEP } from './policies.ts';
import { replacementIn } from './replaced.ts';
import { startDeliveries } from './start-deliveries.ts';

const { poll } = proxyActivities<SyncActivities>({ ...BULK, summary: 'read the cursor, look what there is' });
const { fetch } = proxyActivities<SyncActivities>({ ...BULK, summary: 'store a page in the ledger' });
const { acknowledgeBatch } = proxyActivities<SyncActivities>({
  ...STEP,
  summary: 'commit the cursor, tell the source',
});

/** A run that goes on in a new execution carries where it stands. */
interface Resumed extends SyncInput {
  readonly batch?: string;
  readonly position?: Position;
}

/**
 * One run of a flow between Visma.net and a partner's SFTP server. The cursor moves when every page is stored and every
 * document has a started delivery, not when all are delivered: one that waits holds up nothing. A run
 * that waits when another configuration is applied begins anew with that.
 */
export async function syncVismaSftp(input: Resumed): Promise<string> {
  try {
    return await run(input);
  } catch (error) {
    const config = replacementIn(error);
    if (config !== undefined) return continueAsNew<typeof syncVismaSftp>({ flow: input.flow, config });
    throw error instanceof TemporalFailure || error instanceof ContinueAsNew ? error : defect(error);
  }
}

async function run(input: Resumed): Promise<string> {
  const { flow, config } = input;
  const { batch, start } =
    input.batch === undefined ? await poll({ flow, config }) : { batch: input.batch, start: input.position };
  let position = start;
  let cursor: Position | undefined;
  while (position) {
    if (workflowInfo().continueAsNewSuggested)
      return continueAsNew<typeof syncVismaSftp>({ flow, config, batch, position });
    const page = await fetch({ flow, config, batch, position });
    await startDeliveries(page.documents);
    position = page.next;
    cursor = page.cursor;
  }
  return acknowledgeBatch({ flow, config, batch, ...(cursor ? { cursor } : {}) });
}
