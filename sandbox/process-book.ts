import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, killRest, type ProcessIdentity, signalGroup } from './process-identity.ts';

/** One process that was started and must not outlive its supervisor. */
export interface BookedProcess extends ProcessIdentity {
  readonly name: string;
  readonly stopSignal: NodeJS.Signals;
}

/**
 * The processes a supervisor has started, kept in a file so that whoever comes after it (its guard, or the next start in
 * the same home) can end what it left. Written synchronously right after each start: between a start and its entry
 * there is no moment in which other code of the supervisor runs.
 */
export class ProcessBook {
  readonly #file: string;
  #entries: readonly BookedProcess[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  add(entry: BookedProcess): void {
    this.#write([...this.#entries, entry]);
  }

  remove(entry: ProcessIdentity): void {
    this.#write(this.#entries.filter((other) => other.pid !== entry.pid || other.started !== entry.started));
  }

  #write(entries: readonly BookedProcess[]): void {
    this.#entries = entries;
    const next = `${this.#file}.next`;
    writeFileSync(next, JSON.stringify(entries), { mode: 0o600 });
    renameSync(next, this.#file);
  }
}

/** Reads a book somebody else wrote; a missing or half-written one is empty. */
export function readBook(file: string): readonly BookedProcess[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as BookedProcess[];
  } catch {
    return [];
  }
}

/**
 * Ends every process of a book that is still the one recorded: the last started first, politely, and after `graceMs`
 * by force. Answers the names of those it had to end.
 */
export async function endBooked(file: string, graceMs: number): Promise<readonly string[]> {
  const left = readBook(file)
    .filter((entry) => isRunning(entry))
    .reverse();
  for (const entry of left) signalGroup(entry, entry.stopSignal);
  if (!(await allGone(left, graceMs))) {
    for (const entry of left) signalGroup(entry, 'SIGKILL');
    await allGone(left, 2_000);
  }
  for (const entry of left) killRest(entry);
  rmSync(file, { force: true });
  return left.map((entry) => entry.name);
}

async function allGone(entries: readonly ProcessIdentity[], withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (entries.some((entry) => isRunning(entry))) {
    if (performance.now() > deadline) return false;
    await sleep(25);
  }
  return true;
}
