import { ApplicationFailure, ApplicationFailureCategory, CancelledFailure } from '@temporalio/common';
import type { FailureType } from '../failures/catalogue.ts';
import { Failure } from '../failures/failure.ts';
import { isUnreachable } from '../ledger/database.ts';

/** Types whose activity is tried again; the others wait for a person. */
const RETRYABLE: readonly FailureType[] = ['Transient', 'QuotaDeferred', 'SourceBusy'];
/** Waiting one's turn is no error: it shall not colour logs and metrics. */
const BENIGN: readonly FailureType[] = ['QuotaDeferred'];

const UNEXPECTED_ATTEMPTS = 5;
const TRANSIENT_FOR_MS = 24 * 3_600_000;

/** Where an activity stands in its retries. */
export interface Attempts {
  readonly attempt: number;
  readonly msSinceFirst: number;
}

/** Whether a failure passes by itself, so that its step is tried again. */
export function isPassing({ type }: Failure): boolean {
  return RETRYABLE.includes(type);
}

/** How long a step waits for a ledger that is away, in milliseconds. */
const LEDGER_AWAY_MS = 5_000;

/**
 * Any error as a Failure. A ledger that is away comes back; what is not one of ours beside it is a defect, which a person
 * must see.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (isUnreachable(error)) {
    const message = 'The ledger does not answer.';
    return new Failure('LEDGER_UNREACHABLE', { message, retryAfterMs: LEDGER_AWAY_MS, cause: error });
  }
  return new Failure('UNEXPECTED', {
    message: `Unexpected: ${error instanceof Error ? error.name : typeof error}.`,
    cause: error,
  });
}

/**
 * The failure as Temporal gets it: type, code, message and next step, without the cause, whose text may hold values.
 * Defects are tried a few times, what passes by itself for a day, waiting for quota without end.
 */
export function applicationFailure(error: unknown, { attempt, msSinceFirst }: Attempts): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  const failure = failureOf(error);
  const isExhausted = failure.type === 'Transient' && msSinceFirst > TRANSIENT_FOR_MS;
  const isDefect = failure.code === 'UNEXPECTED';
  const shown = isExhausted ? exhausted(failure) : failure;
  return ApplicationFailure.create({
    type: shown.type,
    message: withoutPersonalNumbers(shown.message),
    nonRetryable: isDefect ? attempt >= UNEXPECTED_ATTEMPTS : isExhausted || !isPassing(shown),
    details: [{ code: shown.code, next: shown.next, ...(shown.goOnWith ? { goOnWith: shown.goOnWith } : {}) }],
    ...(BENIGN.includes(shown.type) ? { category: ApplicationFailureCategory.BENIGN } : {}),
    ...(shown.retryAfterMs === undefined ? {} : { nextRetryDelay: Math.ceil(shown.retryAfterMs) }),
  });
}

/** Birth numbers: six or eight digits and four or five. The number of a vendor who is a person is one at times. */
const PERSONAL_NUMBER = /(?<![\d-])(?:\d{8}|\d{6})[-+ ]?\d{4,5}(?!\d)/g;

/** A message as it may travel to histories and logs. */
export function withoutPersonalNumbers(message: string): string {
  return message.replace(PERSONAL_NUMBER, '[number]');
}

function exhausted(failure: Failure): Failure {
  return new Failure('TOO_MANY_ATTEMPTS', { message: `${failure.message} (tried for a day)`, next: failure.next });
}

/** Whether an error is Temporal telling the activity to stop, which is passed on as it is. */
export function isStopOrder(error: unknown, signal: AbortSignal): boolean {
  return error instanceof CancelledFailure || (signal.aborted && error === signal.reason);
}
