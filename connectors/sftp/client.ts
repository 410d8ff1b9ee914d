import type { FileEntryWithStats, Stats } from 'ssh2';
import { Failure } from '../../failures/failure.ts';
import { openLink, type SftpDeps } from './connect.ts';
import { quote } from './errors.ts';
import type { Link } from './link.ts';
import { folderOf, matcherOf, refusalOf } from './names.ts';
import type { SftpSecrets, SftpSettings } from './settings.ts';
import { readWindowed, type Window, windowOf, writeWindowed } from './transfer.ts';

/** What a server says about a path. SFTP v3 counts time in whole seconds. */
export interface RemoteStat {
  readonly size: number;
  /** ISO instant, UTC, whole seconds. */
  readonly modifiedAt: string;
  /** A regular file: no folder, no link, no device. */
  readonly isFile: boolean;
  readonly isFolder: boolean;
}

export interface RemoteEntry extends RemoteStat {
  readonly name: string;
}

/** An entry whose name cannot be used. The name is escaped for display and opens nothing. */
export interface UnusableEntry {
  readonly shownName: string;
  readonly failure: Failure;
}

export interface Listing {
  /** Sorted by name, so that two polls see the same order. */
  readonly entries: readonly RemoteEntry[];
  readonly unusable: readonly UnusableEntry[];
}

/** An open session, lent by `withSftp`. Paths are POSIX; every method throws SFTP_CUT or SFTP_TIMEOUT when the line dies. */
export interface SftpSession {
  /** Entries of a folder whose names match the pattern (see `matcherOf`). Throws SFTP_FOLDER_MISSING. */
  list(folder: string, pattern: string): Promise<Listing>;
  /** Undefined when nothing is there. Links are followed. */
  stat(path: string): Promise<RemoteStat | undefined>;
  exists(path: string): Promise<boolean>;
  /** The bytes in order. Throws SFTP_FILE_MISSING, SFTP_PERMISSION, SFTP_FILE_CHANGING. */
  read(path: string): AsyncIterable<Uint8Array>;
  /** Makes a new file and gives its size. Throws SFTP_TARGET_EXISTS and SFTP_NO_SPACE; then nothing stays behind. */
  write(path: string, source: AsyncIterable<Uint8Array>): Promise<number>;
  /** Never overwrites: throws SFTP_TARGET_EXISTS when `to` is taken, SFTP_FILE_MISSING when `from` is gone. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; one that is gone already is fine. */
  remove(path: string): Promise<void>;
  /** Makes a folder with its parents; one that exists is fine. */
  makeFolder(path: string): Promise<void>;
}

/**
 * Opens a session, lends it to `work`, and closes it whatever happens. Throws what `openLink` and `work` throw.
 */
export async function withSftp<T>(
  settings: SftpSettings,
  secrets: SftpSecrets,
  deps: SftpDeps,
  work: (session: SftpSession) => Promise<T>,
): Promise<T> {
  const link = await openLink(settings, secrets, deps, () => {});
  try {
    return await work(sessionOver(link, settings));
  } finally {
    await link.close();
  }
}

/** The session's methods over an open link. Exported for `ping`, which watches the connection come up. */
export function sessionOver(link: Link, settings: SftpSettings): SftpSession {
  const window = windowOf(settings, link.serverVersion);
  const stat = (path: string) => statOf(link, path);
  return {
    list: (folder, pattern) => list(link, folder, pattern),
    stat,
    exists: async (path) => (await stat(path)) !== undefined,
    read: (path) => readWindowed(link, path, window),
    write: (path, source) => write(link, path, source, window),
    rename: (from, to) => rename(link, from, to),
    remove: (path) => remove(link, path),
    makeFolder: (path) => makeFolder(link, path),
  };
}

async function list(link: Link, folder: string, pattern: string): Promise<Listing> {
  const matches = matcherOf(pattern);
  const entries: RemoteEntry[] = [];
  const unusable: UnusableEntry[] = [];
  for await (const found of readFolder(link, folder)) {
    if (found.filename === '.' || found.filename === '..') continue;
    const refusal = refusalOf(found.filename);
    if (refusal !== undefined) unusable.push(unusableEntry(folder, found.filename, refusal));
    else if (matches(found.filename)) entries.push({ name: found.filename, ...describe(found.attrs) });
  }
  return { entries: entries.sort((a, b) => (a.name < b.name ? -1 : 1)), unusable };
}

async function* readFolder(link: Link, folder: string): AsyncGenerator<FileEntryWithStats, void, undefined> {
  const handle = await link.call<Buffer>('list', folder, (sftp, answer) => sftp.opendir(folder, answer));
  try {
    for (;;) {
      const batch = await link.call<FileEntryWithStats[]>('list', folder, (sftp, answer) =>
        sftp.readdir(handle, (error, found) => (isEnd(error) ? answer(undefined, []) : answer(error, found))),
      );
      if (batch.length === 0) return;
      yield* batch;
    }
  } finally {
    const close = link.call<void>('list', folder, (sftp, answer) => sftp.close(handle, (e) => answer(e, undefined)));
    await close.catch(() => {});
  }
}

/** SSH_FX_EOF. */
function isEnd(error: Error | undefined): boolean {
  return error !== undefined && (error as { code?: unknown }).code === 1;
}

function unusableEntry(folder: string, name: string, refusal: string): UnusableEntry {
  const message = `The file ${quote(name)} in ${quote(folder)} cannot be used: ${refusal}.`;
  return { shownName: quote(name), failure: new Failure('SFTP_NAME_UNUSABLE', { message }) };
}

function describe(stats: Stats): RemoteStat {
  return {
    size: stats.size,
    modifiedAt: new Date(stats.mtime * 1000).toISOString().replace('.000Z', 'Z'),
    isFile: stats.isFile(),
    isFolder: stats.isDirectory(),
  };
}

async function statOf(link: Link, path: string): Promise<RemoteStat | undefined> {
  try {
    return describe(await link.call<Stats>('look at', path, (sftp, answer) => sftp.stat(path, answer)));
  } catch (error) {
    if (error instanceof Failure && error.code === 'SFTP_FILE_MISSING') return undefined;
    throw error;
  }
}

async function write(link: Link, path: string, source: AsyncIterable<Uint8Array>, window: Window): Promise<number> {
  try {
    return await writeWindowed(link, path, source, window);
  } catch (error) {
    // SFTP v3 has no status for "exists": an exclusive create answers a bare failure.
    if (isRefusal(error) && (await statOf(link, path)) !== undefined) throw taken(path, error);
    throw error;
  }
}

async function rename(link: Link, from: string, to: string): Promise<void> {
  // Some servers overwrite on a plain rename, so the target is looked at first; the others refuse by themselves.
  if ((await statOf(link, to)) !== undefined) throw taken(to, undefined);
  try {
    await link.call<void>('rename', from, (sftp, answer) => sftp.rename(from, to, (error) => answer(error, undefined)));
  } catch (error) {
    if (isRefusal(error) && (await statOf(link, to)) !== undefined) throw taken(to, error);
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Failure && error.code === 'SFTP_REFUSED';
}

function taken(path: string, cause: unknown): Failure {
  return new Failure('SFTP_TARGET_EXISTS', { message: `${quote(path)} exists already; it is not overwritten.`, cause });
}

async function remove(link: Link, path: string): Promise<void> {
  try {
    await link.call<void>('remove', path, (sftp, answer) => sftp.unlink(path, (error) => answer(error, undefined)));
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'SFTP_FILE_MISSING')) throw error;
  }
}

async function makeFolder(link: Link, path: string): Promise<void> {
  if ((await statOf(link, path))?.isFolder === true) return;
  const parent = folderOf(path);
  if (parent !== '/' && parent !== '.') await makeFolder(link, parent);
  try {
    await link.call<void>('make the folder', path, (sftp, answer) =>
      sftp.mkdir(path, (error) => answer(error, undefined)),
    );
  } catch (error) {
    // Somebody else made it between our look and our request.
    if ((await statOf(link, path))?.isFolder !== true) throw error;
  }
}
