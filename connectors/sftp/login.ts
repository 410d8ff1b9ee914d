import type { AnyAuthMethod, AuthenticationType, NextAuthHandler, ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { Failure } from '../../failures/failure.ts';
import type { SftpSecrets } from './settings.ts';

/** Who logs in, and with what. */
interface Login {
  readonly username: string;
  readonly password: string | undefined;
  readonly privateKey: ParsedKey | undefined;
}

/**
 * Key first, then the password: by the `password` method, and by keyboard-interactive only where the server does not offer
 * that one, so that a wrong password is not counted twice against the account.
 */
export function loginOrder(login: Login) {
  const untried = loginMethods(login);
  return (offered: AuthenticationType[] | null, _partial: boolean | null, next: NextAuthHandler) => {
    const at = untried.findIndex(({ type }) => {
      if (type === 'keyboard-interactive') return offered?.includes(type) === true && !offered.includes('password');
      return offered === null || offered.includes(type);
    });
    const [method] = at < 0 ? [] : untried.splice(at, 1);
    // ssh2 takes `false` as "no method is left"; its types do not say so.
    next(method ?? (false as unknown as AuthenticationType));
  };
}

function loginMethods({ username, password, privateKey }: Login): AnyAuthMethod[] {
  const methods: AnyAuthMethod[] = [];
  if (privateKey !== undefined) methods.push({ type: 'publickey', username, key: privateKey });
  if (password === undefined) return methods;
  methods.push({ type: 'password', username, password });
  methods.push({
    type: 'keyboard-interactive',
    username,
    prompt: (_name, _instructions, _language, prompts, finish) => finish(prompts.map(() => password)),
  });
  return methods;
}

/** The usable private key of the secrets, if they have one. Throws SFTP_LOGIN_REFUSED when it cannot be opened. */
export function openPrivateKey({ privateKey, passphrase }: SftpSecrets): ParsedKey | undefined {
  if (privateKey === undefined) return undefined;
  const key = ssh2.utils.parseKey(privateKey, passphrase);
  if (key instanceof Error || !key.isPrivateKey()) {
    throw new Failure('SFTP_LOGIN_REFUSED', {
      message: 'The private key cannot be opened: it is not a private key, or its passphrase is wrong or missing.',
    });
  }
  return key;
}
