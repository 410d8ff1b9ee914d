import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const OPERATING = read('docs/operating.md');
const PAGES = ['README.md', 'docker-compose.yml', ...globSync('docs/**/*.md', { cwd: ROOT })].map(read).join('\n');
/** Set by the test command for its own files, or by the local run for its own children. */
const INTERNAL = [
  'ML_CONNECTOR_TEST_RUN',
  'ML_CONNECTOR_TEST_DATABASE_URL',
  'ML_CONNECTOR_TEST_TEMPORAL_ADDRESS',
  'ML_CONNECTOR_LOCAL_RUN',
];
const VARIABLE = /\b(?:ML_CONNECTOR|TEMPORAL|DATABASE)_[A-Z_]+[A-Z]\b/g;

function variablesIn(text: string): string[] {
  return [...new Set(text.match(VARIABLE))].sort();
}

test('docs/operating.md explains every variable that workers and the command line read', () => {
  const declared = [...read('config/environment.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name = '']) => name);
  assert.ok(declared.length > 15);
  assert.deepEqual(
    declared.filter((name) => !OPERATING.includes(`\`${name}\``)),
    [],
  );
});

test('docs/operating.md explains the variables of the local run and the tests', () => {
  const files = globSync(['sandbox/*.ts', 'test/run.ts', 'test/harness/*.ts', 'workers/*.ts'], { cwd: ROOT });
  const used = variablesIn(files.map(read).join('\n')).filter((name) => !INTERNAL.includes(name));
  const known = variablesIn(read('config/environment.ts') + read('failures/catalogue.ts'));
  // Constants of the code, and the part of a comment that stands for several names.
  const others = ['TEMPORAL_CLI_VERSION', 'TEMPORAL_DOWNLOADS', 'TEMPORAL_UI'];
  assert.deepEqual(
    used.filter((name) => !known.includes(name) && !others.includes(name) && !OPERATING.includes(`\`${name}\``)),
    [],
  );
});

test('docs/operating.md explains no variable that nothing reads', () => {
  const folders = ['config', 'sandbox', 'test', 'workers', 'cli'].map((folder) => `${folder}/**/*.ts`);
  const code = globSync(folders, { cwd: ROOT, exclude: ['test/docs/**'] })
    .map(read)
    .join('\n');
  const unread = variablesIn(OPERATING).filter((name) => !code.includes(name));
  assert.deepEqual(unread, []);
});

test('the manifests of Kubernetes set no variable that nothing reads, and probe what workers serve', () => {
  const manifests = globSync('deploy/kubernetes/*.yaml', { cwd: ROOT }).map(read).join('\n');
  const known = read('config/environment.ts');
  const set = variablesIn(manifests);
  assert.ok(set.length > 3);
  assert.deepEqual(
    set.filter((name) => !known.includes(name)),
    [],
  );
  const probed = [...manifests.matchAll(/httpGet: \{ path: (\S+),/g)].map(([, path = '']) => path);
  const served = read('workers/health.ts');
  assert.equal(probed.length, 3);
  assert.deepEqual(
    probed.filter((path) => !served.includes(`'${path}'`)),
    [],
  );
});

test('every command of ml-connector that a page names exists', () => {
  const { stdout } = spawnSync(process.execPath, [join(ROOT, 'cli/main.ts'), '--help'], { encoding: 'utf8' });
  const commands = [...stdout.matchAll(/^ {2}([a-z]+)[ |]/gm)].map(([, name = '']) => name);
  assert.ok(commands.includes('apply'));
  const called = [...PAGES.matchAll(/(?:`|^ *|\bnpx )ml-connector ([a-z]+)/gm)].map(([, name = '']) => name);
  assert.ok(called.length > 0);
  assert.deepEqual(
    [...new Set(called)].filter((name) => !commands.includes(name)),
    [],
  );
});
