/** Where the supervisors tell what they do: one finished line per call. */
export type Say = (line: string) => void;

const FIRST_WORD_AFTER_MS = 1_500;
const NEXT_WORD_AFTER_MS = 10_000;

/** Prints to standard output; a terminal that has gone away is no reason to stop half way. */
export function sayToTerminal(): Say {
  process.stdout.on('error', () => {});
  return (line) => process.stdout.write(`${line}\n`);
}

/** A line with its subject in a column of its own. */
export function row(subject: string, text: string): string {
  return `  ${subject.padEnd(12)} ${text}`;
}

/** A duration for people: `0.4 s`, `12 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Runs a step and says what it is waiting for as soon as it takes longer than a moment, and again every ten seconds.
 * `now` is asked each time, so that a step with parts can name the current one.
 */
export async function sayWhile<T>(say: Say, subject: string, now: () => string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const speak = () => say(row(subject, `${now()} (${duration(performance.now() - began)} so far)`));
  let timer = setTimeout(() => {
    speak();
    timer = setInterval(speak, NEXT_WORD_AFTER_MS);
  }, FIRST_WORD_AFTER_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    clearInterval(timer);
  }
}
