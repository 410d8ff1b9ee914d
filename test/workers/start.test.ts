import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { withDatabase } from '../harness/postgres.ts';

const WORKER = fileURLToPath(new URL('../../workers/main.ts', import.meta.url));
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');

const { url } = await withDatabase({ name: 'empty', prepare: async () => undefined });

/** Starts a worker that cannot start, and returns its exit code and last log line. */
async function failedStart(
  env: Record<string, string>,
): Promise<{ code: number; last: Record<string, unknown>; all: string }> {
  const worker = spawn(process.execPath, [WORKER], { env: { PATH: process.env.PATH ?? '', ...env } });
  const [[code], all] = await Promise.all([once(worker, 'exit'), text(worker.stderr)]);
  const lines = all.trim().split('\n');
  return { code, last: JSON.parse(lines.at(-1) ?? '{}'), all };
}

test('a worker without its variables names them and the next step, and ends', async () => {
  const { code, last } = await failedStart({});
  assert.equal(code, 1);
  assert.equal(last.code, 'ENVIRONMENT_INVALID');
  assert.match(String(last.msg), /DATABASE_URL is not set; ML_CONNECTOR_MASTER_KEY is not set/);
});

test('a worker whose ledger is away ends and says so, without the password of the address', async () => {
  const { code, last, all } = await failedStart({
    DATABASE_URL: 'postgres://worker:planted-password@127.0.0.1:9/ledger',
    ML_CONNECTOR_MASTER_KEY: MASTER_KEY,
  });
  assert.equal(code, 1);
  assert.equal(last.code, 'LEDGER_UNREACHABLE');
  assert.match(String(last.msg), /ECONNREFUSED/);
  assert.match(String(last.next), /Check DATABASE_URL/);
  assert.ok(!all.includes('planted-password'), all);
});

test('a worker whose Temporal is away ends and says so', async () => {
  const { code, last } = await failedStart({
    DATABASE_URL: url,
    ML_CONNECTOR_MASTER_KEY: MASTER_KEY,
    TEMPORAL_ADDRESS: '127.0.0.1:9',
  });
  assert.equal(code, 1);
  assert.equal(last.code, 'TEMPORAL_UNREACHABLE');
  assert.match(String(last.next), /Check TEMPORAL_ADDRESS/);
});
