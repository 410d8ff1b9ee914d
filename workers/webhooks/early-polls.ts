import type { Log } from '../../activities/log.ts';

/** How long the first hint waits for others: a user who saves ten invoices causes one poll. */
const GATHER_MS = 1_000;

/** What a flow waits for: a poll that is due, or the end of the pause after the last one. */
interface Place {
  timer: NodeJS.Timeout | undefined;
  lastAt: number;
}

/**
 * Turns hints that something has changed into early polls: any number of them that come together are one, and between two
 * polls of a flow there is a pause. A hint that comes after a poll has begun always leads to another. What is lost with this
 * process was only a hint.
 */
export class EarlyPolls {
  readonly #poll: (flow: string) => Promise<unknown>;
  readonly #log: Log;
  readonly #places = new Map<string, Place>();

  constructor(poll: (flow: string) => Promise<unknown>, log: Log) {
    this.#poll = poll;
    this.#log = log;
  }

  /** Asks for a poll of a flow, which the caller has found in the configuration: there are as many places as flows. */
  hint(flow: string, atMostEveryMs: number): void {
    const place = this.#places.get(flow) ?? { timer: undefined, lastAt: Number.NEGATIVE_INFINITY };
    this.#places.set(flow, place);
    if (place.timer) return;
    const waitMs = Math.max(GATHER_MS, place.lastAt + atMostEveryMs - performance.now());
    place.timer = setTimeout(() => void this.#fire(flow, place), waitMs);
    // A worker that ends does not wait for it.
    place.timer.unref();
  }

  async #fire(flow: string, place: Place): Promise<void> {
    place.timer = undefined;
    place.lastAt = performance.now();
    try {
      await this.#poll(flow);
    } catch (error) {
      const why = error instanceof Error ? error.name : typeof error;
      this.#log.warn({ flow, why }, 'a notification could not start a poll; the schedule will');
    }
  }
}
