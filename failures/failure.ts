import { catalogue, type FailureCode, type FailureType } from './catalogue.ts';

/**
 * What a failure adds to its catalogue row.
 *
 * `message` names document, field and rule, and never holds a value that is personal or secret: it travels to Temporal,
 * logs and terminals. `confidential` may hold such values (a vendor's own answer): it is sealed in the ledger, never logged.
 */
export interface FailureDetails {
  readonly message: string;
  /** Overrides the catalogue's advice where the place of the failure knows better. */
  readonly next?: string;
  readonly confidential?: string;
  /** How long to wait before the next attempt, in milliseconds. Only meaningful for retryable types. */
  readonly retryAfterMs?: number;
  /** The hash of the configuration to go on with. Only meaningful for CONFIG_REPLACED. */
  readonly goOnWith?: string;
  readonly cause?: unknown;
}

/** The one error class that crosses module borders: a code of the catalogue, its failure type, and the user's next step. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly type: FailureType;
  readonly next: string;
  readonly confidential: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly goOnWith: string | undefined;

  constructor(code: FailureCode, details: FailureDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'Failure';
    this.code = code;
    this.type = catalogue[code].type;
    this.next = details.next ?? catalogue[code].next;
    this.confidential = details.confidential;
    this.retryAfterMs = details.retryAfterMs;
    this.goOnWith = details.goOnWith;
  }
}
