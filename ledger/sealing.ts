import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Failure } from '../failures/failure.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals bytes with AES-256-GCM as nonce, tag, ciphertext. `context` is authenticated: what is sealed for one place opens in no other. */
export function seal(key: Buffer, plain: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context));
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}

/** Opens what `seal` made; a wrong key, another context or a changed byte is a Failure. */
export function unseal(key: Buffer, sealed: Buffer, context: string): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new Failure('LEDGER_SEAL_BROKEN', {
      message: `What the ledger keeps under ${context} cannot be opened.`,
      cause,
    });
  }
}
