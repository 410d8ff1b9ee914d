import {
  type ApplicationFailure,
  CancellationScope,
  continueAsNew,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { DeliverActivities, DeliverInput } from '../activities/deliver-activities.ts';
import type { Position } from '../activities/flow-steps.ts';
import { applicationFailureIn, defect } from './defect.ts';
import { BULK, LEDGER, POST, STEP } from './policies.ts';
import { replacementIn } from './replaced.ts';
import { OUTCOME } from './search-attributes.ts';
import { startDeliveries } from './start-deliveries.ts';

const { transform } = proxyLocalActivities<DeliverActivities>({ ...LEDGER, summary: 'map to the form of the target' });
const { render } = proxyActivities<DeliverActivities>({ ...BULK, summary: 'write the bytes of the file' });
const { post } = proxyActivities<DeliverActivities>({ ...POST, summary: 'write to the target, effectively once' });
const { acknowledge } = proxyLocalActivities<DeliverActivities>({ ...LEDGER, summary: 'close the document' });
const { fetchRecords } = proxyActivities<DeliverActivities>({ ...STEP, summary: 'store the records of the file' });
const { recordFailure } = proxyActivities<DeliverActivities>({ ...STEP, summary: 'write down reason and next step' });

/**
 * Delivers one document: transform, post, acknowledge. Every step reads in the ledger what is done already, so this can be
 * started, reset or replayed at any time; when a step waits and another configuration is applied, it begins anew with that. A
 * document that cannot be delivered fails its workflow, visibly, with a failure of our types.
 */
export async function deliver(input: DeliverInput): Promise<string> {
  try {
    return await steps(input);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const config = replacementIn(error);
    if (config !== undefined) return continueAsNew<typeof deliver>({ ...input, config });
    const failure = applicationFailureIn(error) ?? defect(error);
    await CancellationScope.nonCancellable(() => recordFailure({ ...input, failure: recorded(failure) }));
    upsertSearchAttributes([{ key: OUTCOME, value: failure.type ?? 'unknown' }]);
    throw failure;
  }
}

async function steps(input: DeliverInput): Promise<string> {
  let transformed = await transform(input);
  if (transformed === 'long') transformed = await render(input);
  if (transformed === 'resting') return transformed;
  if (transformed === 'split') return deliverRecords(input);
  const outcome = await post(input);
  await acknowledge({ ...input, outcome });
  return outcome;
}

/** A file that is delivered again as a whole: its records are stored and started as a scheduled run would. */
async function deliverRecords(input: DeliverInput): Promise<string> {
  let position: Position | undefined;
  do {
    const page = await fetchRecords({ ...input, ...(position ? { position } : {}) });
    await startDeliveries(page.documents);
    position = page.next;
  } while (position);
  return 'split';
}

function recorded(failure: ApplicationFailure) {
  const [detail] = (failure.details ?? []) as [{ code?: string; next?: string }?];
  return {
    type: failure.type ?? 'ConfigInvalid',
    code: detail?.code ?? 'UNEXPECTED',
    message: failure.message,
    next: detail?.next ?? '',
  };
}
