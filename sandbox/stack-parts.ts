import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Child } from './child.ts';
import { cacheFolder, postgresCaches, secretFile } from './home.ts';
import { Kept } from './kept.ts';
import { startEntry } from './node-entry.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { duration, row, type Say, sayWhile } from './say.ts';
import { entriesOf, type Ports, type StackOptions } from './stack-options.ts';
import { plainEnvironment, type Supervisor } from './supervisor.ts';
import { startTemporal, type Temporal } from './temporal.ts';
import { findTemporal } from './temporal-binary.ts';

const WORKER_GRACE_MS = 15_000;
/** As in deploy/Dockerfile, which says why. */
const WORKER_FLAGS = ['--max-semi-space-size=16'];
const WORKER_MEMORY = { MALLOC_ARENA_MAX: '2' };

/** What every part of the local run is started with. */
export interface PartContext {
  readonly supervisor: Supervisor;
  readonly options: StackOptions;
  readonly ports: Ports;
  /** Told when a part has been started again, perhaps with other addresses. */
  readonly changed: () => void;
}

export interface Visma {
  readonly child: Child;
  readonly url: string;
}

export interface Sftp {
  readonly child: Child;
  readonly host: string;
  readonly port: number;
  readonly root: string;
  readonly adminUrl: string;
  readonly hostKeyFingerprint: string;
}

export interface Worker {
  readonly child: Child;
  readonly health: string | undefined;
}

export function keepPostgres(context: PartContext, password: string): Promise<Kept<Postgres>> {
  const { supervisor, options, ports } = context;
  const { durability = 'disk', env } = options;
  const fixed = { password, database: 'ml_connector', durability, caches: postgresCaches(env) } as const;
  const begin = (last: Postgres | undefined) =>
    startPostgres(supervisor, { ...fixed, port: last?.port ?? ports.postgres });
  return keep(context, 'Postgres', { begin, where: ({ port }) => `127.0.0.1:${port}` });
}

/** The file Temporal keeps its state in. */
export function temporalDatabase(home: string): string {
  return join(home, 'temporal.db');
}

export function keepTemporal(context: PartContext): Promise<Kept<Temporal>> {
  const { supervisor, options, ports } = context;
  let doing = 'starting';
  const progress = (now: string) => {
    doing = now;
  };
  const begin = async (last: Temporal | undefined) => {
    const program = await findTemporal(supervisor, { env: options.env, cache: cacheFolder(options.env), progress });
    progress('starting');
    const databaseFile = temporalDatabase(options.home);
    const [port, uiPort] = [last?.port ?? ports.temporal, last?.uiPort ?? ports.temporalUi];
    return startTemporal(supervisor, { program, databaseFile, port, uiPort });
  };
  return keep(context, 'Temporal', {
    begin,
    doing: () => doing,
    where: ({ address, ui }) => `${address}, Web UI ${ui}`,
  });
}

const vismaReady = z.object({ ready: z.literal(true), url: z.string() });

export function keepVisma(context: PartContext): Promise<Kept<Visma>> {
  const { supervisor, options, ports } = context;
  const entry = entriesOf(options).visma;
  const begin = async (last: Visma | undefined): Promise<Visma> => {
    const port = last === undefined ? (ports.visma ?? 0) : new URL(last.url).port;
    const args = ['--port', String(port), ...(options.vismaArgs ?? [])];
    const { child, ready } = await startEntry(
      supervisor,
      { name: 'visma', entry, args, env: plainEnvironment() },
      vismaReady,
    );
    return { child, url: ready.url };
  };
  return keep(context, 'Visma.net', { begin, where: ({ url }) => `${url} (simulator)` });
}

const sftpReady = z.object({
  ready: z.literal(true),
  host: z.string(),
  port: z.number(),
  root: z.string(),
  adminUrl: z.string(),
  hostKeyFingerprint: z.string(),
});

export function keepSftp(context: PartContext): Promise<Kept<Sftp>> {
  const { supervisor, options, ports } = context;
  const entry = entriesOf(options).sftp;
  const [root, state] = [join(options.home, 'sftp', 'root'), join(options.home, 'sftp', 'state')];
  for (const folder of [root, state]) mkdirSync(folder, { recursive: true });
  const begin = async (last: Sftp | undefined): Promise<Sftp> => {
    const adminPort = last === undefined ? 0 : new URL(last.adminUrl).port;
    const listen = ['--port', String(last?.port ?? ports.sftp ?? 0), '--admin-port', String(adminPort)];
    const args = ['--root', root, '--state', state, ...listen];
    const { child, ready } = await startEntry(
      supervisor,
      { name: 'sftp', entry, args, env: plainEnvironment() },
      sftpReady,
    );
    return { child, ...ready };
  };
  return keep(context, 'SFTP server', { begin, where: ({ host, port }) => `${host}:${port}` });
}

const workerReady = z.object({ ready: z.literal(true), health: z.string().optional() });

/** `environment` is asked at every start. */
export function keepWorker(context: PartContext, environment: () => NodeJS.ProcessEnv): Promise<Kept<Worker>> {
  const { supervisor, options } = context;
  const entry = entriesOf(options).worker;
  const begin = async (): Promise<Worker> => {
    const env = { ...WORKER_MEMORY, ...environment() };
    const spec = { name: 'worker', entry, flags: WORKER_FLAGS, env, graceMs: WORKER_GRACE_MS };
    const { child, ready } = await startEntry(supervisor, spec, workerReady);
    return { child, health: ready.health };
  };
  return keep(context, 'Worker', { begin, where: ({ child }) => `process ${child.pid}` });
}

/** The password of the home's database. */
export function postgresPassword(home: string, make: () => string): string {
  return secretFile(home, 'postgres.password', make);
}

interface Part<T> {
  readonly begin: (last: T | undefined) => Promise<T>;
  readonly doing?: () => string;
  readonly where: (current: T) => string;
}

function keep<T extends { readonly child: Child }>(
  { supervisor, options, changed }: PartContext,
  title: string,
  { begin, doing = () => 'starting', where }: Part<T>,
): Promise<Kept<T>> {
  const { say } = options;
  return Kept.start({
    closing: supervisor.closing,
    begin: (last) => sayStart(say, title, { begin: () => begin(last), doing, where }),
    onLoss: (what) => say(row(title, `${what}; starting it again`)),
    onReturn: changed,
  });
}

async function sayStart<T>(
  say: Say,
  title: string,
  part: { begin: () => Promise<T>; doing: () => string; where: (current: T) => string },
): Promise<T> {
  const began = performance.now();
  const current = await sayWhile(say, title, part.doing, part.begin);
  say(row(title, `${part.where(current).padEnd(56)} ${duration(performance.now() - began)}`));
  return current;
}
