import { DefaultFailureConverter } from '@temporalio/common';

/** Keeps messages and stack traces of failures in the encrypted part. Loaded by its path, in workers and in workflows. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
