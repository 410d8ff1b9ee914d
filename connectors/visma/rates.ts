import type { IncomingHttpHeaders } from 'node:http';
import type { ObservedRates } from './budget.ts';

const HOUR_MS = 3_600_000;
const DEFAULT_RETRY_MS = 60_000;
/** `X-RateLimit-Reset` is seconds until the window starts anew today and was a Unix time before 2026; both still occur. */
const EPOCH_SECONDS = 1e9;
const EPOCH_MILLISECONDS = 1e12;

/**
 * Reads the rate headers of an answer. undefined when it carries none (an answer of a gateway, not of the API). A 429 always
 * yields rates with `retryAfterMs`: from `Retry-After`, else the window's reset, else one minute.
 *
 * @param now milliseconds since the epoch
 */
export function readRates(status: number, headers: IncomingHttpHeaders, now: number): ObservedRates | undefined {
  const limit = number(headers['x-ratelimit-limit']);
  const remaining = number(headers['x-ratelimit-remaining']);
  const resetMs = untilReset(number(headers['x-ratelimit-reset']), now);
  if (status === 429) {
    const retryAfterMs = untilRetry(single(headers['retry-after']), now) ?? resetMs ?? DEFAULT_RETRY_MS;
    return { limit, remaining: remaining ?? 0, resetMs: resetMs ?? retryAfterMs, retryAfterMs };
  }
  if (remaining === undefined) return undefined;
  return { limit, remaining, resetMs: resetMs ?? HOUR_MS };
}

function untilReset(value: number | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (value >= EPOCH_MILLISECONDS) return Math.max(0, value - now);
  if (value >= EPOCH_SECONDS) return Math.max(0, value * 1000 - now);
  return value * 1000;
}

/** `Retry-After` is seconds or an HTTP date. */
function untilRetry(value: string | undefined, now: number): number | undefined {
  const seconds = number(value);
  if (seconds !== undefined) return seconds * 1000;
  const date = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function number(value: string | string[] | undefined): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)/.exec(single(value) ?? '');
  return match === null || /[a-z]/i.test(single(value) ?? '') ? undefined : Number(match[1]);
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
