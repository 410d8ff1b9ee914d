import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PingFolder, type PingStep, pingSftp } from '../../connectors/sftp/ping.ts';
import type { SftpSecrets, SftpSettings } from '../../connectors/sftp/settings.ts';
import { NEVER, openRig, PASSWORD, type Rig } from './rig.ts';

const FOLDERS: readonly PingFolder[] = [
  { path: '/inbound', use: 'read' },
  { path: '/outbound', use: 'write' },
];

async function ping(settings: SftpSettings, secrets: SftpSecrets): Promise<PingStep[]> {
  const steps: PingStep[] = [];
  for await (const step of pingSftp(settings, secrets, FOLDERS, { signal: NEVER, token: 'T1' })) steps.push(step);
  return steps;
}

const verbsOf = (steps: readonly PingStep[]) => steps.map(({ verb, ok }) => `${ok ? '' : 'NOT '}${verb}`);

async function leftBehind(rig: Rig): Promise<unknown[]> {
  return (await rig.admin<{ files: unknown[] }>('files')).files;
}

test('a ping tries every verb, and leaves no probe behind even where a partner collects', async (t) => {
  const rig = await openRig(t);
  await rig.fault({ kind: 'collect', folder: '/outbound' });
  assert.deepEqual(verbsOf(await ping(rig.settings(), PASSWORD)), [
    'resolve',
    'connect',
    'host key',
    'login',
    'subsystem',
    'list /inbound',
    'list /outbound',
    'write /outbound',
    'rename /outbound',
    'read /outbound',
    'delete /outbound',
  ]);
  assert.deepEqual(await leftBehind(rig), []);
});

test('a ping stops at the verb of the connection that fails', async (t) => {
  const rig = await openRig(t);
  const wrongKey = await ping(rig.settings({ hostKey: `SHA256:${'A'.repeat(43)}` }), PASSWORD);
  assert.deepEqual(verbsOf(wrongKey), ['resolve', 'connect', 'NOT host key']);
  const wrongPassword = await ping(rig.settings(), { password: 'x' });
  assert.deepEqual(verbsOf(wrongPassword), ['resolve', 'connect', 'host key', 'NOT login']);
  assert.equal(wrongPassword.at(-1)?.failure?.type, 'AuthFailed');
  assert.deepEqual(verbsOf(await ping(rig.settings({ host: 'no-such-host.invalid' }), PASSWORD)), ['NOT resolve']);
});

test('a ping removes its probe when a verb in the middle fails', async (t) => {
  const rig = await openRig(t);
  await rig.fault({ kind: 'refuse-rename' });
  const steps = await ping(rig.settings(), PASSWORD);
  assert.deepEqual(verbsOf(steps).slice(-2), ['write /outbound', 'NOT rename /outbound']);
  assert.deepEqual(await leftBehind(rig), []);
});

test('a ping names a folder that is missing and goes on with the next', async (t) => {
  const rig = await openRig(t);
  const folders: PingFolder[] = [
    { path: '/nowhere', use: 'write' },
    { path: '/inbound', use: 'read' },
  ];
  const steps: PingStep[] = [];
  for await (const step of pingSftp(rig.settings(), PASSWORD, folders, { signal: NEVER, token: 'T' })) steps.push(step);
  assert.deepEqual(verbsOf(steps).slice(-2), ['NOT list /nowhere', 'list /inbound']);
});
