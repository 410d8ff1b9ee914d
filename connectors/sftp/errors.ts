import type { FailureCode } from '../../failures/catalogue.ts';
import { Failure } from '../../failures/failure.ts';

/** What was being done, in words that fit after "may not" and "refused to". */
export type SftpOperation =
  | 'list'
  | 'look at'
  | 'open'
  | 'create'
  | 'read'
  | 'write'
  | 'close'
  | 'sync'
  | 'rename'
  | 'remove'
  | 'make the folder';

/** The SSH_FX_ status codes of draft-ietf-secsh-filexfer-02 and, from 10 on, of the later drafts that commercial servers send too. */
const byStatus: Readonly<Record<number, FailureCode>> = {
  2: 'SFTP_FILE_MISSING',
  3: 'SFTP_PERMISSION',
  6: 'SFTP_CUT',
  7: 'SFTP_CUT',
  8: 'SFTP_INCOMPATIBLE',
  10: 'SFTP_FOLDER_MISSING',
  11: 'SFTP_TARGET_EXISTS',
  12: 'SFTP_PERMISSION',
  14: 'SFTP_NO_SPACE',
  15: 'SFTP_NO_SPACE',
};

const SSH_FX_FAILURE = 4;

const outOfSpace = /no space|disk (is )?full|quota|not enough space|ENOSPC|EDQUOT/i;

interface StatusError extends Error {
  readonly code?: number | string;
}

/**
 * Turns what ssh2 hands to the callback of an SFTP request into a Failure. A server's own words are confidential: they
 * may quote names and paths of others.
 */
export function toOperationFailure(error: Error, operation: SftpOperation, path: string): Failure {
  const status = (error as StatusError).code;
  // ssh2 answers the requests of a closed channel with a bare Error.
  if (typeof status !== 'number') {
    return new Failure('SFTP_CUT', {
      message: `The connection broke on the way to ${operation} ${quote(path)}.`,
      cause: error,
    });
  }
  const code = codeOf(status, operation, error.message);
  return new Failure(code, {
    message: `${sentence(code, operation, path)} (SFTP status ${status}).`,
    confidential: error.message,
    cause: error,
  });
}

function codeOf(status: number, operation: SftpOperation, words: string): FailureCode {
  if (outOfSpace.test(words)) return 'SFTP_NO_SPACE';
  // OpenSSH reports ENOSPC and EDQUOT as a bare "Failure"; an open file that cannot be written has few other reasons.
  if (status === SSH_FX_FAILURE && (operation === 'write' || operation === 'sync' || operation === 'close')) {
    return 'SFTP_NO_SPACE';
  }
  if (status === 2 && (operation === 'list' || operation === 'create')) return 'SFTP_FOLDER_MISSING';
  return byStatus[status] ?? 'SFTP_REFUSED';
}

function sentence(code: FailureCode, operation: SftpOperation, path: string): string {
  const at = quote(path);
  switch (code) {
    case 'SFTP_PERMISSION':
      return `The SFTP user may not ${operation} ${at}`;
    case 'SFTP_FILE_MISSING':
      return `There is no ${at} to ${operation}`;
    case 'SFTP_FOLDER_MISSING':
      return `The folder of ${at} does not exist, so we cannot ${operation} it`;
    case 'SFTP_NO_SPACE':
      return `The server did not take the bytes of ${at}: no space is left there, or a quota is used up`;
    case 'SFTP_TARGET_EXISTS':
      return `${at} exists already`;
    case 'SFTP_INCOMPATIBLE':
      return `The server cannot ${operation} ${at}`;
    default:
      return `The server refused to ${operation} ${at}`;
  }
}

/** A path for a message: control characters escaped, so that a hostile name cannot write into a terminal or a log. */
export function quote(path: string): string {
  const escaped = JSON.stringify(path).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
  return escaped.length > 300 ? `${escaped.slice(0, 300)}…"` : escaped;
}

/** The failure of a session that ended by itself, for every request that still waits and every later one. */
export function cut(address: string, cause: Error | undefined): Failure {
  const silent = cause !== undefined && (cause as { level?: unknown }).level === 'client-timeout';
  if (silent) {
    return new Failure('SFTP_CUT', {
      message: `${address} stopped answering signs of life; the session is given up.`,
      cause,
    });
  }
  return new Failure('SFTP_CUT', {
    message: `${address} ended the session${because(cause)}.`,
    ...(cause && { cause }),
  });
}

/** The failure of a connection attempt before the SFTP session is open; `stage` is how far it came. */
export function toConnectFailure(error: Error, address: string, stage: string): Failure {
  const { level } = error as { level?: unknown };
  if (level === 'client-authentication' || /authentication failures|no more auth/i.test(error.message)) {
    return new Failure('SFTP_LOGIN_REFUSED', { message: `${address} refused the login.`, cause: error });
  }
  if (/no matching/i.test(error.message)) {
    return new Failure('SFTP_INCOMPATIBLE', {
      message: `${address} shares no algorithm with us: ${error.message}.`,
      cause: error,
    });
  }
  if (/subsystem/i.test(error.message)) {
    return new Failure('SFTP_INCOMPATIBLE', { message: `${address} let us in but offers no SFTP.`, cause: error });
  }
  return new Failure('SFTP_UNREACHABLE', {
    message: `${address} cannot be reached at "${stage}"${because(error)}.`,
    cause: error,
  });
}

function because(error: Error | undefined): string {
  if (error === undefined) return '';
  const { code } = error as StatusError;
  return typeof code === 'string' ? ` (${code})` : ` (${error.message.slice(0, 120)})`;
}
