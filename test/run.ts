/**
 * The test command. Starts one Postgres and one Temporal for all test files, runs them under Node's test runner, and ends
 * with its exit code. Arguments go to the runner: files, or options such as --test-name-pattern.
 *
 *   npm test
 *   npm test -- test/ledger/intent.test.ts
 *
 * ML_CONNECTOR_TEST_CONCURRENCY sets how many files run at once (default: one per processor).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { sayToTerminal, sayWhile } from '../sandbox/say.ts';
import type { Supervisor } from '../sandbox/supervisor.ts';
import { dropLeftDatabases } from './harness/databases.ts';
import { keepPostgres, keepTemporal, openTestHome } from './harness/parts.ts';
import { newRunId } from './harness/run-id.ts';

const say = sayToTerminal();
const supervisor = await openTestHome();
const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    interrupted.abort();
    void supervisor.close().then(() => process.exit(name === 'SIGINT' ? 130 : 143));
  });
}

try {
  process.exitCode = await runTests(await startShared(supervisor));
} catch (error) {
  if (!interrupted.signal.aborted) throw error;
} finally {
  await supervisor.close();
}

/** The environment that tells test files where the shared parts are. Parts the user has already are not started. */
async function startShared(owner: Supervisor): Promise<Record<string, string>> {
  const [database, temporal] = await Promise.all([
    process.env.DATABASE_URL ||
      sayWhile(
        say,
        'Postgres',
        () => 'starting',
        async () => (await keepPostgres(owner)).current.url,
      ),
    process.env.TEMPORAL_ADDRESS || keepTemporal(owner, say).then((kept) => kept.current.address),
  ]);
  return {
    ML_CONNECTOR_TEST_RUN: newRunId(),
    ML_CONNECTOR_TEST_DATABASE_URL: database,
    ML_CONNECTOR_TEST_TEMPORAL_ADDRESS: temporal,
  };
}

async function runTests(shared: Record<string, string>): Promise<number> {
  const given = process.argv.slice(2);
  const files = given.some((argument) => !argument.startsWith('-')) ? [] : globSync('test/**/*.test.ts').sort();
  const concurrency = process.env.ML_CONNECTOR_TEST_CONCURRENCY || String(availableParallelism());
  const args = ['--test', `--test-concurrency=${concurrency}`, ...given, ...files];
  const runner = spawn(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...shared },
  });
  const stop = () => runner.kill('SIGTERM');
  interrupted.signal.addEventListener('abort', stop);
  const [code] = (await once(runner, 'exit')) as [number | null];
  if (process.env.DATABASE_URL) {
    Object.assign(process.env, shared);
    await dropLeftDatabases(process.env.DATABASE_URL);
  }
  return code ?? 1;
}
