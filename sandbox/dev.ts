/**
 * `npm run dev`: the local run, until Ctrl-C.
 *
 * Settings: ML_CONNECTOR_HOME (default `.ml-connector`), TEMPORAL_ADDRESS and DATABASE_URL to use servers of yours,
 * TEMPORAL_CLI_PATH, ML_CONNECTOR_{POSTGRES,TEMPORAL,TEMPORAL_UI,VISMA,SFTP}_PORT.
 */
import { devFilePath } from './dev-file.ts';
import { homeFolder } from './home.ts';
import { LockHeld } from './lock.ts';
import { duration, row, sayToTerminal } from './say.ts';
import type { Stack } from './stack.ts';
import { startStack } from './start-stack.ts';

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

const say = sayToTerminal();
const home = homeFolder(process.env);
const stopping = new AbortController();
const { promise: stopped, resolve: stopNow } = Promise.withResolvers<void>();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (stopping.signal.aborted) return;
    say(row('Stopping', name === 'SIGINT' ? 'everything (Ctrl-C)' : `everything (${name})`));
    process.exitCode = EXIT_CODES[name];
    stopping.abort();
    stopNow();
  });
}

try {
  const began = performance.now();
  say(`ml-connector, local run in ${home}`);
  const stack = await startStack({ home, say, env: process.env, signal: stopping.signal });
  sayReady(stack, performance.now() - began);
  await stopped;
  await stack.stop();
  say(row('Stopped', 'nothing is left running'));
} catch (error) {
  if (!stopping.signal.aborted) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  } else say(row('Stopped', 'nothing is left running'));
}

function sayReady(stack: Stack, tookMs: number): void {
  const { temporal, sftp, visma } = stack.description;
  say(`Ready after ${duration(tookMs)}. Stop it with Ctrl-C.`);
  if (temporal.ui !== undefined) say(row('Web UI', temporal.ui));
  say(row('SFTP', `${sftp.host}:${sftp.port}, its files are in ${sftp.root}`));
  say(row('Visma.net', `${visma.url} (simulator)`));
  say(row('Addresses', devFilePath(home)));
}

function explain(error: unknown): string {
  if (error instanceof LockHeld) {
    const first = `Another local run (process ${error.holder.pid}) lives in ${home}; its addresses are in ${devFilePath(home)}.`;
    return `${first}\nStop it first, or set ML_CONNECTOR_HOME to another folder.`;
  }
  return error instanceof Error ? error.message : String(error);
}
