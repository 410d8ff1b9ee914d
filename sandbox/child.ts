import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, killRest, type ProcessIdentity, signalGroup } from './process-identity.ts';

const LAST_LINES = 12;
const LAST_BYTES = 8_192;

/** How to start one process of the local run. */
export interface ChildSpec {
  /** What people call it; also the name of its log file. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** The user it runs as, where that is not the supervisor's own. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** An open file to read from; nothing by default. */
  readonly stdin?: number;
  /** Standard output: `pipe` hands it to the supervisor, `log` (default) writes it to the log file with the errors, and
   * `terminal` lets both through. */
  readonly stdout?: 'pipe' | 'log' | 'terminal';
  readonly stopSignal?: NodeJS.Signals;
  /** How long it may take to end after the stop signal before it is killed. */
  readonly graceMs?: number;
}

/** A process that ended before it was ready, or that could not be started at all. */
export class ChildFailed extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ChildFailed';
  }
}

/** One running process, in a process group of its own so that a Ctrl-C in the terminal reaches only the supervisor. */
export class Child {
  readonly name: string;
  readonly identity: ProcessIdentity;
  /** Settles when the process has ended, with words for how. */
  readonly exited: Promise<string>;
  readonly stdout: Readable | undefined;
  readonly stopSignal: NodeJS.Signals;
  readonly #graceMs: number;
  readonly #logFile: string;
  readonly #logStart: number;
  #ended = false;

  private constructor(spec: ChildSpec, process: ChildProcess, identity: ProcessIdentity, log: [string, number]) {
    this.name = spec.name;
    this.identity = identity;
    this.stdout = process.stdout ?? undefined;
    this.stopSignal = spec.stopSignal ?? 'SIGTERM';
    this.#graceMs = spec.graceMs ?? 5_000;
    [this.#logFile, this.#logStart] = log;
    const { promise, resolve } = Promise.withResolvers<string>();
    process.once('exit', (code, name) => {
      this.#ended = true;
      resolve(name === null ? `with code ${code}` : `by ${name}`);
    });
    this.exited = promise;
  }

  /** Starts the process; its output is appended to `logFile`. Throws `ChildFailed` when there is no such program. */
  static start(spec: ChildSpec, logFile: string): Child {
    const log = openSync(logFile, 'a', 0o600);
    const logStart = fstatSync(log).size;
    try {
      const process = spawn(spec.command, spec.args, {
        env: spec.env,
        cwd: spec.cwd,
        detached: true,
        stdio: [spec.stdin ?? 'ignore', ...outputs(spec, log)],
        ...spec.user,
      });
      process.on('error', () => {});
      // A program that ends at once is still there to be identified: nobody has collected its exit code yet.
      const started = process.pid === undefined ? undefined : (identify(process.pid)?.started ?? 'ended at once');
      if (process.pid === undefined || started === undefined)
        throw new ChildFailed(`${spec.command} cannot be started.`);
      return new Child(spec, process, { pid: process.pid, started }, [logFile, logStart]);
    } finally {
      closeSync(log);
    }
  }

  get pid(): number {
    return this.identity.pid;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Ends the process: politely, then by force. Answers when it is gone. */
  async stop(): Promise<void> {
    if (this.#ended) return;
    signalGroup(this.identity, this.stopSignal);
    const timer = setTimeout(() => signalGroup(this.identity, 'SIGKILL'), this.#graceMs);
    await this.exited;
    clearTimeout(timer);
    killRest(this.identity);
  }

  /** Sends a signal as it is, and answers when the process is gone. For signals that end a process. */
  async kill(name: NodeJS.Signals): Promise<void> {
    if (!this.#ended) signalGroup(this.identity, name);
    await this.exited;
  }

  /**
   * Repeats `attempt` until it succeeds. Throws `ChildFailed`, with the last lines of its log, as soon as the process ends,
   * or when `withinMs` have passed.
   */
  async ready<T>(attempt: () => Promise<T>, withinMs: number): Promise<T> {
    const deadline = performance.now() + withinMs;
    const ended = this.exited.then((how) => {
      throw new ChildFailed(`${this.name} ended ${how}. ${this.lastLines()}`);
    });
    for (;;) {
      try {
        return await Promise.race([attempt(), ended]);
      } catch (error) {
        if (error instanceof ChildFailed) throw error;
        if (this.#ended) await ended;
        if (performance.now() > deadline) {
          throw new ChildFailed(`${this.name} is not ready after ${withinMs / 1000} s. ${this.lastLines()}`, error);
        }
        await sleep(25);
      }
    }
  }

  /** The end of what this process has written to its log, for a message to people. */
  lastLines(): string {
    const text = readEnd(this.#logFile, this.#logStart).trimEnd();
    if (text === '') return `It has written nothing to ${this.#logFile}.`;
    const lines = text.split('\n').slice(-LAST_LINES);
    return `Its last lines (${this.#logFile}):\n${lines.map((line) => `    ${line}`).join('\n')}`;
  }
}

function outputs({ stdout = 'log' }: ChildSpec, log: number): ['pipe' | 'inherit' | number, 'inherit' | number] {
  if (stdout === 'terminal') return ['inherit', 'inherit'];
  return [stdout === 'pipe' ? 'pipe' : log, log];
}

function readEnd(file: string, from: number): string {
  const log = openSync(file, 'r');
  try {
    const size = fstatSync(log).size;
    const start = Math.max(from, size - LAST_BYTES);
    const bytes = Buffer.alloc(Math.max(0, size - start));
    readSync(log, bytes, 0, bytes.length, start);
    return bytes.toString('utf8');
  } finally {
    closeSync(log);
  }
}
