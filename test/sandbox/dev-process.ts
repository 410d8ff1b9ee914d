import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type DevFile, readDevFile } from '../../sandbox/dev-file.ts';
import { RUN_MARK } from '../../sandbox/supervisor.ts';
import { atEnd } from '../harness/own.ts';

const DEV = fileURLToPath(new URL('./stand-in/dev.ts', import.meta.url));

/** A `dev` that runs as a process of its own, as a user starts it. */
export interface DevProcess {
  readonly process: ChildProcess;
  /** Everything it has printed so far. */
  readonly printed: () => string;
  /** Settles with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** A home folder of its own, removed when the file ends. */
export function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'ml-connector-dev-'));
  atEnd(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

export function spawnDev(home: string, env: Record<string, string> = {}): DevProcess {
  const { DATABASE_URL: _, TEMPORAL_ADDRESS: __, NODE_TEST_CONTEXT: ___, ...inherited } = process.env;
  const dev = spawn(process.execPath, [DEV], {
    env: { ...inherited, ...env, ML_CONNECTOR_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [dev.stdout, dev.stderr]) stream.setEncoding('utf8').on('data', (text) => (printed += text));
  const { promise, resolve } = Promise.withResolvers<number | NodeJS.Signals | null>();
  dev.once('close', (code, signal) => resolve(code ?? signal));
  atEnd(async () => {
    dev.kill('SIGTERM');
    await promise;
  });
  return { process: dev, printed: () => printed, ended: promise };
}

/** Waits until the run says that it is ready, and reads its `dev.json`. */
export async function devReady(dev: DevProcess, home: string): Promise<DevFile> {
  await until(() => dev.printed().includes('Ready after') || dev.process.exitCode !== null, dev.printed);
  const file = readDevFile(home);
  if (file === undefined) throw new Error(`There is no dev.json. It printed:\n${dev.printed()}`);
  return file;
}

/** The processes that belong to a home: those whose environment names it. A supervisor names it to all it starts. */
export function processesOf(home: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => read(`/proc/${pid}/environ`).includes(`${RUN_MARK}=${home}\0`) && isRunningPid(Number(pid)))
    .map((pid) => `${pid} ${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`);
}

export function isRunningPid(pid: number | undefined): boolean {
  const stat = read(`/proc/${pid}/stat`);
  return stat !== '' && !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
}

export function pidsOf(file: DevFile): number[] {
  const parts = [file.temporal, file.postgres, file.worker, file.visma, file.sftp];
  return parts.map((part) => part?.pid ?? 0);
}

/** Waits until something holds; fails after twenty seconds, with what `explain` says. */
export async function until(holds: () => boolean, explain: () => string = () => ''): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`It did not come to hold. ${explain()}`);
    await sleep(25);
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
