import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Child, ChildSpec } from './child.ts';
import { freePort } from './ports.ts';
import { type PostgresFiles, postgresFiles, type ServerUser, serverUser } from './postgres-files.ts';
import { identify, isRunning, signalGroup } from './process-identity.ts';
import { plainEnvironment, type Supervisor } from './supervisor.ts';

const OWNER = 'ml_connector';
const READY_WITHIN_MS = 30_000;
const PORT_ATTEMPTS = 3;

export interface PostgresOptions {
  readonly password: string;
  /** The database to connect to; made if it is missing. */
  readonly database: string;
  /** What a commit survives: `disk` a crash of the machine, `process` only one of the server (and is faster). */
  readonly durability: 'disk' | 'process';
  /** A fixed port, or any free one. */
  readonly port?: number | undefined;
  /** Folders that may hold a copy of the programs, in order of preference. */
  readonly caches: readonly string[];
}

/** A running Postgres server on loopback. */
export interface Postgres {
  readonly child: Child;
  readonly port: number;
  readonly url: string;
}

/**
 * Starts a real Postgres server whose data lives in `<home>/postgres`, and answers when it accepts connections.
 *
 * It listens on loopback TCP only, has no socket file, asks for the password, and runs as an unprivileged user when we are
 * root. Throws `ChildFailed` with the server's last lines when it does not come up.
 */
export async function startPostgres(supervisor: Supervisor, options: PostgresOptions): Promise<Postgres> {
  const user = serverUser();
  const files = postgresFiles(user, options.caches);
  const place = join(supervisor.folder, 'postgres');
  if (!existsSync(join(place, 'PG_VERSION'))) await makeCluster(supervisor, { files, user, place, options });
  await clearStaleLock(place);
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    try {
      return await startServer(supervisor, { files, user, place, options }, port);
    } catch (error) {
      // Between looking for a free port and using it, another program may have taken it.
      const taken = error instanceof Error && error.message.includes('could not bind');
      if (options.port !== undefined || !taken || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

interface Cluster {
  readonly files: PostgresFiles;
  readonly user: ServerUser | undefined;
  readonly place: string;
  readonly options: PostgresOptions;
}

/** Made under another name and renamed when complete, so that a killed start leaves nothing that looks like a cluster. */
async function makeCluster(supervisor: Supervisor, { files, user, place, options }: Cluster): Promise<void> {
  const making = `${place}.making`;
  const passwordFile = join(supervisor.folder, 'postgres.initial');
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { mode: 0o700 });
  writeFileSync(passwordFile, options.password, { mode: 0o600 });
  for (const path of user ? [making, passwordFile] : []) chownSync(path, user?.uid ?? 0, user?.gid ?? 0);
  const password = openSync(passwordFile, 'r');
  try {
    const args = ['-U', OWNER, '--pwfile=/dev/stdin', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'];
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-sync', '--no-instructions'];
    const spec = { command: files.initdb, args: [...args, ...locale], stdin: password, stopSignal: 'SIGKILL' as const };
    const made = supervisor.start(inFolder({ name: 'postgres-init', env: plainEnvironment(), ...spec }, making, user));
    const end = await made.exited;
    if (end !== 'with code 0') throw new Error(`initdb ended ${end}. ${made.lastLines()}`);
  } finally {
    closeSync(password);
    rmSync(passwordFile, { force: true });
  }
  renameSync(making, place);
}

async function startServer(supervisor: Supervisor, cluster: Cluster, port: number): Promise<Postgres> {
  const { files, user, place, options } = cluster;
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    log_min_messages: 'warning',
    ...(options.durability === 'process' ? { fsync: 'off', full_page_writes: 'off' } : {}),
  };
  const args = ['-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  // SIGINT is Postgres's fast shutdown: it ends open sessions instead of waiting for them.
  const spec = {
    name: 'postgres',
    command: files.postgres,
    args,
    env: plainEnvironment(),
    stopSignal: 'SIGINT' as const,
  };
  const child = supervisor.start(inFolder(spec, place, user));
  const address = `postgres://${OWNER}:${options.password}@127.0.0.1:${port}`;
  await child.ready(() => ensureDatabase(`${address}/postgres`, options.database), READY_WITHIN_MS);
  return { child, port, url: `${address}/${options.database}` };
}

/**
 * Lets the program work in the data folder. An unprivileged user may not be able to walk to it (a home below a folder only
 * root may enter), but it can stand in it: on Linux, `/proc/self/cwd` is then a way to it that needs no walking.
 */
function inFolder(spec: ChildSpec, folder: string, user: ServerUser | undefined): ChildSpec {
  const data = user === undefined ? folder : '/proc/self/cwd';
  return { ...spec, cwd: folder, args: ['-D', data, ...spec.args], ...(user === undefined ? {} : { user }) };
}

/** Makes the database unless it is there. Fails while the server is not ready, or refuses the password. */
async function ensureDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/**
 * A killed server leaves its lock file, and refuses to start while any process of its user has the id in it. The home is
 * ours alone by now, so a server that works in this folder is stopped, and any other process is not the one meant.
 */
async function clearStaleLock(place: string): Promise<void> {
  const file = join(place, 'postmaster.pid');
  if (process.platform !== 'linux' || !existsSync(file)) return;
  const holder = identify(Number.parseInt(readFileSync(file, 'utf8'), 10));
  if (holder !== undefined && workingFolder(holder.pid) === realpathSync(place)) {
    signalGroup(holder, 'SIGINT');
    while (isRunning(holder)) await sleep(25);
  }
  rmSync(file, { force: true });
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
