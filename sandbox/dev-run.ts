import { devFilePath } from './dev-file.ts';
import { homeFolder } from './home.ts';
import { LockHeld } from './lock.ts';
import { duration, row, type Say, sayToTerminal } from './say.ts';
import type { Stack } from './stack.ts';
import type { StackOptions } from './stack-options.ts';
import { startStack } from './start-stack.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/**
 * Brings up the local run of the home that the environment names, keeps it until this process is told to stop, and ends
 * everything. Sets the exit code: 0 is never one, since only a signal or a failure ends it.
 */
export async function runDev(options: Pick<StackOptions, 'entries' | 'beforeWorker' | 'prepare'>): Promise<void> {
  const say = sayToTerminal();
  const home = homeFolder(process.env);
  const stopping = stopOnSignals(say);
  const { promise: stopped, resolve } = Promise.withResolvers<void>();
  stopping.addEventListener('abort', () => resolve());
  const began = performance.now();
  say(`ml-connector, local run in ${home}`);
  try {
    const stack = await startStack({ ...options, home, say, env: process.env, signal: stopping });
    sayReady(say, stack, performance.now() - began);
    await stopped;
    await stack.stop();
  } catch (error) {
    if (!stopping.aborted) return fail(explain(error, home));
  }
  say(row('Stopped', 'nothing is left running'));
}

function sayReady(say: Say, stack: Stack, tookMs: number): void {
  const { temporal, sftp, visma } = stack.description;
  say(`Ready after ${duration(tookMs)}. Stop it with Ctrl-C.`);
  if (temporal.ui !== undefined) say(row('Web UI', temporal.ui));
  say(row('SFTP', `${sftp.host}:${sftp.port}, its files are in ${sftp.root}`));
  say(row('Visma.net', `${visma.url} (simulator)`));
  say(row('Addresses', devFilePath(stack.home)));
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

function explain(error: unknown, home: string): string {
  if (error instanceof LockHeld) {
    const who = `Another local run (process ${error.holder.pid}) lives in ${home}`;
    return `${who}; its addresses are in ${devFilePath(home)}.\nStop it first, or set ML_CONNECTOR_HOME to another folder.`;
  }
  return error instanceof Error ? error.message : String(error);
}
