import { Failure } from '../../failures/failure.ts';
import { quote } from './errors.ts';
import type { Link } from './link.ts';
import type { SftpSettings } from './settings.ts';

/** How a transfer is cut into requests. */
export interface Window {
  readonly chunkBytes: number;
  readonly requests: number;
  readonly sync: SftpSettings['sync'];
}

/** OpenSSH takes packets of 256 KiB and answers reads of 255 KiB. */
const OPENSSH_CHUNK_BYTES = 261_120;

/**
 * Any server must take packets of 34,000 bytes (filexfer-02, section 3); ssh2 keeps 2 KiB of them for itself and would cut
 * what is longer than the rest into two requests, one after the other.
 */
const PLAIN_CHUNK_BYTES = 31_744;

/** The window for a server that introduced itself as `serverVersion`, for example `SSH-2.0-OpenSSH_9.2p1`. */
export function windowOf(settings: SftpSettings, serverVersion: string): Window {
  const chunkBytes = settings.chunkBytes === 'auto' ? chunkFor(serverVersion) : settings.chunkBytes;
  return { chunkBytes, requests: Math.max(2, Math.floor(settings.windowBytes / chunkBytes)), sync: settings.sync };
}

function chunkFor(serverVersion: string): number {
  return serverVersion.startsWith('SSH-2.0-OpenSSH') ? OPENSSH_CHUNK_BYTES : PLAIN_CHUNK_BYTES;
}

/** A place in the file, of which we know how many bytes the server had for it. */
interface Piece {
  readonly bytes: Buffer;
  /** The server said that the file ends within or right after this piece. */
  readonly last: boolean;
}

/**
 * Streams a remote file in order, many read requests in flight: memory is the window's bytes however slow the
 * reader is. The window opens as answers come in, so that a small file costs few requests. Throws SFTP_FILE_MISSING,
 * SFTP_PERMISSION, and SFTP_FILE_CHANGING when bytes appear behind what was the end.
 */
export async function* readWindowed(
  link: Link,
  path: string,
  window: Window,
): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await link.call<Buffer>('open', path, (sftp, answer) => sftp.open(path, 'r', answer));
  const ahead: Promise<Piece>[] = [];
  let position = 0;
  let open = 2;
  try {
    for (;;) {
      while (ahead.length < open) {
        ahead.push(settled(readPiece(link, path, handle, position, window.chunkBytes)));
        position += window.chunkBytes;
      }
      const piece = await (ahead.shift() as Promise<Piece>);
      if (piece.bytes.length > 0) yield piece.bytes;
      if (piece.last) return await expectNothing(ahead, path);
      open = Math.min(open + 1, window.requests);
    }
  } finally {
    await Promise.allSettled(ahead);
    await closeQuietly(link, path, handle);
  }
}

/** Reads one piece in full. A server may answer with fewer bytes than asked for; only an empty answer is the end. */
async function readPiece(link: Link, path: string, handle: Buffer, position: number, length: number): Promise<Piece> {
  const bytes = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const count = await link.call<number>('read', path, (sftp, answer) =>
      sftp.read(handle, bytes, filled, length - filled, position + filled, answer),
    );
    if (count === 0) return { bytes: bytes.subarray(0, filled), last: true };
    link.taken(count);
    filled += count;
  }
  return { bytes, last: false };
}

async function expectNothing(ahead: readonly Promise<Piece>[], path: string): Promise<void> {
  for (const piece of await Promise.all(ahead)) {
    if (piece.bytes.length > 0) {
      throw new Failure('SFTP_FILE_CHANGING', { message: `${quote(path)} grew while it was read.` });
    }
  }
}

/**
 * Makes a new remote file of a stream, many write requests in flight, and gives its length in bytes. The file must not
 * exist. Whatever fails, the half written file is removed if the session still lives.
 */
export async function writeWindowed(
  link: Link,
  path: string,
  source: AsyncIterable<Uint8Array>,
  window: Window,
): Promise<number> {
  const handle = await link.call<Buffer>('create', path, (sftp, answer) => sftp.open(path, 'wx', answer));
  try {
    const size = await pour(link, path, handle, source, window);
    if (window.sync === 'always') await sync(link, path, handle);
    await link.call<void>('close', path, (sftp, answer) => sftp.close(handle, (error) => answer(error, undefined)));
    return size;
  } catch (error) {
    await closeQuietly(link, path, handle);
    await removeQuietly(link, path);
    throw error;
  }
}

async function pour(
  link: Link,
  path: string,
  handle: Buffer,
  source: AsyncIterable<Uint8Array>,
  window: Window,
): Promise<number> {
  const inFlight: Promise<void>[] = [];
  let position = 0;
  try {
    for await (const block of blocksOf(source, window.chunkBytes)) {
      if (inFlight.length >= window.requests) await inFlight.shift();
      inFlight.push(settled(writeBlock(link, path, handle, block, position)));
      position += block.length;
    }
    while (inFlight.length > 0) await inFlight.shift();
    return position;
  } finally {
    await Promise.allSettled(inFlight);
  }
}

function writeBlock(link: Link, path: string, handle: Buffer, block: Buffer, position: number): Promise<void> {
  return link.call<void>('write', path, (sftp, answer) =>
    sftp.write(handle, block, 0, block.length, position, (error) => answer(error, undefined)),
  );
}

/** Cuts and joins a stream into blocks of `size` bytes; only the last is shorter. */
async function* blocksOf(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer, void, undefined> {
  let rest: Buffer | undefined;
  let filled = 0;
  for await (const chunk of source) {
    let from = 0;
    while (from < chunk.length) {
      if (rest === undefined && chunk.length - from >= size) {
        yield Buffer.from(chunk.buffer, chunk.byteOffset + from, size);
        from += size;
        continue;
      }
      rest ??= Buffer.allocUnsafeSlow(size);
      const part = chunk.subarray(from, from + size - filled);
      rest.set(part, filled);
      filled += part.length;
      from += part.length;
      if (filled === size) {
        yield rest;
        rest = undefined;
        filled = 0;
      }
    }
  }
  if (rest !== undefined) yield rest.subarray(0, filled);
}

/** Asks for fsync@openssh.com; ssh2 throws on the spot when the server does not announce it, and then we do without. */
async function sync(link: Link, path: string, handle: Buffer): Promise<void> {
  await link.call<void>('sync', path, (sftp, answer) => {
    try {
      sftp.ext_openssh_fsync(handle, (error) => answer(error, undefined));
    } catch {
      answer(undefined, undefined);
    }
  });
}

/** For the way out of a failure: the first failure is the one that counts. */
async function closeQuietly(link: Link, path: string, handle: Buffer): Promise<void> {
  await link
    .call<void>('close', path, (sftp, answer) => sftp.close(handle, (error) => answer(error, undefined)))
    .catch(() => {});
}

async function removeQuietly(link: Link, path: string): Promise<void> {
  await link
    .call<void>('remove', path, (sftp, answer) => sftp.unlink(path, (error) => answer(error, undefined)))
    .catch(() => {});
}

/** Marks a promise as looked after, since it is awaited only when its turn comes. */
function settled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
