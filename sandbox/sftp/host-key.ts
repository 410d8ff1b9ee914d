import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2 from 'ssh2';

export interface HostKey {
  /** PEM text. */
  readonly privateKey: string;
  /** `SHA256:...`, as ssh-keygen -l prints it. */
  readonly fingerprint: string;
}

/** Reads the host key kept in the state folder, or makes one there: clients pin it, so it must outlive a restart. */
export async function keepHostKey(state: string): Promise<HostKey> {
  const file = join(state, 'host-key');
  const privateKey = await readFile(file, 'utf8').catch(() => makeHostKey(file));
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw new Error(`${file} holds no usable host key; delete it to have a new one made`);
  const digest = createHash('sha256').update(parsed.getPublicSSH()).digest('base64');
  return { privateKey, fingerprint: `SHA256:${digest.replace(/=+$/, '')}` };
}

async function makeHostKey(file: string): Promise<string> {
  const { privateKey } = makeKeyPairText('');
  await writeFile(file, privateKey, { mode: 0o600, flag: 'wx' });
  return privateKey;
}

/**
 * A new ed25519 key pair in OpenSSH's format, without ssh-keygen. One in 256 that ssh2 1.17 makes cannot be read by
 * itself, so each is read back.
 */
export function makeKeyPairText(passphrase: string): { readonly privateKey: string; readonly publicKey: string } {
  for (;;) {
    const made =
      passphrase === ''
        ? ssh2.utils.generateKeyPairSync('ed25519')
        : ssh2.utils.generateKeyPairSync('ed25519', { cipher: 'aes256-ctr', passphrase, rounds: 4 });
    const readable = !(ssh2.utils.parseKey(made.private, passphrase) instanceof Error);
    if (readable) return { privateKey: made.private, publicKey: made.public };
  }
}
