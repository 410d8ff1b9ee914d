import type { DevFile } from './dev-file.ts';
import { masterKey } from './home.ts';
import type { Kept } from './kept.ts';
import type { Postgres } from './postgres.ts';
import type { StackOptions } from './stack-options.ts';
import { keepWorker, type PartContext, type Sftp, temporalDatabase, type Visma, type Worker } from './stack-parts.ts';
import { dropTemporalDatabase, type Temporal } from './temporal.ts';

/** The parts below the worker. What the user brought along (`TEMPORAL_ADDRESS`, `DATABASE_URL`) is only known by its address. */
export interface Foundation {
  readonly postgres: { readonly url: string; readonly kept: Kept<Postgres> | undefined };
  readonly temporal: { readonly address: string; readonly kept: Kept<Temporal> | undefined };
  readonly visma: Kept<Visma>;
  readonly sftp: Kept<Sftp>;
}

/** What the sandbox is quicker at than the real systems: it answers at once or never, and nobody uploads slowly to it. */
const SANDBOX_PACE = { VISMA_TARGET_LIMIT: '2s', VISMA_MARGIN: '1s', VISMA_SEND_WINDOW: '2s', SFTP_SETTLE: '1s' };

/**
 * The local run: Temporal, Postgres, the simulator of Visma.net, the SFTP server and a worker, each a process of its own,
 * each started again when it dies.
 */
export class Stack {
  /** Base64 of 32 bytes; for commands that open the ledger of this run. Never written to `dev.json`. */
  readonly masterKey: string;
  readonly #context: PartContext;
  readonly #options: StackOptions;
  readonly #parts: Foundation;
  #worker: Kept<Worker> | undefined;
  #workerEnv: Readonly<Record<string, string>> = {};

  /** Use `startStack`. */
  constructor(context: PartContext, foundation: Foundation) {
    this.#context = context;
    this.#options = context.options;
    this.#parts = foundation;
    this.masterKey = masterKey(this.#options.home, this.#options.env);
  }

  get home(): string {
    return this.#options.home;
  }

  /** What integration files and the command line need to reach this run. Of secrets, only the database's password. */
  get env(): Readonly<Record<string, string>> {
    const { visma, sftp } = this.#parts;
    return {
      ...SANDBOX_PACE,
      TEMPORAL_ADDRESS: this.#parts.temporal.address,
      DATABASE_URL: this.#parts.postgres.url,
      VISMA_API_URL: visma.current.url,
      VISMA_TOKEN_URL: `${visma.current.url}/connect/token`,
      SFTP_HOST: sftp.current.host,
      SFTP_PORT: String(sftp.current.port),
      SFTP_HOST_KEY: sftp.current.hostKeyFingerprint,
    };
  }

  /** Addresses and process ids as they are now: the content of `dev.json`. */
  get description(): DevFile {
    const { postgres, temporal, visma, sftp } = this.#parts;
    const { host, port, root, adminUrl } = sftp.current;
    const worker = this.#worker?.current;
    return {
      temporal: { address: temporal.address, ui: temporal.kept?.current.ui, pid: temporal.kept?.current.child.pid },
      postgres: { url: postgres.url, pid: postgres.kept?.current.child.pid },
      worker: worker === undefined ? undefined : { pid: worker.child.pid, health: worker.health },
      visma: { url: visma.current.url, pid: visma.current.child.pid },
      sftp: { host, port, pid: sftp.current.child.pid, root, admin: adminUrl },
      env: this.env,
    };
  }

  /** Starts the worker if it is down, with more environment variables than the run gives it. Fails when it does not start. */
  async startWorker(env: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#workerEnv = env;
    if (this.#worker === undefined) this.#worker = await keepWorker(this.#context, () => this.#workerEnvironment());
    else await this.#worker.start();
    this.#context.changed();
  }

  /** Ends the worker with a signal, as a crash would, and leaves it down. */
  async killWorker(name: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.#worker?.kill(name);
  }

  /** Lets the worker finish what it is doing, and leaves it down. */
  async stopWorker(): Promise<void> {
    await this.#worker?.stop();
  }

  /** Stops Postgres and starts it again, with its data and at its address. Throws when it is the user's own. */
  async restartPostgres(): Promise<void> {
    await own(this.#parts.postgres.kept, 'DATABASE_URL').restart();
  }

  /** Stops Temporal and starts it again at its address, with its state or without any. Throws when it is the user's own. */
  async restartTemporal(state: 'kept' | 'dropped' = 'kept'): Promise<void> {
    const temporal = own(this.#parts.temporal.kept, 'TEMPORAL_ADDRESS');
    await temporal.stop();
    if (state === 'dropped') dropTemporalDatabase(temporalDatabase(this.home));
    await temporal.start();
  }

  /** Ends everything, the worker first. Answers when nothing of it runs any more. */
  async stop(): Promise<void> {
    await this.#context.supervisor.close();
  }

  #workerEnvironment(): NodeJS.ProcessEnv {
    // Node's test runner marks its children; a worker started by a test is none of them.
    const { NODE_TEST_CONTEXT: _, ...inherited } = this.#options.env;
    const own = { ML_CONNECTOR_MASTER_KEY: this.masterKey, ML_CONNECTOR_HOME: this.home };
    return { ...inherited, ...this.env, ...own, ...this.#workerEnv };
  }
}

function own<T>(part: T | undefined, variable: string): T {
  if (part === undefined) throw new Error(`${variable} is set: what it names is not ours to restart.`);
  return part;
}
