import type { Client } from '@temporalio/client';
import { decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow/index.js';

/** The step of a workflow that is tried again. */
export interface Waiting {
  readonly step: string;
  /** The one that is under way or comes next. */
  readonly attempt: number;
  /** What the last one failed with. */
  readonly because: string;
}

/** Why an open workflow does not get on. Undefined while no attempt has failed, and for one that has ended. */
export async function waitingFor(client: Client, workflowId: string): Promise<Waiting | undefined> {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  const activity = raw.pendingActivities?.find(({ lastFailure }) => lastFailure);
  if (!activity) return undefined;
  const failure = await decodeOptionalFailureToOptionalError(client.options.loadedDataConverter, activity.lastFailure);
  return {
    step: activity.activityType?.name ?? '',
    attempt: activity.attempt ?? 0,
    because: failure?.message ?? '',
  };
}

/** `post, attempt 7: Visma.net does not answer.` */
export function waitingText({ step, attempt, because }: Waiting): string {
  return `${step}, attempt ${attempt}: ${because}`;
}
