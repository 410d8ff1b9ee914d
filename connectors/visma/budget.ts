/**
 * The hourly call budget of one company and client, as the client sees it. The ledger keeps the number, because every
 * worker shares it; this connector only asks for slots and reports what the answers say.
 */

/** Who is asking: each class has a guaranteed share, so that a long poll cannot starve an operator or a posting. */
export type CallClass = 'operator' | 'poll' | 'post' | 'bulk';

export interface CallPurpose {
  readonly class: CallClass;
  /** Who holds the reservation, for instance a document id and its step. */
  readonly holder: string;
}

/** What the rate headers of one answer said. */
export interface ObservedRates {
  /** Calls per window; undefined when the answer did not name it (a bare 429): keep the limit known so far. */
  readonly limit: number | undefined;
  readonly remaining: number;
  /** Milliseconds until the window starts anew. */
  readonly resetMs: number;
  /** Only on a 429: how long the system wants to be left alone. */
  readonly retryAfterMs?: number;
}

export interface CallBudget {
  /** Takes one slot for one HTTP request. Throws Failure `VISMA_QUOTA` with `retryAfterMs` when none is free now. */
  take(purpose: CallPurpose): Promise<void>;
  /** Called with the rate headers of every answer, 429 included. */
  observe(rates: ObservedRates): Promise<void>;
}
