import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LockHeld, takeLock } from './lock.ts';
import type { Supervisor } from './supervisor.ts';
import { buildTemporal } from './temporal-build.ts';
import { downloadTemporal, TEMPORAL_DOWNLOADS } from './temporal-download.ts';

/** The newest version that `go install` accepts: later ones have a replace directive in their go.mod. */
export const TEMPORAL_CLI_VERSION = '1.5.1';

export interface TemporalSearch {
  readonly env: NodeJS.ProcessEnv;
  /** The folder for expensive things, see `cacheFolder`. */
  readonly cache: string;
  /** From where the archive is fetched; the vendor's place by default. */
  readonly downloads?: string;
  /** Told what is being done now, in words that go after "Temporal". */
  readonly progress: (doing: string) => void;
}

/**
 * The path of a `temporal` program: the one `TEMPORAL_CLI_PATH` names, one on the PATH, one in the cache, else a download
 * of the vendor's archive into the cache, else a build from the published source (minutes, once).
 */
export async function findTemporal(supervisor: Supervisor, search: TemporalSearch): Promise<string> {
  const named = search.env.TEMPORAL_CLI_PATH;
  if (named) {
    if (!isProgram(named)) throw new Error(`TEMPORAL_CLI_PATH names ${named}, which is not a program.`);
    return named;
  }
  const folders = (search.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.map((folder) => join(folder, 'temporal')).find(isProgram);
  const folder = join(search.cache, `temporal-cli-${TEMPORAL_CLI_VERSION}`);
  return onPath ?? (await obtain(supervisor, folder, search));
}

/** One process obtains the program; others that need it meanwhile wait for it. */
async function obtain(supervisor: Supervisor, folder: string, search: TemporalSearch): Promise<string> {
  const program = join(folder, 'temporal');
  mkdirSync(folder, { recursive: true });
  while (!isProgram(program)) {
    supervisor.closing.throwIfAborted();
    const unlock = tryLock(join(folder, 'lock'));
    if (unlock === undefined) {
      search.progress('another process is obtaining the program; waiting for it');
      await sleep(500);
      continue;
    }
    try {
      await downloadOrBuild(supervisor, program, search);
    } finally {
      unlock();
    }
  }
  return program;
}

async function downloadOrBuild(supervisor: Supervisor, program: string, search: TemporalSearch): Promise<void> {
  const { progress, downloads: from = TEMPORAL_DOWNLOADS, env } = search;
  try {
    progress(`downloading the program, version ${TEMPORAL_CLI_VERSION}`);
    await downloadTemporal(program, TEMPORAL_CLI_VERSION, { from, signal: supervisor.closing, progress });
  } catch (downloadFailure) {
    supervisor.closing.throwIfAborted();
    progress(`building version ${TEMPORAL_CLI_VERSION} from source with Go; this takes some minutes, once`);
    await buildTemporal(supervisor, program, { version: TEMPORAL_CLI_VERSION, env }).catch((buildFailure: unknown) => {
      supervisor.closing.throwIfAborted();
      throw new Error(explain(downloadFailure, buildFailure), { cause: buildFailure });
    });
  }
}

function explain(download: unknown, build: unknown): string {
  return [
    'There is no temporal program, and none could be obtained.',
    `  Download: ${download instanceof Error ? download.message : String(download)}`,
    `  Build: ${build instanceof Error ? build.message : String(build)}`,
    'Install it (https://docs.temporal.io/cli) or name one with TEMPORAL_CLI_PATH, or set TEMPORAL_ADDRESS to a running server.',
  ].join('\n');
}

function tryLock(file: string): (() => void) | undefined {
  try {
    return takeLock(file);
  } catch (error) {
    if (error instanceof LockHeld) return undefined;
    throw error;
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return existsSync(path);
  } catch {
    return false;
  }
}
