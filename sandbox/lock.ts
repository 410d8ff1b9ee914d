import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';

/** A lock somebody else holds, and who. */
export class LockHeld extends Error {
  readonly holder: ProcessIdentity;

  constructor(file: string, holder: ProcessIdentity) {
    super(`${file} is held by process ${holder.pid}.`);
    this.name = 'LockHeld';
    this.holder = holder;
  }
}

/**
 * Takes a lock file for this process; answers the function that gives it back.
 *
 * The file appears with its content in one step (a hard link), so nobody reads a half-written holder. A lock whose
 * holder is gone is moved aside and taken over. Throws `LockHeld` when the holder runs.
 */
export function takeLock(file: string): () => void {
  const self = identify(process.pid);
  if (self === undefined) throw new Error('The start time of this process cannot be read.');
  mkdirSync(dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(mine, JSON.stringify(self));
  try {
    for (;;) {
      if (tryLink(mine, file)) return () => rmSync(file, { force: true });
      const holder = readHolder(file);
      if (holder !== undefined && isRunning(holder)) throw new LockHeld(file, holder);
      moveAside(file, holder, `${mine}.stale`);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}

/** Two processes may find the same stale lock; the slower one must not take away the lock the faster one made of it. */
function moveAside(file: string, stale: ProcessIdentity | undefined, aside: string): void {
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  if (moved !== undefined && moved.started !== stale?.started) tryLink(aside, file);
  rmSync(aside, { force: true });
}
