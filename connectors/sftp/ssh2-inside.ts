import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Client, SFTPWrapper } from 'ssh2';

/**
 * Two remedies that reach into ssh2 1.17. They are for speed alone: where the parts are not found, in another version or
 * with its native addon, everything works as before.
 */
interface ClientInside {
  readonly _protocol?: {
    readonly _cipher?: { _encKey?: Buffer | KeyObject; readonly _encSSLName?: string };
    readonly _decipher?: { _decipherKey?: Buffer | KeyObject; readonly _decipherSSLName?: string };
    readonly channelWindowAdjust?: (channel: number, bytes: number) => void;
  };
}

interface SftpInside {
  readonly incoming?: { window?: number };
  readonly outgoing?: { readonly id: number; readonly state: string };
}

/**
 * Hands the AES-GCM keys of an open session to ssh2 as key objects. ssh2 makes a new cipher for every packet, and from a
 * raw key that takes Node 24 some 20 microseconds longer, half as much again as the encryption itself: a transfer gains a
 * third.
 */
export function useKeyObjects(client: Client): void {
  const { _cipher: cipher, _decipher: decipher } = (client as unknown as ClientInside)._protocol ?? {};
  if (cipher?._encSSLName?.endsWith('-gcm') && Buffer.isBuffer(cipher._encKey)) {
    cipher._encKey = createSecretKey(cipher._encKey);
  }
  if (decipher?._decipherSSLName?.endsWith('-gcm') && Buffer.isBuffer(decipher._decipherKey)) {
    decipher._decipherKey = createSecretKey(decipher._decipherKey);
  }
}

/**
 * Lets the server send so many bytes more. ssh2 tops up its window of 2 MiB only when half of it is used, so over a long
 * line the server waits each time; granting what was read at once keeps it sending. How much is under way is bounded by
 * the requests we have made, not by this.
 */
export function grantWindow(client: Client, sftp: SFTPWrapper, bytes: number): void {
  const { incoming, outgoing } = sftp as unknown as SftpInside;
  const protocol = (client as unknown as ClientInside)._protocol;
  if (incoming?.window === undefined || outgoing?.state !== 'open' || !protocol?.channelWindowAdjust) return;
  incoming.window += bytes;
  protocol.channelWindowAdjust(outgoing.id, bytes);
}
