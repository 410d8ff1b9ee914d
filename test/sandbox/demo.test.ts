import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const DEMO = fileURLToPath(new URL('../../sandbox/demo/main.ts', import.meta.url));

test('the demo ends by itself, the partner systems hold what they should, and nothing of it stays', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'ml-connector-demo-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  // The demo brings everything itself, whatever servers the test run has.
  const { NODE_TEST_CONTEXT: _, DATABASE_URL: _db, TEMPORAL_ADDRESS: _temporal, ...inherited } = process.env;
  const demo = spawn(process.execPath, [DEMO], { env: { ...inherited, ML_CONNECTOR_HOME: home } });
  const printed: string[] = [];
  demo.stdout.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  demo.stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  const [code] = await once(demo, 'exit');

  const output = printed.join('');
  assert.equal(code, 0, output);
  assert.match(output, /Everything is where it should be, each thing once/);
  assert.match(output, /CountryID 'XK' cannot be found/);
  assert.match(output, /adopted/);
  assert.ok(!output.includes('WRONG'), output);
  assert.ok(!existsSync(join(home, 'dev.json')));
});
