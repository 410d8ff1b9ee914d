import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withSftp } from '../connectors/sftp/client.ts';
import { sftpSettings } from '../connectors/sftp/settings.ts';
import { hasOpenSsh, makeKeyPair, type OpenSsh, startOpenSsh } from '../sandbox/sftp/openssh.ts';
import { type Measurement, median } from './measurement.ts';

const MEGABYTES = 200;
const ROUNDS = 3;
const GOAL = 1;

/** Both sides move a file between this machine's page cache and the same sshd, with the same cipher. */
interface Field {
  readonly ssh: OpenSsh;
  readonly key: { readonly file: string; readonly privateKey: string };
  readonly local: string;
  readonly remote: string;
}

type Move = (field: Field) => Promise<void>;

/**
 * A file of 200 MB up and down through our client, near and over a long line, against OpenSSH's own `sftp`, taken in turns; medians of three. Connecting
 * and logging in count on both sides. Yields nothing where this machine has no sshd.
 */
export async function* run(): AsyncGenerator<Measurement> {
  if (!hasOpenSsh()) {
    process.stderr.write('bench sftp: skipped, this machine has no /usr/sbin/sshd (Debian: openssh-server)\n');
    return;
  }
  const state = await mkdtemp(join(tmpdir(), 'ml-connector-bench-'));
  try {
    const key = await makeKeyPair(state, '');
    const ssh = await startOpenSsh({ state, publicKey: key.publicKey, chroot: 'no' });
    try {
      const local = join(state, 'source');
      await writeFile(local, Buffer.alloc(MEGABYTES * 1_000_000, 'ml-connector '));
      const field = { ssh, key, local, remote: `${ssh.remoteFolder}/file` };
      yield* moves(field, '');
      const line = await startSlowLine(ssh.port);
      try {
        yield* moves({ ...field, ssh: { ...ssh, port: line.port } }, ' over a line of 10 ms each way');
      } finally {
        line.child.kill('SIGTERM');
      }
    } finally {
      await ssh.close();
    }
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

async function* moves(field: Field, where: string): AsyncGenerator<Measurement> {
  yield await compare(`upload${where}`, field, ourUpload, (at) => sftpCommand(at, `put ${at.local} ${at.remote}`));
  yield await compare(`upload, synced to disk${where}`, field, ourSyncedUpload, (at) =>
    sftpCommand(at, `put -f ${at.local} ${at.remote}`),
  );
  yield await compare(`download${where}`, field, ourDownload, (at) => sftpCommand(at, `get ${at.remote} /dev/null`));
}

async function startSlowLine(port: number): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const file = new URL('../sandbox/sftp/slow-line.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [file, '--to', String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, port: JSON.parse(line.toString()).port };
}

async function compare(name: string, field: Field, ours: Move, theirs: Move): Promise<Measurement> {
  // A worker runs for weeks: the first round, in which our code is compiled, does not count.
  await theirs(field);
  await ours(field);
  const our: number[] = [];
  const their: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    their.push(await rateOf(theirs, field));
    our.push(await rateOf(ours, field));
  }
  const value = median(our);
  const against = median(their);
  const ratio = value / against;
  return { bench: 'sftp', case: name, value, unit: 'MB/s', against, ratio, goal: GOAL, met: ratio >= GOAL };
}

async function rateOf(move: Move, field: Field): Promise<number> {
  const started = performance.now();
  await move(field);
  return (MEGABYTES * 1_000) / (performance.now() - started);
}

const ourUpload: Move = (field) => upload(field, 'never');
const ourSyncedUpload: Move = (field) => upload(field, 'always');

async function upload(field: Field, sync: 'always' | 'never'): Promise<void> {
  await lend(field, sync, async (session) => {
    await session.remove(field.remote);
    await session.write(field.remote, createReadStream(field.local, { highWaterMark: 1_048_576 }));
  });
}

async function ourDownload(field: Field): Promise<void> {
  await lend(field, 'never', async (session) => {
    let bytes = 0;
    for await (const chunk of session.read(field.remote)) bytes += chunk.length;
    if (bytes !== MEGABYTES * 1_000_000) throw new Error(`${bytes} bytes came`);
  });
}

async function lend(field: Field, sync: string, work: Parameters<typeof withSftp<void>>[3]): Promise<void> {
  const { host, port, username, fingerprints } = field.ssh;
  const settings = sftpSettings.parse({ host, port, username, hostKey: fingerprints.ed25519, sync });
  await withSftp(settings, { privateKey: field.key.privateKey }, { signal: new AbortController().signal }, work);
}

/** OpenSSH's client; a batch given by a file, since `-b` is what makes it fail instead of asking. */
async function sftpCommand({ ssh, key, local }: Field, command: string): Promise<void> {
  const batch = `${local}.batch`;
  await writeFile(batch, `${command}\n`);
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR', 'IdentitiesOnly=yes'];
  await promisify(execFile)('sftp', [
    ...['-q', '-b', batch, '-i', key.file, '-P', String(ssh.port), '-c', 'aes128-gcm@openssh.com'],
    ...options.flatMap((option) => ['-o', option]),
    `${ssh.username}@${ssh.host}`,
  ]);
}
