import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadIntegrations } from '../../config/load.ts';
import { Failure } from '../../failures/failure.ts';
import { ENV, FINGERPRINT, SAMPLE } from './sample.ts';

/** Lends a folder with the given files. */
async function withFolder(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ml-connector-config-'));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function failureOf(loading: Promise<unknown>): Promise<string> {
  const error = await loading.then(
    () => assert.fail('was loaded'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof Failure);
  assert.equal(error.code, 'CONFIG_INVALID');
  return error.message;
}

test('every YAML file of a folder is an integration, in the order of the names; other files are left alone', async () => {
  const other = SAMPLE.replace('integration: acme', 'integration: beta').replace('username: acme', 'username: beta');
  await withFolder({ 'b.yml': other, 'a.yaml': SAMPLE, 'README.md': 'x', '.hidden.yaml': 'x: [' }, async (folder) => {
    const loaded = await loadIntegrations(folder, ENV);
    assert.deepEqual(
      loaded.map(({ integration }) => integration),
      ['acme', 'beta'],
    );
  });
});

test('the problems of all files are reported together', async () => {
  const files = { 'a.yaml': SAMPLE.replace('every: 5m', 'every: 5'), 'b.yaml': 'kind: visma-sftp', 'c.yaml': 'a: [' };
  await withFolder(files, async (folder) => {
    const message = await failureOf(loadIntegrations(folder, ENV));
    assert.match(message, /a\.yaml:17:24 /);
    assert.match(message, /b\.yaml:1:1 integration: is missing/);
    assert.match(message, /c\.yaml:\d+:\d+ is not valid YAML/);
  });
});

test('two files cannot have the same name or take the same inbound files, whatever their connections are called', async () => {
  const renamed = SAMPLE.replaceAll('partner:', 'sftp-acme:').replaceAll(
    'connection: partner',
    'connection: sftp-acme',
  );
  const second = renamed.replace('sftp-acme: ACME Trading', 'partner: ACME Trading');
  await withFolder({ 'a.yaml': SAMPLE, 'b.yaml': second }, async (folder) => {
    const message = await failureOf(loadIntegrations(folder, ENV));
    assert.match(message, /b\.yaml:1:14 integration: the name "acme" is taken by a\.yaml/);
    assert.match(message, /b\.yaml:21:16 .* would take files of flow "vendors-in" in a\.yaml/);
  });
});

test('a folder that is missing or holds no integration is a failure that names it', async () => {
  await withFolder({ 'notes.txt': 'x' }, async (folder) => {
    assert.match(await failureOf(loadIntegrations(folder, ENV)), /holds no integration files/);
    assert.match(await failureOf(loadIntegrations(join(folder, 'none'), ENV)), /cannot be read/);
    await mkdir(join(folder, 'odd.yaml'));
    assert.match(await failureOf(loadIntegrations(folder, ENV)), /holds no integration files/);
  });
});

test('a file that is not UTF-8 is refused, since its names would be garbled in the ERP', async () => {
  await withFolder({ 'a.yaml': SAMPLE }, async (folder) => {
    await writeFile(join(folder, 'a.yaml'), Buffer.from(SAMPLE.replace('ACME Trading', 'M\u00f8bel AS'), 'latin1'));
    assert.match(await failureOf(loadIntegrations(folder, ENV)), /a\.yaml:1:1 the file is not UTF-8/);
  });
});

test('the example of the project is valid with the variables that the sandbox sets', async () => {
  const env = { SFTP_HOST: '127.0.0.1', SFTP_PORT: '2222', SFTP_HOST_KEY: FINGERPRINT, VISMA_TARGET_LIMIT: '2s' };
  const loaded = await loadIntegrations(join(import.meta.dirname, '../../integrations'), env);
  const { visma } = loaded.find(({ integration }) => integration === 'acme')?.connections ?? {};
  assert.ok(visma?.kind === 'visma');
  assert.equal(visma.targetLimitMs, 2000);
});
