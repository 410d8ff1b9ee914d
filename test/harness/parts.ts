import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, postgresCaches } from '../../sandbox/home.ts';
import { Kept } from '../../sandbox/kept.ts';
import { type Postgres, startPostgres } from '../../sandbox/postgres.ts';
import { type Say, sayWhile } from '../../sandbox/say.ts';
import { Supervisor } from '../../sandbox/supervisor.ts';
import { startTemporal, type Temporal, type TemporalOptions } from '../../sandbox/temporal.ts';
import { findTemporal } from '../../sandbox/temporal-binary.ts';

/** A supervisor in a folder of its own, which is gone when the tests are. */
export async function openTestHome(): Promise<Supervisor> {
  const folder = mkdtempSync(join(tmpdir(), 'ml-connector-test-'));
  return Supervisor.open({ folder, lifetime: 'temporary' });
}

/** Postgres as tests want it: nothing needs to survive the machine. */
export function keepPostgres(supervisor: Supervisor): Promise<Kept<Postgres>> {
  const settings = {
    password: 'known-to-tests',
    database: 'ml_connector',
    durability: 'process',
    caches: postgresCaches(process.env),
  } as const;
  return Kept.start({
    closing: supervisor.closing,
    begin: (last) => startPostgres(supervisor, { ...settings, port: last?.port }),
  });
}

/** Temporal as tests want it: in memory, unless a file is named. Says what it waits for when the program must be obtained. */
export async function keepTemporal(
  supervisor: Supervisor,
  say: Say,
  options: Pick<TemporalOptions, 'databaseFile' | 'dynamicConfig'> = {},
): Promise<Kept<Temporal>> {
  let doing = 'looking for the program';
  const progress = (now: string) => {
    doing = now;
  };
  const search = { env: process.env, cache: cacheFolder(process.env), progress };
  const find = () => findTemporal(supervisor, search);
  const program = await sayWhile(say, 'Temporal', () => doing, find);
  return Kept.start({
    closing: supervisor.closing,
    begin: (last) => startTemporal(supervisor, { ...options, program, port: last?.port, uiPort: last?.uiPort }),
  });
}
