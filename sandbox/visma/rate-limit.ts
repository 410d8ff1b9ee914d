import type { Caller } from './access.ts';
import type { ServerClock } from './server-clock.ts';
import type { Settings } from './settings.ts';

export interface Limits {
  /** Calls per window. The standard number is not published; 15,000 per hour was true until 2024. */
  readonly limit: number;
  readonly windowMs: number;
}

interface Window {
  readonly startedAt: number;
  used: number;
}

/** What a caller's window looks like after a call. */
export interface Slot {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetMs: number;
}

/** Fixed windows per company and client, each starting with its first call. Refused calls do not count. */
export class RateLimit {
  #limits: Limits;
  readonly #windows = new Map<string, Window>();
  readonly #clock: ServerClock;

  constructor(limits: Limits, clock: ServerClock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Changes the limits and starts new windows; with `remaining`, a window opens with only that many calls left. */
  change(limits: Partial<Limits>, remaining: number | undefined, caller: Caller): void {
    this.#limits = { ...this.#limits, ...limits };
    this.#windows.clear();
    if (remaining === undefined) return;
    this.#windows.set(nameOf(caller), {
      startedAt: this.#clock.now(),
      used: Math.max(0, this.#limits.limit - remaining),
    });
  }

  take(caller: Caller): Slot {
    const window = this.#windowOf(caller);
    const allowed = window.used < this.#limits.limit;
    if (allowed) window.used += 1;
    return { allowed, ...this.#slotOf(window) };
  }

  state() {
    const windows = [...this.#windows].map(([name, window]) => {
      const [company = '', client = ''] = name.split(' ');
      const { remaining, resetMs } = this.#slotOf(window);
      return { company, client, used: window.used, remaining, resetMs };
    });
    return { ...this.#limits, windows };
  }

  #windowOf(caller: Caller): Window {
    const now = this.#clock.now();
    const current = this.#windows.get(nameOf(caller));
    if (current !== undefined && now < current.startedAt + this.#limits.windowMs) return current;
    const window = { startedAt: now, used: 0 };
    this.#windows.set(nameOf(caller), window);
    return window;
  }

  #slotOf(window: Window) {
    const { limit, windowMs } = this.#limits;
    const resetMs = Math.max(0, window.startedAt + windowMs - this.#clock.now());
    return { limit, remaining: Math.max(0, limit - window.used), resetMs };
  }
}

/** The headers every answer of the API carries. */
export function rateHeaders(slot: Slot, settings: Settings, now: number): Record<string, string> {
  return {
    'X-RateLimit-Limit': String(slot.limit),
    'X-RateLimit-Remaining': String(slot.remaining),
    'X-RateLimit-Reset': resetHeader(slot.resetMs, settings, now),
    'X-RateLimit-Policy': '4-fixed-window',
  };
}

/** Seconds until the reset, or its Unix time under the historic setting. */
export function resetHeader(resetMs: number, settings: Settings, now: number): string {
  return String(Math.ceil((settings.rateLimitReset === 'seconds' ? resetMs : now + resetMs) / 1000));
}

function nameOf({ company, client }: Caller): string {
  return `${company} ${client}`;
}
