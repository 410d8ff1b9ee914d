import assert from 'node:assert/strict';
import test from 'node:test';
import { readEnvironment } from '../../config/environment.ts';
import { Failure } from '../../failures/failure.ts';

const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');
const LEAST = { DATABASE_URL: 'postgres://ledger', ML_CONNECTOR_MASTER_KEY: MASTER_KEY };

function failureFor(env: Record<string, string>): Failure {
  try {
    readEnvironment(env);
  } catch (error) {
    if (error instanceof Failure) return error;
  }
  throw new Error('It was accepted.');
}

test('two variables are enough; the others have defaults for a server on this machine', () => {
  const { ledger, temporal, worker } = readEnvironment(LEAST);
  assert.equal(ledger.migrationUrl, 'postgres://ledger');
  assert.deepEqual(
    { address: temporal.address, namespace: temporal.namespace, taskQueue: temporal.taskQueue, tls: temporal.tls },
    { address: '127.0.0.1:7233', namespace: 'default', taskQueue: 'ml-connector', tls: undefined },
  );
  assert.equal(worker.sweepAfterMs, 300_000);
});

test('every variable that is missing or wrong is named at once, and no value is', () => {
  const failure = failureFor({ ML_CONNECTOR_HEALTH_PORT: '99999', TEMPORAL_TLS: 'yes-please' });
  assert.equal(failure.code, 'ENVIRONMENT_INVALID');
  for (const name of [
    'DATABASE_URL is not set',
    'ML_CONNECTOR_MASTER_KEY is not set',
    'HEALTH_PORT is wrong',
    'TEMPORAL_TLS is wrong',
  ]) {
    assert.ok(failure.message.includes(name), failure.message);
  }
  assert.ok(!failure.message.includes('99999'));
});

test('an empty variable counts as not set', () => {
  assert.equal(readEnvironment({ ...LEAST, TEMPORAL_ADDRESS: '' }).temporal.address, '127.0.0.1:7233');
});

test('an API key of Temporal Cloud turns TLS on', () => {
  assert.deepEqual(readEnvironment({ ...LEAST, TEMPORAL_API_KEY: 'key' }).temporal.tls, {});
});

test('a client certificate without its key is refused', () => {
  const failure = failureFor({ ...LEAST, TEMPORAL_TLS_CLIENT_CERT_PATH: '/nowhere.pem' });
  assert.match(failure.message, /TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH go together/);
});
