import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child, type ChildSpec } from './child.ts';
import { takeLock } from './lock.ts';
import { endBooked, ProcessBook } from './process-book.ts';

const GUARD = fileURLToPath(new URL('./guard.ts', import.meta.url));
/** The variable by which all processes of a home can be found. */
export const RUN_MARK = 'ML_CONNECTOR_LOCAL_RUN';
const ORPHAN_GRACE_MS = 5_000;

/** Where a supervisor keeps its state. A temporary folder is removed once everything in it has ended. */
export interface SupervisorHome {
  readonly folder: string;
  readonly lifetime: 'kept' | 'temporary';
}

/**
 * The owner of all processes of one home folder. Whatever happens to it, nothing it started stays: it ends them itself
 * when closed, its guard does when it dies, and the next supervisor of the same home does should both be killed.
 */
export class Supervisor {
  readonly folder: string;
  /** Names of processes a killed predecessor had left, which were ended at the start. */
  readonly recovered: readonly string[];
  readonly #book: ProcessBook;
  readonly #guard: ChildProcess;
  readonly #unlock: () => void;
  readonly #children = new Set<Child>();
  readonly #closing = new AbortController();
  #closed: Promise<void> | undefined;

  private constructor(home: SupervisorHome, recovered: readonly string[], unlock: () => void) {
    this.folder = home.folder;
    this.recovered = recovered;
    this.#unlock = unlock;
    const file = join(bookFolder(home.folder), `${process.pid}.${Date.now()}.json`);
    this.#book = new ProcessBook(file);
    const folders = home.lifetime === 'temporary' ? [home.folder] : [];
    this.#guard = spawn(process.execPath, [GUARD, file, ...folders], {
      env: plainEnvironment({ [RUN_MARK]: home.folder }),
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#guard.on('error', () => {});
    this.#guard.stdin?.on('error', () => {});
  }

  /**
   * Takes the home folder and ends what a killed predecessor left there. Throws `LockHeld` when another supervisor works
   * in it.
   */
  static async open(home: SupervisorHome): Promise<Supervisor> {
    for (const folder of [join(home.folder, 'logs'), bookFolder(home.folder)]) mkdirSync(folder, { recursive: true });
    const unlock = takeLock(join(home.folder, 'lock'));
    try {
      return new Supervisor(home, await endLeft(home.folder), unlock);
    } catch (error) {
      unlock();
      throw error;
    }
  }

  /** Aborted as soon as the supervisor is told to stop. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Starts a process that ends with this supervisor; its environment names the home. Throws `ChildFailed`, or the abort reason once it is closing. */
  start(spec: ChildSpec): Child {
    this.closing.throwIfAborted();
    const env = { ...spec.env, [RUN_MARK]: this.folder };
    const child = Child.start({ ...spec, env }, join(this.folder, 'logs', `${spec.name}.log`));
    this.#book.add({ ...child.identity, name: child.name, stopSignal: child.stopSignal });
    this.#children.add(child);
    void child.exited.then(() => this.#forget(child));
    return child;
  }

  /** Puts the logs of the last run aside, so that a log begins where its run began. */
  turnOverLog(name: string): void {
    const log = join(this.folder, 'logs', `${name}.log`);
    if (existsSync(log)) renameSync(log, join(this.folder, 'logs', `${name}.previous.log`));
  }

  /** Ends everything, the last started first, and gives the home back. Later calls wait for the first one. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#closing.abort(new Error('The local run is being stopped.'));
    for (const child of [...this.#children].reverse()) await child.stop();
    const guardRuns = this.#guard.exitCode === null && this.#guard.signalCode === null;
    const guardEnded = guardRuns ? once(this.#guard, 'exit') : undefined;
    this.#guard.stdin?.end();
    await guardEnded;
    this.#unlock();
  }

  #forget(child: Child): void {
    this.#children.delete(child);
    this.#book.remove(child.identity);
  }
}

/** Each supervisor has a book of its own: the guard of a killed one may still be at work with the old book. */
function bookFolder(folder: string): string {
  return join(folder, 'processes');
}

async function endLeft(folder: string): Promise<readonly string[]> {
  const books = readdirSync(bookFolder(folder)).map((name) => join(bookFolder(folder), name));
  const ended = await Promise.all(books.map((book) => endBooked(book, ORPHAN_GRACE_MS)));
  return ended.flat();
}

const PLAIN_VARIABLES = ['PATH', 'HOME', 'USER', 'TMPDIR', 'TZ', 'LANG', 'XDG_CACHE_HOME', 'NODE_EXTRA_CA_CERTS'];

/** The environment for processes that have no business with the product's settings and secrets. */
export function plainEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = PLAIN_VARIABLES.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(kept), ...more };
}
