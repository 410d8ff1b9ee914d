import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';

/** The hash of the configuration to go on with, when a step ended since another one has been applied. */
export function replacementIn(error: unknown): string | undefined {
  const failure = error instanceof ActivityFailure ? error.cause : error;
  if (!(failure instanceof ApplicationFailure)) return undefined;
  const [detail] = (failure.details ?? []) as [{ goOnWith?: string }?];
  return detail?.goOnWith;
}
