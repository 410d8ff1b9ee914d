import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { type TestContext, test } from 'node:test';
import { type SftpSession, withSftp } from '../../connectors/sftp/client.ts';
import { pingSftp } from '../../connectors/sftp/ping.ts';
import { sftpSettings } from '../../connectors/sftp/settings.ts';
import { publishUpload, stageUpload, tempPathOf, uploadState } from '../../connectors/sftp/upload.ts';
import { hasOpenSsh, makeKeyPair, startOpenSsh } from '../../sandbox/sftp/openssh.ts';
import { bytesOf, inPieces, markOf, NEVER, patternOf, tempFolder } from './rig.ts';

const missing = hasOpenSsh() ? false : 'this machine has no /usr/sbin/sshd (Debian: openssh-server)';
const notRoot = process.getuid?.() === 0 ? missing : missing || 'a chroot needs root';

async function openSsh(t: TestContext, chroot: 'yes' | 'no') {
  // Every folder above a chroot must be writable for root alone, which rules out /tmp.
  const state = await tempFolder(t, chroot === 'yes' ? '/run' : tmpdir());
  const keys = await makeKeyPair(state, 'open sesame');
  const ssh = await startOpenSsh({ state, publicKey: keys.publicKey, chroot });
  t.after(() => ssh.close());
  const secrets = { privateKey: keys.privateKey, passphrase: 'open sesame' };
  const settings = (changes = {}) =>
    sftpSettings.parse({
      host: ssh.host,
      port: ssh.port,
      username: ssh.username,
      hostKey: ssh.fingerprints.ed25519,
      ...changes,
    });
  const lend = <T>(work: (session: SftpSession) => Promise<T>, changes = {}) =>
    withSftp(settings(changes), secrets, { signal: NEVER }, work);
  return { ssh, secrets, settings, lend };
}

test('OpenSSH: a key with a passphrase logs in, and odd sizes go both ways unchanged', { skip: missing }, async (t) => {
  const { ssh, lend } = await openSsh(t, 'no');
  await lend(async (session) => {
    for (const size of [0, 1, 32_767, 32_768, 32_769, 261_119, 261_120, 261_121, 5 * 1024 * 1024]) {
      const path = `${ssh.remoteFolder}/f${size}`;
      const bytes = patternOf(size);
      assert.equal(await session.write(path, inPieces(bytes, 50_021)), size);
      assert.ok(bytes.equals(await bytesOf(session.read(path))), `${size} bytes`);
    }
  });
});

test('OpenSSH: the RSA fingerprint may be pinned though the server shows ed25519 first', {
  skip: missing,
}, async (t) => {
  const { ssh, lend } = await openSsh(t, 'no');
  assert.equal(await lend(async () => 'worked', { hostKey: ssh.fingerprints.rsa }), 'worked');
  const wrong = `SHA256:${'A'.repeat(43)}`;
  await assert.rejects(
    lend(async () => 'worked', { hostKey: wrong }),
    (error: Error) => {
      assert.ok(error.message.includes(ssh.fingerprints.rsa) && error.message.includes(ssh.fingerprints.ed25519));
      return true;
    },
  );
});

test('OpenSSH: behind a chroot, uploads are staged and published, and nothing is overwritten', {
  skip: notRoot,
}, async (t) => {
  const { lend, settings, secrets } = await openSsh(t, 'yes');
  const bytes = patternOf(700_000);
  const final = '/files/out.csv';
  const temp = tempPathOf(final, 'ABCDEFGH2345');
  await lend(async (session) => {
    await stageUpload(session, temp, inPieces(bytes, 65_536));
    await publishUpload(session, temp, final);
    assert.deepEqual(await uploadState(session, temp, final, markOf(bytes)), { temp: 'absent', final: 'same' });
    await stageUpload(session, temp, inPieces(bytes, 65_536));
    await assert.rejects(publishUpload(session, temp, final), { code: 'SFTP_TARGET_EXISTS' });
    await assert.rejects(session.write(final, inPieces(bytes, 9_999)), { code: 'SFTP_TARGET_EXISTS' });
    await assert.rejects(session.write('/not-mine', inPieces(bytes, 9_999)), {
      code: 'SFTP_PERMISSION',
      message: /"\/not-mine"/,
    });
    await session.remove(temp);
  });
  const folders = [{ path: '/files', use: 'write' }] as const;
  for await (const step of pingSftp(settings(), secrets, folders, { signal: NEVER, token: 'T' })) {
    assert.ok(step.ok, `${step.verb}: ${step.detail}`);
  }
  const { entries } = await lend((session) => session.list('/files', '*'));
  assert.deepEqual(
    entries.map(({ name, size, isFile }) => ({ name, size, isFile })),
    [{ name: 'out.csv', size: bytes.length, isFile: true }],
  );
});

test('OpenSSH: a folder without the right to write is ConfigInvalid by its path', { skip: notRoot }, async (t) => {
  const { ssh, lend } = await openSsh(t, 'yes');
  await chmod(ssh.folder, 0o500);
  await lend(async (session) => {
    await assert.rejects(session.makeFolder('/files/archive'), {
      code: 'SFTP_PERMISSION',
      message: /\/files\/archive/,
    });
  });
});
