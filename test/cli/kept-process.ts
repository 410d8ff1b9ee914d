import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { atEnd } from '../harness/own.ts';
import type { Call, Called, Served } from './served.ts';

const SERVED = fileURLToPath(new URL('./served.ts', import.meta.url));
/** A call that waits for others, such as a replay that is watched, leaves room for these. */
const MOST_PROCESSES = 3;

const idle: ChildProcess[] = [];
const queue: ((child: ChildProcess) => void)[] = [];
let started = 0;

/**
 * Calls the command line in a process that is kept for the next call. Throws when the command leaves something behind that
 * would have kept a process of its own from ending.
 */
export async function inKeptProcess(call: Call): Promise<Called> {
  const child = await borrowed();
  const over = new AbortController();
  const ended = once(child, 'exit', { signal: over.signal }).then(([code]) => {
    throw new Error(`The command line ended with ${code}: ml-connector ${call.args.join(' ')}`);
  });
  const answer = once(child, 'message', { signal: over.signal });
  child.send(call);
  try {
    const [{ open, ...called }] = (await Promise.race([answer, ended])) as [Served];
    if (open.length > 0) throw new Error(`ml-connector ${call.args.join(' ')} left open: ${open.join(', ')}`);
    return called;
  } finally {
    over.abort();
    giveBack(child);
  }
}

function borrowed(): ChildProcess | Promise<ChildProcess> {
  const child = idle.pop();
  if (child) return child;
  if (started < MOST_PROCESSES) return start();
  return new Promise((resolve) => queue.push(resolve));
}

function giveBack(child: ChildProcess): void {
  const next = queue.shift();
  if (next) next(child);
  else idle.push(child);
}

function start(): ChildProcess {
  started += 1;
  const child = fork(SERVED, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  atEnd(() => child.disconnect());
  return child;
}
