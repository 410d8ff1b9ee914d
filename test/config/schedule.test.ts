import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheduleOf, schedulesOf } from '../../config/desired-schedule.ts';
import { configHash } from '../../config/hash.ts';
import { warningsOf } from '../../config/warnings.ts';
import { integrationWith } from './sample.ts';

test('a flow with an interval wants a schedule that buffers one start, with its catch-up window and time limit', () => {
  const integration = integrationWith('{ every: 5m }', '{ every: 5m, jitter: 1s, catchUp: 20m, timeout: 2h }');
  assert.deepEqual(scheduleOf(integration, 'vendors-in'), {
    scheduleId: 'acme/vendors-in',
    spec: { everyMs: 300_000 },
    jitterMs: 1000,
    catchUpMs: 1_200_000,
    overlap: 'BUFFER_ONE',
    executionTimeoutMs: 7_200_000,
    workflowType: 'syncVismaSftp',
    arguments: [{ flow: 'acme/vendors-in', config: configHash(integration) }],
  });
});

test('a flow with a cron expression keeps its time zone, and makes up for hours instead of minutes', () => {
  const schedule = scheduleOf(integrationWith(), 'invoices-out');
  assert.deepEqual(schedule.spec, { cron: '0 6 * * MON-FRI', timeZone: 'Europe/Oslo' });
  assert.equal(schedule.catchUpMs, 6 * 3_600_000);
});

test('every flow has one schedule, and all carry the same configuration hash', () => {
  const schedules = schedulesOf(integrationWith());
  assert.deepEqual(
    schedules.map(({ scheduleId }) => scheduleId),
    ['acme/vendors-in', 'acme/invoices-out'],
  );
  assert.equal(new Set(schedules.map((schedule) => schedule.arguments[0].config)).size, 1);
});

test('an unknown flow is an error of the caller', () => {
  assert.throws(() => scheduleOf(integrationWith(), 'orders-in'), RangeError);
});

test('a usual integration gives no warning', () => {
  assert.deepEqual(warningsOf(integrationWith()), []);
});

test('a time limit below two intervals is warned of, as is one below a window of the call budget', () => {
  const short = integrationWith('{ every: 5m }', '{ every: 5m, timeout: 9m }');
  assert.match(warningsOf(short).join('\n'), /^flows\.vendors-in\.schedule\.timeout: 9m is below 10m/);
  const daily = integrationWith('timeZone: Europe/Oslo', 'timeout: 30m');
  assert.match(warningsOf(daily).join('\n'), /^flows\.invoices-out\.schedule\.timeout: 30m is below 1h/);
  assert.deepEqual(warningsOf(integrationWith('{ every: 5m }', '{ every: 4h, timeout: 1h }')), []);
});

test('plain http to another machine is warned of, to this one it is not', () => {
  const remote = integrationWith('kind: visma\n', 'kind: visma\n    apiUrl: http://erp.example.com\n');
  assert.match(warningsOf(remote).join('\n'), /^connections\.visma\.apiUrl: is plain http/);
  assert.deepEqual(warningsOf(integrationWith('kind: visma\n', 'kind: visma\n    apiUrl: http://127.0.0.1:9\n')), []);
});

test('a connection that no flow uses is warned of', () => {
  const spare = `  spare: { kind: sftp, host: h, username: u, hostKey: "SHA256:${'B'.repeat(43)}" }\nflows:\n`;
  assert.deepEqual(warningsOf(integrationWith('flows:\n', spare)), ['connections.spare: no flow uses it']);
});
