import { setTimeout as sleep } from 'node:timers/promises';
import { drawBar, filledOf, wipeBar } from './bar.ts';

/** How a long list is worked through. */
export interface Bulk {
  /** Milliseconds from one beginning to the next; 0 is as fast as it goes. */
  readonly intervalMs: number;
  /** Nothing more is begun once it is aborted; what has begun is ended. */
  readonly stop: AbortSignal;
  /** A bar is drawn here if it is a terminal; else `say` gets a line for each. */
  readonly terminal: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;
  readonly say: (line: string) => void;
}

/** Does one after the other at the rate given, and answers what was done before it was asked to stop. */
export async function oneByOne<T, R>(
  items: readonly T[],
  { intervalMs, stop, terminal, say }: Bulk,
  work: (item: T) => Promise<{ readonly result: R; readonly line: string }>,
): Promise<readonly R[]> {
  const hasBar = terminal.isTTY && items.length > 1;
  const began = performance.now();
  const done: R[] = [];
  try {
    for (const item of items) {
      await untilTurn(began + done.length * intervalMs, stop);
      if (stop.aborted) break;
      const { result, line } = await work(item);
      done.push(result);
      if (!hasBar) say(line);
      else drawBar(terminal, filledOf(done.length, items.length), besides(done.length, items.length, began));
    }
    return done;
  } catch (error) {
    if (done.length > 0) say(`${done.length} of ${items.length} were done before this:`);
    throw error;
  } finally {
    if (hasBar) wipeBar(terminal);
  }
}

async function untilTurn(at: number, signal: AbortSignal): Promise<void> {
  const waitMs = at - performance.now();
  if (waitMs <= 0) return;
  await sleep(waitMs, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

function besides(done: number, total: number, began: number): string {
  const leftSeconds = Math.ceil((((performance.now() - began) / done) * (total - done)) / 1000);
  return ` ${done} of ${total}, about ${leftSeconds} s left`;
}

/** Lends a signal that Ctrl-C aborts, once: pressed again it ends the command as always. */
export async function untilInterrupted<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  try {
    return await work(stopping.signal);
  } finally {
    process.removeListener('SIGINT', stop);
  }
}
