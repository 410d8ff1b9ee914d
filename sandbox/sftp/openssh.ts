import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';

/** A running sshd of OpenSSH that serves SFTP to one user who logs in with a key. */
export interface OpenSsh {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  /** `SHA256:...` of each host key: ed25519 and RSA. */
  readonly fingerprints: { readonly ed25519: string; readonly rsa: string };
  /** The folder on this machine that the user sees, and the path by which the user sees it. */
  readonly folder: string;
  readonly remoteFolder: string;
  readonly pid: number;
  close(): Promise<void>;
}

export interface OpenSshOptions {
  /** An empty folder of the caller's, who removes it. With `chroot`, all above it must be writable for root alone. */
  readonly state: string;
  /** The text of the public key that may log in. */
  readonly publicKey: string;
  /** `nobody` locked into a chroot, as partners run it; needs root. */
  readonly chroot: 'yes' | 'no';
}

const SSHD = '/usr/sbin/sshd';
const READY_MS = 5_000;
/** `nobody` on Debian and its relatives. */
const NOBODY = 65_534;

/** Whether this machine has OpenSSH's server; nothing is installed. */
export function hasOpenSsh(): boolean {
  return existsSync(SSHD);
}

/** Starts sshd on a free loopback port. Throws when it does not answer within five seconds, with its own last words. */
export async function startOpenSsh(options: OpenSshOptions): Promise<OpenSsh> {
  const { state, chroot } = options;
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true });
  const fingerprints = { ed25519: makeHostKey(state, 'ed25519'), rsa: makeHostKey(state, 'rsa') };
  await writeFile(join(state, 'authorized_keys'), `${options.publicKey.trim()}\n`, { mode: 0o644 });
  const folder = await makeFolders(state, chroot);
  const port = await freePort();
  await writeFile(join(state, 'sshd_config'), configOf(state, port, chroot));
  const child = spawn(SSHD, ['-D', '-e', '-f', join(state, 'sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  await ready(child, port);
  return {
    host: '127.0.0.1',
    port,
    username: chroot === 'yes' ? 'nobody' : userInfo().username,
    fingerprints,
    folder,
    remoteFolder: chroot === 'yes' ? '/files' : folder,
    pid: child.pid as number,
    close: () => stop(child),
  };
}

function makeHostKey(state: string, type: 'ed25519' | 'rsa'): string {
  const file = join(state, `host_${type}`);
  execFileSync('ssh-keygen', ['-q', '-t', type, ...(type === 'rsa' ? ['-b', '2048'] : []), '-N', '', '-f', file]);
  return execFileSync('ssh-keygen', ['-l', '-f', `${file}.pub`], { encoding: 'utf8' }).split(' ')[1] as string;
}

/** A chroot must belong to root and be writable for nobody else, so the user gets a folder within. */
async function makeFolders(state: string, chroot: 'yes' | 'no'): Promise<string> {
  const folder = join(state, 'jail', 'files');
  await mkdir(folder, { recursive: true });
  if (chroot === 'yes') {
    await chmod(state, 0o755);
    await chown(folder, NOBODY, NOBODY);
  }
  return folder;
}

function configOf(state: string, port: number, chroot: 'yes' | 'no'): string {
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(state, 'host_ed25519')}`,
    `HostKey ${join(state, 'host_rsa')}`,
    `AuthorizedKeysFile ${join(state, 'authorized_keys')}`,
    'StrictModes no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    'UsePAM no',
    'PidFile none',
    'MaxStartups 100',
    'LogLevel ERROR',
    'Subsystem sftp internal-sftp',
  ];
  if (chroot === 'yes') lines.push(`ChrootDirectory ${join(state, 'jail')}`, 'ForceCommand internal-sftp');
  return `${lines.join('\n')}\n`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function ready(child: ChildProcess, port: number): Promise<void> {
  let words = '';
  child.stderr?.on('data', (data: Buffer) => {
    words = `${words}${data}`.slice(-2_000);
  });
  const deadline = AbortSignal.timeout(READY_MS);
  while (!(await answers(port))) {
    if (child.exitCode !== null || deadline.aborted) {
      child.kill('SIGKILL');
      throw new Error(`sshd did not start: ${words}`);
    }
  }
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.once('data', () => resolve(true));
  socket.once('error', () => setTimeout(resolve, 20, false));
  socket.once('close', () => setTimeout(resolve, 20, false));
  const answered = await promise;
  socket.destroy();
  return answered;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGCONT');
  child.kill('SIGTERM');
  await gone;
}

/** A key pair for tests and benchmarks, made by ssh-keygen in `folder`; the texts of both halves. */
export async function makeKeyPair(
  folder: string,
  passphrase: string,
): Promise<{ privateKey: string; publicKey: string; file: string }> {
  const file = join(folder, `user_${passphrase === '' ? 'open' : 'sealed'}`);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', '', '-f', file]);
  return { privateKey: await readFile(file, 'utf8'), publicKey: await readFile(`${file}.pub`, 'utf8'), file };
}
