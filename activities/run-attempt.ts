import { Context } from '@temporalio/activity';
import { applicationFailure, failureOf, isStopOrder, withoutPersonalNumbers } from './classify.ts';
import type { Attempt, Dependencies } from './dependencies.ts';

const HEARTBEAT_MS = 1_000;

/**
 * Runs one attempt of an activity: gives signs of life while it works, and turns whatever it throws into a failure of our
 * types. `subject` names the document or batch in the log.
 */
export async function runAttempt<T>(
  deps: Dependencies,
  subject: string,
  work: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const { info, cancellationSignal: signal, heartbeat } = Context.current();
  const { workflowId, runId } = info.workflowExecution ?? { workflowId: info.activityId, runId: '' };
  // A local activity lives and dies with its workflow task; nobody asks for its signs of life.
  const beat: Attempt['heartbeat'] = info.isLocal ? () => undefined : heartbeat;
  const attempt: Attempt = {
    provenance: { actor: deps.actor, attempt: info.attempt, workflowId, runId },
    signal,
    heartbeat: beat,
  };
  const beating = setInterval(() => beat(), HEARTBEAT_MS);
  try {
    return await work(attempt);
  } catch (error) {
    if (isStopOrder(error, signal)) throw error;
    const failure = failureOf(error);
    const fields = { subject, step: info.activityType, attempt: info.attempt, code: failure.code, type: failure.type };
    if (failure.code === 'UNEXPECTED') deps.log.error({ ...fields, at: framesOf(error) }, failure.message);
    else deps.log.info(fields, withoutPersonalNumbers(failure.message));
    const msSinceFirst = Date.now() - info.scheduledTimestampMs;
    throw applicationFailure(error, { attempt: info.attempt, msSinceFirst });
  } finally {
    clearInterval(beating);
  }
}

/** Where a defect happened. Its message stays out of the log: it may quote values of a document. */
function framesOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .map((line) => line.trim());
}
