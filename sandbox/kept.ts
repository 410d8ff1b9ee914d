import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** A process that lived this long was well: the next pause is the first one again. */
const SETTLED_AFTER_MS = 30_000;

export interface KeptOptions<T> {
  /** Aborted when everything is being stopped: from then on nothing is started again. */
  readonly closing: AbortSignal;
  /** Starts the process and answers when it is ready; given the one before it, to take over its ports. */
  readonly begin: (previous: T | undefined) => Promise<T>;
  /** Told when the process has ended though nobody asked for it, and of starts that fail. */
  readonly onLoss?: (what: string) => void;
  /** Told after every later start. */
  readonly onReturn?: (current: T) => void;
}

/**
 * A process that is started again when it dies, after a pause that grows while it keeps dying. It stays down only between
 * `kill` or `stop` and `start`.
 */
export class Kept<T extends { readonly child: Child }> {
  readonly #options: KeptOptions<T>;
  #current: T;
  #unwanted = new AbortController();
  #reviving: Promise<void> = Promise.resolve();
  #pauseMs = FIRST_PAUSE_MS;

  private constructor(options: KeptOptions<T>, current: T) {
    this.#options = options;
    this.#current = current;
    this.#watch();
  }

  /** Fails as `begin` does when the first start fails. */
  static async start<T extends { readonly child: Child }>(options: KeptOptions<T>): Promise<Kept<T>> {
    return new Kept(options, await options.begin(undefined));
  }

  /** The process as it runs now, or as it ran last. */
  get current(): T {
    return this.#current;
  }

  /** Ends the process in its own way and leaves it down. */
  async stop(): Promise<void> {
    await this.release();
    await this.#current.child.stop();
  }

  /** Ends the process with a signal and leaves it down. */
  async kill(name: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.release();
    await this.#current.child.kill(name);
  }

  /** Starts a process that is down. Fails as `begin` does. */
  async start(): Promise<T> {
    this.#unwanted = new AbortController();
    await this.#renew();
    return this.#current;
  }

  async restart(): Promise<T> {
    await this.stop();
    return this.start();
  }

  /** Looks no longer after the process; what runs goes on running. */
  async release(): Promise<void> {
    this.#unwanted.abort();
    await this.#reviving;
  }

  async #renew(): Promise<void> {
    this.#current = await this.#options.begin(this.#current);
    this.#options.onReturn?.(this.#current);
    this.#watch();
  }

  #watch(): void {
    const began = performance.now();
    const unwanted = AbortSignal.any([this.#unwanted.signal, this.#options.closing]);
    void this.#current.child.exited.then((how) => {
      if (unwanted.aborted) return;
      this.#options.onLoss?.(`ended ${how}`);
      this.#reviving = this.#revive(unwanted, performance.now() - began);
    });
  }

  async #revive(unwanted: AbortSignal, livedMs: number): Promise<void> {
    if (livedMs > SETTLED_AFTER_MS) this.#pauseMs = FIRST_PAUSE_MS;
    while (!unwanted.aborted) {
      await sleep(this.#pauseMs, undefined, { signal: unwanted }).catch(() => {});
      this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
      if (unwanted.aborted) return;
      try {
        await this.#renew();
        return;
      } catch (error) {
        if (!unwanted.aborted) this.#options.onLoss?.(error instanceof Error ? error.message : String(error));
      }
    }
  }
}
