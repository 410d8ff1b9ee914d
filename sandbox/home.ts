import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The folder of the local run: `ML_CONNECTOR_HOME`, else `.ml-connector` in the working folder. */
export function homeFolder(env: NodeJS.ProcessEnv): string {
  return resolve(env.ML_CONNECTOR_HOME || '.ml-connector');
}

/** The folder for what is expensive to make and the same for every checkout. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ml-connector');
}

/** Where Node keeps compiled modules from one start to the next: a worker then starts in half the time. */
export function compiledFolder(env: NodeJS.ProcessEnv): string {
  return env.NODE_COMPILE_CACHE || join(cacheFolder(env), 'compiled');
}

/** Folders that may hold a copy of the Postgres programs: the cache, or where any user may read, see `postgresFiles`. */
export function postgresCaches(env: NodeJS.ProcessEnv): readonly string[] {
  return [cacheFolder(env), '/var/tmp/ml-connector'];
}

/**
 * The key that seals the ledger's bodies and credentials: base64 of 32 bytes, from `ML_CONNECTOR_MASTER_KEY`, else made
 * once and kept in the home. Without it nothing in the home's database can be read again.
 */
export function masterKey(home: string, env: NodeJS.ProcessEnv): string {
  return env.ML_CONNECTOR_MASTER_KEY || secretFile(home, 'master.key', () => randomBytes(32).toString('base64'));
}

/** What the parts of a local run keep in the home; whatever else lies there is not ours to remove. */
const STATE = ['postgres', 'sftp', 'temporal.db', 'temporal.db-wal', 'temporal.db-shm', 'temporal.db-journal'];

/** Forgets what earlier runs have stored. Call it with the home locked and nothing running in it. */
export function forgetState(home: string): void {
  for (const name of STATE) rmSync(join(home, name), { recursive: true, force: true });
}

/** Reads a secret of the home, made on first use; only its owner may read the file. */
export function secretFile(home: string, name: string, make: () => string): string {
  mkdirSync(home, { recursive: true });
  const file = join(home, name);
  const fresh = `${file}.${process.pid}.fresh`;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  writeFileSync(fresh, `${make()}\n`, { mode: 0o600 });
  try {
    linkSync(fresh, file);
  } catch (error) {
    // Somebody else was first: then theirs is the secret.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}
