import { createHash } from 'node:crypto';
import { connect as openSocket, type Socket } from 'node:net';
import type { Client, ParsedKey, ServerHostKeyAlgorithm, SFTPWrapper } from 'ssh2';
import ssh2 from 'ssh2';
import { Failure } from '../../failures/failure.ts';
import { toConnectFailure } from './errors.ts';
import { Link } from './link.ts';
import { loginOrder, openPrivateKey } from './login.ts';
import type { SftpSecrets, SftpSettings } from './settings.ts';
import { useKeyObjects } from './ssh2-inside.ts';

/** How far a connection has come. `connect` is the TCP connection, `subsystem` the open SFTP session. */
export type ConnectStage = 'connect' | 'host key' | 'login' | 'subsystem';

export interface SftpDeps {
  /** Ends the session when it aborts; what waits is rejected with the signal's reason. */
  readonly signal: AbortSignal;
}

/** Told of each stage as it is passed, with a few words for a person (an address, a fingerprint). */
export type StageListener = (stage: ConnectStage, detail: string) => void;

/**
 * GCM first: Node's own OpenSSL does it in one pass, without ssh2's optional native addon. The other names are for older
 * servers.
 */
const CIPHERS = [
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
  'chacha20-poly1305@openssh.com',
] as const;

/** ssh2 gives up after this many unanswered signs of life. */
const KEEPALIVES = 3;

/**
 * A server shows one of its host keys, by our order of preference. When that one is not pinned, each other kind is asked
 * for alone, since partners often pass on the fingerprint of the RSA key only.
 */
const HOST_KEY_KINDS: readonly (readonly ServerHostKeyAlgorithm[])[] = [
  ['ssh-ed25519'],
  ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'],
  ['rsa-sha2-512', 'rsa-sha2-256'],
];

/** One attempt, while it lasts. */
interface Attempt {
  readonly settings: SftpSettings;
  readonly secrets: SftpSecrets;
  readonly privateKey: ParsedKey | undefined;
  readonly address: string;
  readonly socket: Socket;
  readonly client: Client;
  readonly reached: StageListener;
  /** Host key algorithms to offer; undefined is ssh2's own list. */
  readonly hostKeyKind: readonly ServerHostKeyAlgorithm[] | undefined;
  stage: ConnectStage;
  serverVersion: string;
}

/**
 * Opens an SFTP session: TCP, pinned host key, login, subsystem, all within `connectTimeoutMs`.
 * Throws SFTP_UNREACHABLE, SFTP_TIMEOUT, SFTP_HOST_KEY, SFTP_LOGIN_REFUSED, SFTP_INCOMPATIBLE, or the signal's reason.
 */
export async function openLink(
  settings: SftpSettings,
  secrets: SftpSecrets,
  deps: SftpDeps,
  reached: StageListener,
): Promise<Link> {
  const privateKey = openPrivateKey(secrets);
  const mismatches: Failure[] = [];
  for (const hostKeyKind of [undefined, ...HOST_KEY_KINDS]) {
    try {
      return await tryLink({ settings, secrets, privateKey, reached, hostKeyKind }, deps.signal);
    } catch (error) {
      const differs = error instanceof Failure && error.code === 'SFTP_HOST_KEY';
      if (differs) mismatches.push(error);
      else if (mismatches.length === 0) throw error;
    }
  }
  throw new Failure('SFTP_HOST_KEY', {
    message: [...new Set(mismatches.map((mismatch) => mismatch.message))].join(' '),
  });
}

type Plan = Pick<Attempt, 'settings' | 'secrets' | 'privateKey' | 'reached' | 'hostKeyKind'>;

async function tryLink(plan: Plan, signal: AbortSignal): Promise<Link> {
  signal.throwIfAborted();
  const { host, port, operationTimeoutMs } = plan.settings;
  const address = `${host}:${port}`;
  const socket = openSocket({ host, port, noDelay: true });
  const attempt: Attempt = { ...plan, address, socket, client: new ssh2.Client(), stage: 'connect', serverVersion: '' };
  try {
    const sftp = await establish(attempt, signal);
    const { client, serverVersion } = attempt;
    const link = new Link({ address, serverVersion, client, sftp, socket, operationTimeoutMs });
    watchAbort(link, socket, signal);
    return link;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function watchAbort(link: Link, socket: Socket, signal: AbortSignal): void {
  const abort = () => link.break(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', abort));
}

async function establish(attempt: Attempt, signal: AbortSignal): Promise<SFTPWrapper> {
  const { promise, resolve, reject } = Promise.withResolvers<SFTPWrapper>();
  const abort = () => reject(signal.reason);
  const timer = setTimeout(() => reject(tooSlow(attempt)), attempt.settings.connectTimeoutMs);
  signal.addEventListener('abort', abort, { once: true });
  // Stays attached for good: an `error` event that nobody hears ends the process.
  const fail = (error: Error) =>
    reject(error instanceof Failure ? error : toConnectFailure(error, attempt.address, attempt.stage));
  attempt.socket.on('error', fail);
  attempt.socket.once('connect', () => {
    pass(attempt, 'host key', `${attempt.socket.remoteAddress} port ${attempt.socket.remotePort}`);
    shakeHands(attempt, resolve, fail);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** Notes that the current stage is done and `next` has begun. */
function pass(attempt: Attempt, next: ConnectStage, detail: string): void {
  attempt.reached(attempt.stage, detail);
  attempt.stage = next;
}

function shakeHands(attempt: Attempt, resolve: (sftp: SFTPWrapper) => void, fail: (error: Error) => void): void {
  const { client, settings, secrets, privateKey, hostKeyKind } = attempt;
  client.on('error', fail);
  client.on('close', () => fail(new Error('the server closed the connection')));
  client.on('change password', () => fail(refused(attempt, 'the server demands a new password')));
  client.on('ready', () => {
    pass(attempt, 'subsystem', `logged in as ${settings.username}`);
    openSubsystem(attempt, resolve, fail);
  });
  client.connect({
    sock: attempt.socket,
    username: settings.username,
    authHandler: loginOrder({ username: settings.username, password: secrets.password, privateKey }),
    algorithms: { cipher: [...CIPHERS], ...(hostKeyKind && { serverHostKey: [...hostKeyKind] }) },
    hostVerifier: (key: Buffer) => verifyHost(attempt, key, fail),
    keepaliveInterval: settings.keepaliveIntervalMs,
    keepaliveCountMax: KEEPALIVES,
    readyTimeout: 0,
  });
  // Only now: a listener on a socket that ssh2 has not paused yet would drain it.
  attempt.socket.once('data', (data: Buffer) => {
    attempt.serverVersion = data.toString('latin1').split(/[\r\n]/, 1)[0] ?? '';
  });
}

function openSubsystem(attempt: Attempt, resolve: (sftp: SFTPWrapper) => void, fail: (error: Error) => void): void {
  attempt.client.sftp((error, sftp) => {
    if (error) return fail(error);
    useKeyObjects(attempt.client);
    attempt.reached('subsystem', 'SFTP is open');
    resolve(sftp);
  });
}

function verifyHost(attempt: Attempt, key: Buffer, fail: (error: Error) => void): boolean {
  const seen = fingerprintOf(key);
  const { hostKey } = attempt.settings;
  if (hostKey.includes(seen)) {
    // A server may change keys in the middle of a session, and is verified again then.
    if (attempt.stage === 'host key') pass(attempt, 'login', `${typeOf(key)} ${seen}`);
    return true;
  }
  fail(
    new Failure('SFTP_HOST_KEY', {
      message: `${attempt.address} showed the ${typeOf(key)} host key ${seen}, but ${hostKey.join(' or ')} is expected.`,
    }),
  );
  return false;
}

/** The fingerprint of a public key in wire format, as `ssh-keygen -l` prints it. */
export function fingerprintOf(publicKey: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')}`;
}

/** A public key in wire format begins with the name of its type (RFC 4253, 6.6). */
function typeOf(publicKey: Buffer): string {
  const length = publicKey.readUInt32BE(0);
  return publicKey.toString('latin1', 4, 4 + Math.min(length, 64));
}

function refused(attempt: Attempt, why: string): Failure {
  return new Failure('SFTP_LOGIN_REFUSED', { message: `${attempt.address} refused the login: ${why}.` });
}

function tooSlow(attempt: Attempt): Failure {
  return new Failure('SFTP_TIMEOUT', {
    message: `${attempt.address} did not get past "${attempt.stage}" within ${attempt.settings.connectTimeoutMs} ms.`,
  });
}
