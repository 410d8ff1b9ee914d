import { ApplicationFailure } from '@temporalio/workflow';

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
