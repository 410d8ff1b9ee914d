import { applicationFailureIn } from './defect.ts';

/** The hash of the configuration to go on with, when a step ended since another one has been applied. */
export function replacementIn(error: unknown): string | undefined {
  const [detail] = (applicationFailureIn(error)?.details ?? []) as [{ goOnWith?: string }?];
  return detail?.goOnWith;
}
