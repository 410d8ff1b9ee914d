import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Say } from './say.ts';
import type { Stack } from './stack.ts';

/** The TypeScript files of our own programs. */
export interface Entries {
  readonly visma: string;
  readonly sftp: string;
  readonly worker: string;
}

export interface StackOptions {
  /** The home folder; all state is in it. */
  readonly home: string;
  /** Whether the home is kept or removed when the run ends. */
  readonly lifetime?: 'kept' | 'temporary';
  /** `fresh` forgets what earlier runs kept in the home: the database, Temporal's state, the partner's files. */
  readonly state?: 'kept' | 'fresh';
  readonly say: Say;
  /** The environment of whoever starts the run: settings are read from it, and the worker inherits it. */
  readonly env: NodeJS.ProcessEnv;
  /** Stops the run, also in the middle of its start. */
  readonly signal?: AbortSignal;
  /** What a commit in Postgres survives, see `PostgresOptions`. */
  readonly durability?: 'disk' | 'process';
  readonly entries?: Partial<Entries>;
  /** More flags for the simulator of Visma.net, for example `['--limit', '500']`. */
  readonly vismaArgs?: readonly string[];
  /** `started` (default) or `down`: then the caller starts it. */
  readonly worker?: 'started' | 'down';
  /** Called when the database and the partners run and the worker does not: for migrations. */
  readonly beforeWorker?: (stack: Stack) => Promise<void>;
  /** Called when everything runs: for credentials and integration files. */
  readonly prepare?: (stack: Stack) => Promise<void>;
}

export function entriesOf(options: StackOptions): Entries {
  const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
  const own = { visma: path('./visma/main.ts'), sftp: path('./sftp/main.ts'), worker: path('../workers/main.ts') };
  return { ...own, ...options.entries };
}

const port = z.coerce.number().int().min(1).max(65_535).optional();
const portVariables = z.object({
  ML_CONNECTOR_POSTGRES_PORT: port,
  ML_CONNECTOR_TEMPORAL_PORT: port,
  ML_CONNECTOR_TEMPORAL_UI_PORT: port,
  ML_CONNECTOR_VISMA_PORT: port,
  ML_CONNECTOR_SFTP_PORT: port,
});

export interface Ports {
  readonly postgres: number | undefined;
  readonly temporal: number | undefined;
  readonly temporalUi: number | undefined;
  readonly visma: number | undefined;
  readonly sftp: number | undefined;
}

/** The ports the environment fixes; the others are free ones. Throws when one is not a port. */
export function portsOf(env: NodeJS.ProcessEnv): Ports {
  const answer = portVariables.safeParse(env);
  if (!answer.success) {
    const names = answer.error.issues.map((issue) => issue.path.join('.'));
    throw new Error(`${names.join(', ')} must be a port number from 1 to 65535.`);
  }
  return {
    postgres: answer.data.ML_CONNECTOR_POSTGRES_PORT,
    temporal: answer.data.ML_CONNECTOR_TEMPORAL_PORT,
    temporalUi: answer.data.ML_CONNECTOR_TEMPORAL_UI_PORT,
    visma: answer.data.ML_CONNECTOR_VISMA_PORT,
    sftp: answer.data.ML_CONNECTOR_SFTP_PORT,
  };
}

/** The variables of the local run that a set but empty environment variable counts as unset for. */
export function given(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return env[name] || undefined;
}
