import { constants, type Stats } from 'node:fs';
import type { Attributes } from 'ssh2';
import ssh2 from 'ssh2';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

/** An answer that is not success, by its SFTP status code. */
class Refusal extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`SFTP status ${status}`);
    this.status = status;
  }
}

/** Ends an operation with an SFTP status code other than success. */
export function refuse(status: number): never {
  throw new Refusal(status);
}

/** The SFTP status code for what the file system or `refuse` threw. */
export function statusOf(error: unknown): number {
  if (error instanceof Refusal) return error.status;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return STATUS_CODE.NO_SUCH_FILE;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return STATUS_CODE.PERMISSION_DENIED;
  return STATUS_CODE.FAILURE;
}

/** OpenSSH's words, which say no more than the code. */
export function wordsOf(status: number): string {
  const words: Record<number, string> = {
    [STATUS_CODE.EOF]: 'End of file',
    [STATUS_CODE.NO_SUCH_FILE]: 'No such file',
    [STATUS_CODE.PERMISSION_DENIED]: 'Permission denied',
    [STATUS_CODE.OP_UNSUPPORTED]: 'Operation unsupported',
  };
  return words[status] ?? 'Failure';
}

/** The flags of an SFTP OPEN as those of open(2). */
export function localFlags(flags: number): number {
  const both = OPEN_MODE.READ | OPEN_MODE.WRITE;
  let local = constants.O_RDONLY;
  if ((flags & both) === both) local = constants.O_RDWR;
  else if (flags & OPEN_MODE.WRITE) local = constants.O_WRONLY;
  if (flags & OPEN_MODE.APPEND) local |= constants.O_APPEND;
  if (flags & OPEN_MODE.CREAT) local |= constants.O_CREAT;
  if (flags & OPEN_MODE.TRUNC) local |= constants.O_TRUNC;
  if (flags & OPEN_MODE.EXCL) local |= constants.O_EXCL;
  return local;
}

/** SFTP v3 counts time in whole seconds. */
export function attributesOf(stats: Stats): Attributes {
  return {
    mode: stats.mode,
    uid: stats.uid,
    gid: stats.gid,
    size: stats.size,
    atime: Math.floor(stats.atimeMs / 1000),
    mtime: Math.floor(stats.mtimeMs / 1000),
  };
}
