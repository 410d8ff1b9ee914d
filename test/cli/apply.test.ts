import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { Client } from 'pg';
import { cloudCommands, isCloud, namespaceGap } from '../../cli/namespace.ts';
import { readEnvironment } from '../../config/environment.ts';
import { integrationText } from '../harness/integration.ts';
import { atEnd } from '../harness/own.ts';
import { withDatabase } from '../harness/postgres.ts';
import { withTemporal } from '../harness/temporal.ts';
import { CommandLine } from './command-line.ts';

const [{ url }, { address, namespace, client }] = await Promise.all([withDatabase(), withTemporal()]);
const folder = await mkdtemp(join(tmpdir(), 'ml-connector-apply-'));
atEnd(() => rm(folder, { recursive: true }));

const ENV = {
  DATABASE_URL: url,
  ML_CONNECTOR_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
  TEMPORAL_ADDRESS: address,
  TEMPORAL_NAMESPACE: namespace,
  VISMA_API_URL: 'https://visma.example',
  VISMA_TOKEN_URL: 'https://visma.example/token',
  SFTP_HOST: 'sftp.example',
  SFTP_PORT: '22',
  SFTP_HOST_KEY: `SHA256:${'A'.repeat(43)}`,
};
const cli = new CommandLine(ENV, folder);
const ACME = integrationText();
const BOLTS = ACME.replace('integration: acme', 'integration: bolts')
  .replaceAll('inbound/vendors', 'inbound/bolts')
  .replace('schedule: { every: 5m }', 'schedule: { cron: 0 6 * * MON-FRI, timeZone: Europe/Oslo }');

async function files(texts: Readonly<Record<string, string>>): Promise<void> {
  await rm(join(folder, 'integrations'), { recursive: true, force: true });
  await mkdir(join(folder, 'integrations'));
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, 'integrations', name), text);
}

async function tables(): Promise<number> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  const { rowCount } = await admin.query("select 1 from pg_tables where schemaname = 'public'");
  await admin.end();
  return rowCount ?? 0;
}

async function scheduleIds(): Promise<string[]> {
  const ids: string[] = [];
  for await (const { scheduleId } of client.schedule.list()) ids.push(scheduleId);
  return ids.sort();
}

test('a plan shows everything that is missing and changes nothing', async () => {
  await files({ 'acme.yaml': ACME });
  const { lines } = await cli.must(['plan']);
  for (const line of [
    '+ ledger migration 0001-ledger',
    '+ search attribute BusinessReference',
    '~ namespace',
    '    retention: 1d -> 30d',
    '+ integration acme',
    '+ connection acme/partner',
    '+ flow acme/vendors-in',
    '+ schedule acme/vendors-in',
    '+ schedule ml-connector/sweep',
  ]) {
    assert.ok(lines.includes(line), `${line} is not in:\n${lines.join('\n')}`);
  }
  assert.equal(await tables(), 0);
  assert.deepEqual(await scheduleIds(), []);
});

test('one wrong file keeps all of them from being applied', async () => {
  await files({ 'acme.yaml': ACME, 'bolts.yaml': BOLTS.replace('every: 5m', 'every: often') });
  const { code, stderr, stdout } = await cli.call(['apply']);
  assert.equal(code, 1);
  assert.match(stderr, /bolts\.yaml:\d+:\d+ flows\.invoices-out\.schedule\.every/);
  assert.equal(stdout, '');
  assert.equal(await tables(), 0);
  assert.deepEqual(await scheduleIds(), []);
});

test('apply sets up ledger, namespace and schedules, and a second one finds nothing to do', async () => {
  await files({ 'acme.yaml': ACME, 'bolts.yaml': BOLTS });
  const { lines } = await cli.must(['apply']);
  assert.equal(lines.at(-1), 'Applied.');
  const again = await cli.must(['apply']);
  assert.equal(again.stdout, 'Everything was as the files say.\n');
  const { config } = await client.workflowService.describeNamespace({ namespace });
  assert.equal(Number(config?.workflowExecutionRetentionTtl?.seconds), 30 * 86_400);
});

test('a schedule has explicit policies and a run that can be found by its flow', async () => {
  const { policies, spec, action, typedSearchAttributes } = await client.schedule
    .getHandle('acme/vendors-in')
    .describe();
  assert.equal(policies.overlap, 'BUFFER_ONE');
  assert.equal(policies.catchupWindow, 600_000);
  assert.equal(spec.intervals?.[0]?.every, 300_000);
  assert.equal(spec.jitter, 10_000);
  assert.equal(action.workflowId, 'sync/acme/vendors-in');
  assert.equal(action.workflowType, 'syncVismaSftp');
  assert.equal(action.workflowExecutionTimeout, 3_600_000);
  assert.equal(action.taskQueue, 'ml-connector');
  const [{ flow, config }] = action.args as [{ flow: string; config: string }];
  assert.equal(flow, 'acme/vendors-in');
  assert.match(config, /^[0-9a-f]{64}$/);
  const found = Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]));
  assert.deepEqual(found, { Integration: 'acme', Flow: 'acme/vendors-in', Partner: 'ACME Trading' });
  const cron = await client.schedule.getHandle('bolts/vendors-in').describe();
  assert.equal(cron.spec.timezone, 'Europe/Oslo');
  assert.deepEqual(cron.spec.calendars?.[0]?.hour, [{ start: 6, end: 6, step: 1 }]);
});

test('a change of a file is shown setting by setting, applied, and leaves a paused schedule paused', async () => {
  await client.schedule.getHandle('acme/vendors-in').pause('by an operator');
  await files({ 'acme.yaml': ACME.replace('every: 5m', 'every: 7m'), 'bolts.yaml': BOLTS });
  const planned = await cli.must(['plan']);
  assert.ok(planned.lines.includes('~ schedule acme/vendors-in'));
  assert.ok(planned.lines.includes('    every: 5m -> 7m'));
  assert.ok(!planned.stdout.includes('bolts'));
  await cli.must(['apply']);
  const { spec, state } = await client.schedule.getHandle('acme/vendors-in').describe();
  assert.equal(spec.intervals?.[0]?.every, 420_000);
  assert.equal(state.paused, true);
  assert.equal(state.note, 'by an operator');
  assert.equal((await cli.must(['plan'])).stdout, 'Everything is as the files say.\n');
});

test('what somebody changed in Temporal is shown and put right', async () => {
  await client.schedule.getHandle('bolts/vendors-in').update((previous) => ({
    ...previous,
    policies: { ...previous.policies, overlap: 'ALLOW_ALL' },
  }));
  assert.match((await cli.must(['plan'])).stdout, /overlap: ALLOW_ALL -> BUFFER_ONE/);
  await cli.must(['apply']);
  assert.equal((await client.schedule.getHandle('bolts/vendors-in').describe()).policies.overlap, 'BUFFER_ONE');
});

test('schedules of flows that no file names stay until they are pruned, and pruning asks', async () => {
  const without = ACME.slice(0, ACME.indexOf('  invoices-out:'));
  await files({ 'acme.yaml': without });
  const kept = await cli.must(['apply']);
  assert.match(kept.stdout, /- schedule acme\/invoices-out {2}\(stays until apply --prune\)/);
  const all = [
    'acme/invoices-out',
    'acme/vendors-in',
    'bolts/invoices-out',
    'bolts/vendors-in',
    'ml-connector/anchor',
    'ml-connector/retention',
    'ml-connector/sweep',
    'ml-connector/watch',
  ];
  assert.deepEqual(await scheduleIds(), all);
  const unasked = await cli.call(['apply', '--prune']);
  assert.equal(unasked.code, 2);
  assert.match(unasked.stderr, /Not confirmed.*\n.*--yes/);
  assert.deepEqual(await scheduleIds(), all);
  await cli.must(['apply', '--prune', '--yes']);
  await client.schedule
    .getHandle('bolts/vendors-in')
    .describe()
    .then(
      () => assert.fail('it is still there'),
      (error: Error) => assert.equal(error.name, 'ScheduleNotFoundError'),
    );
  assert.deepEqual((await cli.read(['plan'])).map(({ name }) => name).includes('bolts'), false);
});

test('schedules that other programs made in the namespace are left alone', async () => {
  const action = { type: 'startWorkflow', workflowType: 'syncVismaSftp', taskQueue: 'theirs' } as const;
  await client.schedule.create({ scheduleId: 'acme/theirs', spec: { intervals: [{ every: '1h' }] }, action });
  await cli.must(['apply', '--prune', '--yes']);
  assert.equal((await client.schedule.getHandle('acme/theirs').describe()).action.taskQueue, 'theirs');
});

test('in Temporal Cloud the commands that set attributes and retention are printed instead', async () => {
  const cloud = readEnvironment({ ...ENV, TEMPORAL_API_KEY: 'a-key' }).temporal;
  assert.equal(isCloud(cloud), true);
  assert.equal(isCloud({ ...cloud, apiKey: undefined, address: 'acme.a2dd6.tmprl.cloud:7233' }), true);
  assert.equal(isCloud({ ...cloud, apiKey: undefined }), false);
  assert.deepEqual(await namespaceGap(client, cloud), { missingAttributes: [], shortRetentionMs: undefined });
  const gap = { missingAttributes: ['Flow'], shortRetentionMs: 86_400_000 };
  assert.deepEqual(cloudCommands(gap, 'acme.a2dd6'), [
    'tcld namespace search-attributes add --namespace acme.a2dd6 --search-attribute "Flow=Keyword"',
    'tcld namespace retention set --namespace acme.a2dd6 --retention-days 30',
  ]);
});
