/**
 * The test command. Starts one Postgres and one Temporal for all test files, runs them under Node's test runner, and ends
 * with its exit code. Arguments go to the runner: files, or options such as --test-name-pattern.
 *
 *   npm test
 *   npm test -- test/ledger/intent.test.ts
 *
 * ML_CONNECTOR_TEST_CONCURRENCY sets how many files run at once (default: one per processor).
 */
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { compiledFolder } from '../sandbox/home.ts';
import { sayToTerminal, sayWhile } from '../sandbox/say.ts';
import { stopOnSignals } from '../sandbox/stop-on-signals.ts';
import type { Supervisor } from '../sandbox/supervisor.ts';
import { dropLeftDatabases } from './harness/databases.ts';
import { keepPostgres, keepTemporal, openTestHome } from './harness/parts.ts';
import { newRunId } from './harness/run-id.ts';

/** A test that waits for what never comes shall fail, not keep the run for ever. */
const TEST_TIMEOUT_MS = 600_000;

const say = sayToTerminal();
const run = newRunId();
const supervisor = await openTestHome();
stopOnSignals(say).addEventListener('abort', () => void supervisor.close());

try {
  const code = await runTests(supervisor, await startShared(supervisor));
  process.exitCode ??= code;
} catch (error) {
  if (!supervisor.closing.aborted) throw error;
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
    ML_CONNECTOR_TEST_RUN: run,
    ML_CONNECTOR_TEST_DATABASE_URL: database,
    ML_CONNECTOR_TEST_TEMPORAL_ADDRESS: temporal,
  };
}

/** The runner and its test files share a process group, so that none of them outlives the run, however it ends. */
async function runTests(owner: Supervisor, shared: Record<string, string>): Promise<number> {
  const given = process.argv.slice(2);
  const files = given.some((argument) => !argument.startsWith('-')) ? [] : globSync('test/**/*.test.ts').sort();
  const concurrency = process.env.ML_CONNECTOR_TEST_CONCURRENCY || String(availableParallelism());
  const limits = [`--test-concurrency=${concurrency}`, `--test-timeout=${TEST_TIMEOUT_MS}`];
  const args = ['--test', ...limits, ...given, ...files];
  const env = { ...process.env, NODE_COMPILE_CACHE: compiledFolder(process.env), ...shared };
  const runner = owner.start({ name: 'tests', command: process.execPath, args, env, stdout: 'terminal' });
  const end = await runner.exited;
  if (process.env.DATABASE_URL) await dropLeftDatabases(process.env.DATABASE_URL, run);
  return end === 'with code 0' ? 0 : 1;
}
