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
  const { private: text } = ssh2.utils.generateKeyPairSync('ed25519');
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  return text;
}
