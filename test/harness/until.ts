import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something holds; fails with `what` when it does not within `withinMs`. */
export async function until(what: string, holds: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs / 1000} s: ${what}`);
    await sleep(50);
  }
}
