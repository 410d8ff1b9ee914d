import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { withSftp } from '../../connectors/sftp/client.ts';
import { sftpSecretsSchema, sftpSettings } from '../../connectors/sftp/settings.ts';
import { makeKeyPairText } from '../../sandbox/sftp/host-key.ts';
import { NEVER, openRig, PASSWORD, tempFolder } from './rig.ts';

const work = async () => 'worked';

test('a password logs in', async (t) => {
  const rig = await openRig(t);
  assert.equal(await withSftp(rig.settings(), PASSWORD, { signal: NEVER }, work), 'worked');
});

test('a key with a passphrase logs in, and is tried before a password', async (t) => {
  const key = makeKeyPairText('open sesame');
  const rig = await openRig(t, [key.publicKey]);
  const secrets = { privateKey: key.privateKey, passphrase: 'open sesame', password: 'wrong' };
  assert.equal(await withSftp(rig.settings(), secrets, { signal: NEVER }, work), 'worked');
  assert.deepEqual(
    (await rig.requests('LOGIN')).map(({ path }) => path),
    ['publickey'],
  );
});

test('a wrong passphrase is refused before anything is sent', async (t) => {
  const key = makeKeyPairText('right');
  const rig = await openRig(t, [key.publicKey]);
  const secrets = { privateKey: key.privateKey, passphrase: 'wrong' };
  await assert.rejects(withSftp(rig.settings(), secrets, { signal: NEVER }, work), {
    code: 'SFTP_LOGIN_REFUSED',
    type: 'AuthFailed',
    message: /passphrase/,
  });
  assert.equal((await rig.requests('LOGIN')).length, 0);
});

test('a refused login is AuthFailed, names no password, and is tried once', async (t) => {
  const rig = await openRig(t);
  await assert.rejects(withSftp(rig.settings(), { password: 'not-it-9' }, { signal: NEVER }, work), (error: Error) => {
    assert.equal((error as Error & { type: string }).type, 'AuthFailed');
    assert.doesNotMatch(error.message, /not-it-9/);
    return true;
  });
  assert.equal((await rig.requests('LOGIN')).length, 1);
});

test('another host key than the pinned one ends the connection before the password is sent', async (t) => {
  const rig = await openRig(t);
  const pinned = `SHA256:${'A'.repeat(43)}`;
  await assert.rejects(
    withSftp(rig.settings({ hostKey: pinned }), PASSWORD, { signal: NEVER }, work),
    (error: Error) => {
      assert.equal((error as Error & { code: string }).code, 'SFTP_HOST_KEY');
      assert.equal((error as Error & { type: string }).type, 'ConfigInvalid');
      assert.ok(error.message.includes(pinned));
      assert.ok(error.message.includes(rig.sandbox.hostKeyFingerprint));
      return true;
    },
  );
  assert.equal((await rig.requests('LOGIN')).length, 0);
});

test('one of several pinned host keys is enough', async (t) => {
  const rig = await openRig(t);
  const hostKey = [`SHA256:${'A'.repeat(43)}`, rig.sandbox.hostKeyFingerprint];
  assert.equal(await withSftp(rig.settings({ hostKey }), PASSWORD, { signal: NEVER }, work), 'worked');
});

test('settings without a host key, and secrets without password and key, are invalid', () => {
  assert.equal(sftpSettings.safeParse({ host: 'h', username: 'u' }).success, false);
  assert.equal(sftpSettings.safeParse({ host: 'h', username: 'u', hostKey: [] }).success, false);
  assert.equal(sftpSecretsSchema.safeParse({ passphrase: 'p' }).success, false);
});

test('a port where nobody listens is Transient', async (t) => {
  const rig = await openRig(t);
  const empty = createServer().listen(0, '127.0.0.1');
  await once(empty, 'listening');
  const { port } = empty.address() as { port: number };
  empty.close();
  await once(empty, 'close');
  await assert.rejects(withSftp(rig.settings({ port }), PASSWORD, { signal: NEVER }, work), {
    code: 'SFTP_UNREACHABLE',
    type: 'Transient',
    message: /ECONNREFUSED/,
  });
});

test('a server that accepts and says nothing hits the connect time-out', async (t) => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  t.after(() => silent.close());
  const { port } = silent.address() as { port: number };
  const settings = sftpSettings.parse({
    host: '127.0.0.1',
    port,
    username: 'u',
    hostKey: `SHA256:${'A'.repeat(43)}`,
    connectTimeoutMs: 150,
  });
  await assert.rejects(withSftp(settings, PASSWORD, { signal: NEVER }, work), {
    code: 'SFTP_TIMEOUT',
    message: /"host key" within 150 ms/,
  });
});

test('an abort while connecting and while working rejects with the reason of the signal', async (t) => {
  const rig = await openRig(t);
  const reason = new Error('the worker stops');
  await assert.rejects(withSftp(rig.settings(), PASSWORD, { signal: AbortSignal.abort(reason) }, work), reason);
  await rig.fault({ kind: 'slow', ms: 2_000 });
  const stop = new AbortController();
  const waiting = withSftp(rig.settings(), PASSWORD, { signal: stop.signal }, async (session) => {
    setTimeout(() => stop.abort(reason), 50);
    await session.stat('/inbound');
  });
  await assert.rejects(waiting, reason);
});

test('a link that is dead is noticed by its missing signs of life', async (t) => {
  const folder = await tempFolder(t);
  const child = spawn(
    process.execPath,
    ['sandbox/sftp/main.ts', '--root', `${folder}/root`, '--state', `${folder}/state`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  t.after(async () => {
    const gone = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    await gone;
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const { host, port, hostKeyFingerprint: hostKey } = JSON.parse(line.toString());
  const settings = sftpSettings.parse({ host, port, username: 'partner', hostKey, keepaliveIntervalMs: 100 });
  await withSftp(settings, PASSWORD, { signal: NEVER }, async (session) => {
    assert.equal((await session.stat('/inbound'))?.isFolder, true);
    child.kill('SIGSTOP');
    await assert.rejects(session.stat('/inbound'), { code: 'SFTP_CUT', message: /signs of life/ });
    await assert.rejects(session.stat('/inbound'), { code: 'SFTP_CUT' });
  });
});
