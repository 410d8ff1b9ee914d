import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';

/** The failure of our types that a step ended with; undefined for anything else. */
export function applicationFailureIn(error: unknown): ApplicationFailure | undefined {
  const failure = error instanceof ActivityFailure ? error.cause : error;
  return failure instanceof ApplicationFailure ? failure : undefined;
}

/** A plain Error would leave a workflow running for ever, retrying its task; with this it fails like for any other reason. */
export function defect(error: unknown): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'ConfigInvalid',
    message: `Unexpected: ${error instanceof Error ? error.name : typeof error}`,
    details: [
      { code: 'UNEXPECTED', next: 'Report it with the id of the workflow; what it was about goes on after an update.' },
    ],
  });
}
