import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

const devFile = z.object({ env: z.record(z.string(), z.string()) });

/** The variables that say whose ledger and whose Temporal it is. */
const PLACES = ['DATABASE_URL', 'TEMPORAL_ADDRESS'] as const;

/**
 * The environment, completed by the local run whose home is `ML_CONNECTOR_HOME` or `.ml-connector` in this folder. An
 * environment that names another ledger or Temporal gets nothing from it: two installations are never mixed.
 */
export function completeEnvironment(env: Environment): Environment {
  const home = resolve(env.ML_CONNECTOR_HOME || '.ml-connector');
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value));
  const local = localRun(home);
  if (local === undefined || PLACES.some((name) => given[name] !== undefined && given[name] !== local[name]))
    return given;
  return { ...local, ...masterKeyOf(home), ...given };
}

function localRun(home: string): Record<string, string> | undefined {
  const text = textOf(join(home, 'dev.json'));
  return text === undefined ? undefined : devFile.parse(JSON.parse(text)).env;
}

function masterKeyOf(home: string): Record<string, string> {
  const key = textOf(join(home, 'master.key'));
  return key === undefined ? {} : { ML_CONNECTOR_MASTER_KEY: key.trim() };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
