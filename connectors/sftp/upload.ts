import { createHash } from 'node:crypto';
import { Failure } from '../../failures/failure.ts';
import type { SftpSession } from './client.ts';
import { quote } from './errors.ts';
import { folderOf, nameOf, pathOf } from './names.ts';

/** What identifies a file's content. */
export interface ContentMark {
  readonly size: number;
  /** Hex, lower case. */
  readonly sha256: string;
}

/** Where an upload stands on the server, as far as one can see. */
export interface UploadState {
  readonly temp: 'absent' | 'incomplete' | 'complete';
  readonly final: 'absent' | 'same' | 'different';
}

const MAX_NAME_BYTES = 255;

/**
 * The temp path of an upload: a hidden name in the same folder that ends in `.part`, so that no pattern a partner would
 * write for the final name can match it. `token` makes it ours and the same in every attempt.
 * Throws SFTP_NAME_UNUSABLE when the final name is no plain name.
 */
export function tempPathOf(finalPath: string, token: string): string {
  const name = nameOf(finalPath);
  const folder = folderOf(finalPath);
  const around = `..${token}.part`.length;
  pathOf(folder, name);
  return pathOf(folder === '.' ? '' : folder, `.${cutToBytes(name, MAX_NAME_BYTES - around)}.${token}.part`);
}

function cutToBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text).subarray(0, maxBytes);
  // A cut character leaves U+FFFD at the end.
  return bytes.toString().replace(/\uFFFD+$/, '');
}

/**
 * Uploads under the temp name and checks the size that the server then reports. What an earlier attempt left under the same
 * temp name is replaced; it is ours by its token. Throws SFTP_SIZE_DIFFERS, and what `SftpSession.write` throws.
 */
export async function stageUpload(
  session: SftpSession,
  tempPath: string,
  source: AsyncIterable<Uint8Array>,
): Promise<{ readonly size: number }> {
  await session.remove(tempPath);
  const sent = await session.write(tempPath, source);
  const seen = (await session.stat(tempPath))?.size;
  if (seen === sent) return { size: sent };
  await session.remove(tempPath);
  throw new Failure('SFTP_SIZE_DIFFERS', {
    message: `${quote(tempPath)} has ${seen ?? 'no'} bytes on the server, but ${sent} were sent.`,
  });
}

/**
 * Gives a staged upload its final name. Throws SFTP_TARGET_EXISTS when the name is taken (see `compareRemote`) and
 * SFTP_FILE_MISSING when the temp file is gone. After SFTP_CUT or SFTP_TIMEOUT it may or may not have happened: look with
 * `uploadState`.
 */
export async function publishUpload(session: SftpSession, tempPath: string, finalPath: string): Promise<void> {
  await session.rename(tempPath, finalPath);
}

/** Whether a remote file holds exactly this content. The bytes are read only when the sizes agree. */
export async function compareRemote(
  session: SftpSession,
  path: string,
  expected: ContentMark,
): Promise<'absent' | 'same' | 'different'> {
  const found = await session.stat(path);
  if (found === undefined) return 'absent';
  if (!found.isFile || found.size !== expected.size) return 'different';
  try {
    const hash = createHash('sha256');
    for await (const chunk of session.read(path)) hash.update(chunk);
    return hash.digest('hex') === expected.sha256 ? 'same' : 'different';
  } catch (error) {
    // A partner may collect it while we read.
    if (error instanceof Failure && error.code === 'SFTP_FILE_MISSING') return 'absent';
    throw error;
  }
}

/**
 * Looks where an upload stands after a crash. Temp complete: publish it. Final same: it is done. Both absent: it was never
 * staged or it was collected already, which only the ledger can tell.
 */
export async function uploadState(
  session: SftpSession,
  tempPath: string,
  finalPath: string,
  expected: ContentMark,
): Promise<UploadState> {
  const temp = await compareRemote(session, tempPath, expected);
  const final = await compareRemote(session, finalPath, expected);
  return { temp: temp === 'same' ? 'complete' : temp === 'different' ? 'incomplete' : 'absent', final };
}
