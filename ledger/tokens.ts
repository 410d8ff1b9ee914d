import { createHash } from 'node:crypto';

/** What an intended effect is about. Never a row id: a ledger restored from a backup must find the same token again. */
export interface IntentIdentity {
  readonly target: string;
  readonly flow: string;
  readonly sourceKey: string;
  readonly sourceVersion: string;
  readonly step: string;
  readonly generation: number;
}

/** RFC 4648 base32. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The token of an intended effect: 12 characters of base32 (60 bits), short enough for a free field of any target. */
export function intentToken(identity: IntentIdentity): string {
  const { target, flow, sourceKey, sourceVersion, step, generation } = identity;
  const hash = createHash('sha256')
    .update(JSON.stringify([target, flow, sourceKey, sourceVersion, step, generation]))
    .digest();
  return Array.from(hash.subarray(0, 12), (byte) => ALPHABET.charAt(byte & 31)).join('');
}
