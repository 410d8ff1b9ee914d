import { rmSync } from 'node:fs';
import { Connection } from '@temporalio/client';
import { type Child, ChildFailed } from './child.ts';
import { freePort, requireFree, requireListener } from './ports.ts';
import { plainEnvironment, type Supervisor } from './supervisor.ts';

const READY_WITHIN_MS = 60_000;
const PORT_ATTEMPTS = 3;

/**
 * Settings of the server itself. Tests register namespaces and search attributes and use them at once: the server shall not
 * remember for seconds that they were unknown.
 */
const DYNAMIC_CONFIG = {
  'frontend.enableServerVersionCheck': false,
  'frontend.enableUpdateWorkflowExecution': true,
  'frontend.enableUpdateWorkflowExecutionAsyncAccepted': true,
  'system.forceSearchAttributesCacheRefreshOnRead': true,
  'system.namespaceCacheRefreshInterval': '"1s"',
};

export interface TemporalOptions {
  /** The `temporal` program, see `findTemporal`. */
  readonly program: string;
  /** The file the server keeps its state in; without one it forgets everything when it ends. */
  readonly databaseFile?: string | undefined;
  /** Settings of the server beside our own, `limit.historyCount.suggestContinueAsNew` and such, with their JSON values. */
  readonly dynamicConfig?: Readonly<Record<string, unknown>>;
  readonly port?: number | undefined;
  readonly uiPort?: number | undefined;
}

/** A running dev server of Temporal with its Web UI, on loopback. */
export interface Temporal {
  readonly child: Child;
  readonly port: number;
  readonly uiPort: number;
  readonly address: string;
  readonly ui: string;
}

/**
 * Starts Temporal's dev server and answers when its default namespace can be used. Throws `ChildFailed` with the server's
 * last lines when it ends before that.
 */
export async function startTemporal(supervisor: Supervisor, options: TemporalOptions): Promise<Temporal> {
  for (const fixed of [options.port, options.uiPort]) if (fixed !== undefined) await requireFree(fixed);
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const uiPort = options.uiPort ?? (await freePort());
    try {
      return await startServer(supervisor, options, { port, uiPort });
    } catch (error) {
      // Between looking for a free port and using it, another program may have taken it; for ports of its own the server panics.
      const hasEnded = error instanceof ChildFailed && error.message.includes(' ended ');
      if (options.port !== undefined || !hasEnded || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

/** Deletes the state a stopped server has kept. */
export function dropTemporalDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
}

async function startServer(
  supervisor: Supervisor,
  options: TemporalOptions,
  ports: { port: number; uiPort: number },
): Promise<Temporal> {
  const listen = ['--ip', '127.0.0.1', '--port', String(ports.port), '--ui-port', String(ports.uiPort)];
  const logging = ['--log-level', 'warn', '--log-format', 'json'];
  const dynamic = Object.entries({ ...DYNAMIC_CONFIG, ...options.dynamicConfig }).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${value}`,
  ]);
  // With SQLite's default pragmas a file carries 10 workflows per second instead of 30. A crash of the machine may cost the
  // last moment of Temporal's state; the ledger, not Temporal, is the record.
  const pragmas = ['journal_mode=WAL', 'synchronous=OFF'].flatMap((pragma) => ['--sqlite-pragma', pragma]);
  const database = options.databaseFile === undefined ? [] : ['--db-filename', options.databaseFile, ...pragmas];
  const child = supervisor.start({
    name: 'temporal',
    command: options.program,
    args: ['server', 'start-dev', ...listen, ...logging, ...dynamic, ...database],
    env: plainEnvironment(),
  });
  const address = `127.0.0.1:${ports.port}`;
  await child.ready(() => requireListener(ports.port), READY_WITHIN_MS);
  await child.ready(() => temporalAnswers(address), READY_WITHIN_MS);
  return { child, ...ports, address, ui: `http://127.0.0.1:${ports.uiPort}` };
}

/** Fails unless the default namespace of the server at `address` can be used. */
export async function temporalAnswers(address: string): Promise<void> {
  // Without the client's own retries: one that is due after the connection was given up would end the process.
  const connection = await Connection.connect({ address, connectTimeout: 2_000, interceptors: [] });
  try {
    await connection.workflowService.describeNamespace({ namespace: 'default' });
  } finally {
    await connection.close();
  }
}
