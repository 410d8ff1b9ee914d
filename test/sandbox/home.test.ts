import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { homeFolder, masterKey } from '../../sandbox/home.ts';
import { LockHeld, takeLock } from '../../sandbox/lock.ts';
import { identify } from '../../sandbox/process-identity.ts';
import { portsOf } from '../../sandbox/stack-options.ts';
import { atEnd } from '../harness/own.ts';

test('the home is .ml-connector in the working folder unless ML_CONNECTOR_HOME is set', () => {
  assert.equal(homeFolder({}), join(process.cwd(), '.ml-connector'));
  assert.equal(homeFolder({ ML_CONNECTOR_HOME: '' }), join(process.cwd(), '.ml-connector'));
  assert.equal(homeFolder({ ML_CONNECTOR_HOME: '/elsewhere' }), '/elsewhere');
});

test('a master key of 32 bytes is made once, for its owner only', () => {
  const home = newFolder();
  const key = masterKey(home, {});
  assert.equal(Buffer.from(key, 'base64').length, 32);
  assert.equal(masterKey(home, {}), key);
  assert.equal(statSync(join(home, 'master.key')).mode & 0o777, 0o600);
});

test('a master key in the environment is used and not written down', () => {
  const home = newFolder();
  assert.equal(masterKey(home, { ML_CONNECTOR_MASTER_KEY: 'given' }), 'given');
  assert.throws(() => statSync(join(home, 'master.key')), { code: 'ENOENT' });
});

test('a lock is refused while its holder runs, and free again when given back', () => {
  const file = join(newFolder(), 'lock');
  const unlock = takeLock(file);
  assert.throws(
    () => takeLock(file),
    (error) => error instanceof LockHeld && error.holder.pid === process.pid,
  );
  unlock();
  takeLock(file)();
});

test('a lock whose process id now belongs to another process is taken over', () => {
  const file = join(newFolder(), 'lock');
  writeFileSync(file, JSON.stringify({ pid: process.pid, started: 'another time' }));
  const unlock = takeLock(file);
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), identify(process.pid));
  unlock();
});

test('a port that is not one is refused by its name', () => {
  assert.throws(() => portsOf({ ML_CONNECTOR_SFTP_PORT: 'ssh' }), /ML_CONNECTOR_SFTP_PORT must be a port number/);
  assert.equal(portsOf({ ML_CONNECTOR_SFTP_PORT: '2022' }).sftp, 2022);
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ml-connector-home-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
