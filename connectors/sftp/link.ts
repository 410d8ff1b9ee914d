import type { Socket } from 'node:net';
import type { Client, SFTPWrapper } from 'ssh2';
import { Failure } from '../../failures/failure.ts';
import { cut, type SftpOperation, toOperationFailure } from './errors.ts';
import { grantWindow } from './ssh2-inside.ts';

/** How long a session may take to say goodbye before its socket is torn. */
const GOODBYE_MS = 1_000;

/** What an open session is made of. */
interface LinkParts {
  readonly address: string;
  readonly serverVersion: string;
  readonly client: Client;
  readonly sftp: SFTPWrapper;
  readonly socket: Socket;
  readonly operationTimeoutMs: number;
}

type Answer<T> = (error: Error | null | undefined, value: T) => void;

/**
 * One open SFTP session. Every request goes through `call`, so that none can wait for ever: when the server is silent for
 * `operationTimeoutMs` while anything waits, when the session is cut, or when the work is aborted, all that waits is
 * rejected and the socket torn. A torn session never comes back.
 */
export class Link {
  readonly address: string;
  /** How the server introduced itself, for example `SSH-2.0-OpenSSH_9.2p1`. */
  readonly serverVersion: string;
  readonly #client: Client;
  readonly #sftp: SFTPWrapper;
  readonly #socket: Socket;
  readonly #timer: NodeJS.Timeout;
  readonly #waiting = new Set<(reason: unknown) => void>();
  #broken: { readonly reason: unknown } | undefined;
  #corked = false;

  constructor(parts: LinkParts) {
    this.address = parts.address;
    this.serverVersion = parts.serverVersion;
    this.#client = parts.client;
    this.#sftp = parts.sftp;
    this.#socket = parts.socket;
    this.#timer = setTimeout(() => this.#stalled(parts.operationTimeoutMs), parts.operationTimeoutMs);
    // What comes in lets ssh2 send what had to wait, so that goes out as one too.
    this.#socket.prependListener('data', () => this.#cork());
    this.#client.on('error', (error: Error) => this.break(cut(this.address, error)));
    this.#client.on('close', () => this.break(cut(this.address, undefined)));
    this.#sftp.on('error', (error: Error) => this.break(cut(this.address, error)));
    this.#sftp.on('close', () => this.break(cut(this.address, undefined)));
  }

  /**
   * Sends one request and waits for its answer. `start` calls one method of ssh2's SFTP with the callback it is given.
   * Rejects with a Failure, or with the reason of the abort signal.
   */
  call<T>(operation: SftpOperation, path: string, start: (sftp: SFTPWrapper, answer: Answer<T>) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#broken !== undefined) return reject(this.#broken.reason);
      this.#waiting.add(reject);
      if (this.#waiting.size === 1) this.#timer.refresh();
      const answer: Answer<T> = (error, value) => {
        this.#timer.refresh();
        if (!this.#waiting.delete(reject)) return;
        if (error) reject(toOperationFailure(error, operation, path));
        else resolve(value);
      };
      this.#cork();
      try {
        start(this.#sftp, answer);
      } catch (error) {
        this.#waiting.delete(reject);
        throw error;
      }
    });
  }

  /** Tells the server that so many bytes of file data have been taken, so that it may send as many more. */
  taken(bytes: number): void {
    grantWindow(this.#client, this.#sftp, bytes);
  }

  /** Ends the session at once: everything that waits, and every later call, is rejected with `reason`. */
  break(reason: unknown): void {
    if (this.#broken !== undefined) return;
    this.#broken = { reason };
    clearTimeout(this.#timer);
    for (const reject of this.#waiting) reject(reason);
    this.#waiting.clear();
    this.#socket.destroy();
  }

  /** Says goodbye, and tears the socket when that is on its way or takes longer than a second. Never throws. */
  async close(): Promise<void> {
    if (this.#broken !== undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const impatient = setTimeout(resolve, GOODBYE_MS);
    this.#socket.once('finish', () => resolve());
    this.#socket.once('close', () => resolve());
    this.#client.end();
    await promise;
    clearTimeout(impatient);
    this.break(cut(this.address, undefined));
  }

  #stalled(silentMs: number): void {
    if (this.#waiting.size === 0) return;
    this.break(
      new Failure('SFTP_TIMEOUT', {
        message: `${this.address} left ${this.#waiting.size} requests without an answer for ${silentMs} ms.`,
      }),
    );
  }

  /** ssh2 writes each packet in three pieces; corking to the end of the tick makes one system call of them all. */
  #cork(): void {
    if (this.#corked) return;
    this.#corked = true;
    this.#socket.cork();
    process.nextTick(() => {
      this.#corked = false;
      this.#socket.uncork();
    });
  }
}
