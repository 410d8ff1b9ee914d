import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';

/**
 * The one retry policy. Which failures are tried again is decided where they are made (`activities/classify.ts`); waiting
 * for quota has no end, so there is no bound on attempts or on total time.
 */
const RETRY = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '5 minutes' } as const;

/** An activity gives a sign of life every second: when its worker dies, another takes over after these five. */
const HEARTBEAT_TIMEOUT = '5s' as const;

/**
 * Steps of one document that touch nothing but the ledger run in the worker that has the workflow, without a task of their own: half
 * of what a delivery costs the server is saved. A retry that waits longer is a timer in the history.
 */
export const LEDGER: LocalActivityOptions = {
  startToCloseTimeout: '2 minutes',
  localRetryThreshold: '5s',
  retry: RETRY,
};

/** A worker that dies in a step of the ledger is missed after this; a longer step asks for more in time. */
export const TASK_TIMEOUT = HEARTBEAT_TIMEOUT;

/** Steps that read, map or write to the ledger. */
export const STEP: ActivityOptions = {
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  retry: RETRY,
};

/** Posts: longer than the deadline of one request, so that its outcome is still recorded. */
export const POST: ActivityOptions = { ...STEP, startToCloseTimeout: '5 minutes' };

/** Reading a page or a file of any size; a sign of life shows that it goes on. */
export const BULK: ActivityOptions = { ...STEP, startToCloseTimeout: '1 hour' };
