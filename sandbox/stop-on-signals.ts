import { row, type Say } from './say.ts';

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Aborted by the first signal that asks this process to end. A second one does not make the end less clean. */
export function stopOnSignals(say: Say): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) return;
      say(row('Stopping', name === 'SIGINT' ? 'everything (Ctrl-C)' : `everything (${name})`));
      process.exitCode = EXIT_CODES[name];
      stopping.abort();
    });
  }
  return stopping.signal;
}
