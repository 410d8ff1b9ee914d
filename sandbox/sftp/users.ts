import { timingSafeEqual } from 'node:crypto';
import type { AuthContext, PublicKeyAuthContext } from 'ssh2';
import ssh2 from 'ssh2';

/** An account of the sandbox; either way of login is enough. */
export interface SandboxUser {
  readonly name: string;
  readonly password: string;
  /** Texts of public keys, as in an authorized_keys file. */
  readonly publicKeys: readonly string[];
}

/** Whether this login is one of the users'. */
export function mayLogIn(users: readonly SandboxUser[], context: AuthContext): boolean {
  const user = users.find(({ name }) => name === context.username);
  if (user === undefined) return false;
  if (context.method === 'password') return same(Buffer.from(context.password), Buffer.from(user.password));
  if (context.method === 'publickey') return user.publicKeys.some((text) => isKeyOf(text, context));
  return false;
}

function isKeyOf(text: string, context: PublicKeyAuthContext): boolean {
  const known = ssh2.utils.parseKey(text);
  if (known instanceof Error || !same(context.key.data, known.getPublicSSH())) return false;
  // Without a signature the client only asks whether the key would do.
  if (context.signature === undefined || context.blob === undefined) return true;
  return known.verify(context.blob, context.signature, context.hashAlgo) === true;
}

function same(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
