import assert from 'node:assert/strict';
import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openRig } from './rig.ts';

test('a listing holds what matches, sorted, with size and time in whole seconds', async (t) => {
  const rig = await openRig(t);
  await rig.seed('/inbound/b.csv', 'two');
  await rig.seed('/inbound/a.csv', 'first');
  await rig.seed('/inbound/c.txt', 'x');
  await utimes(join(rig.sandbox.root, 'inbound/a.csv'), 1_700_000_000.9, 1_700_000_000.9);
  await mkdir(join(rig.sandbox.root, 'inbound/folder.csv'));
  const { entries, unusable } = await rig.lend((session) => session.list('/inbound', '*.csv'));
  assert.deepEqual(
    entries.map(({ name, isFile }) => [name, isFile]),
    [
      ['a.csv', true],
      ['b.csv', true],
      ['folder.csv', false],
    ],
  );
  assert.deepEqual([entries[0]?.size, entries[0]?.modifiedAt], [5, '2023-11-14T22:13:20Z']);
  assert.deepEqual(unusable, []);
});

test('hostile names are reported, escaped, and their neighbours go on', async (t) => {
  const rig = await openRig(t);
  await rig.seed('/inbound/good.csv', 'x');
  const names = [
    '../evil.csv',
    'a/b.csv',
    'nul\0.csv',
    'line\nbreak.csv',
    'esc\u001b[31m.csv',
    '\ufffd.csv',
    'back\\slash.csv',
  ];
  await rig.fault({ kind: 'list-names', names });
  const { entries, unusable } = await rig.lend((session) => session.list('/inbound', '*.csv'));
  assert.deepEqual(
    entries.map(({ name }) => name),
    ['good.csv'],
  );
  assert.equal(unusable.length, names.length);
  for (const { shownName, failure } of unusable) {
    assert.equal(failure.code, 'SFTP_NAME_UNUSABLE');
    assert.doesNotMatch(shownName + failure.message, /[\p{Cc}\p{Cf}]/u);
  }
});

test('ten thousand entries are listed', async (t) => {
  const rig = await openRig(t);
  const folder = join(rig.sandbox.root, 'inbound');
  for (let i = 0; i < 10_000; i += 1) await writeFile(join(folder, `f${String(i).padStart(5, '0')}.csv`), '');
  const { entries } = await rig.lend((session) => session.list('/inbound', '*'));
  assert.equal(entries.length, 10_000);
  assert.equal(entries[9_999]?.name, 'f09999.csv');
});

test('a missing folder is ConfigInvalid and names the folder; a missing file has no stat', async (t) => {
  const rig = await openRig(t);
  await rig.lend(async (session) => {
    await assert.rejects(session.list('/nowhere', '*'), { code: 'SFTP_FOLDER_MISSING', message: /"\/nowhere"/ });
    assert.equal(await session.stat('/inbound/none.csv'), undefined);
    assert.equal(await session.exists('/inbound/none.csv'), false);
    assert.equal(await session.exists('/inbound'), true);
  });
});

test('a rename never overwrites', async (t) => {
  const rig = await openRig(t);
  await rig.seed('/inbound/a', 'new');
  await rig.seed('/archive/a', 'old');
  await rig.lend(async (session) => {
    await assert.rejects(session.rename('/inbound/a', '/archive/a'), { code: 'SFTP_TARGET_EXISTS' });
    await session.rename('/inbound/a', '/archive/a.2');
    await assert.rejects(session.rename('/inbound/a', '/archive/a.3'), { code: 'SFTP_FILE_MISSING' });
  });
  const { files } = await rig.admin<{ files: { path: string; size: number }[] }>('files');
  assert.deepEqual(
    files.map(({ path }) => path),
    ['/archive/a', '/archive/a.2'],
  );
});

test('a refused rename says what was refused, and a forbidden one names the path', async (t) => {
  const rig = await openRig(t);
  await rig.seed('/inbound/a', 'x');
  await rig.fault({ kind: 'refuse-rename', times: 1 });
  await rig.fault({ kind: 'refuse-rename', code: 3, times: 1 });
  await rig.lend(async (session) => {
    const refused = { code: 'SFTP_REFUSED', type: 'Transient', message: /rename "\/inbound\/a"/ };
    await assert.rejects(session.rename('/inbound/a', '/archive/a'), refused);
    const forbidden = { code: 'SFTP_PERMISSION', type: 'ConfigInvalid', message: /"\/inbound\/a"/ };
    await assert.rejects(session.rename('/inbound/a', '/archive/a'), forbidden);
    await session.rename('/inbound/a', '/archive/a');
  });
});

test('folders are made with their parents, and removing what is gone is fine', async (t) => {
  const rig = await openRig(t);
  await rig.lend(async (session) => {
    await session.makeFolder('/archive/2026/01');
    await session.makeFolder('/archive/2026/01');
    assert.equal((await session.stat('/archive/2026/01'))?.isFolder, true);
    await session.remove('/archive/none');
  });
});

test('the sandbox serves nothing outside its root', async (t) => {
  const rig = await openRig(t);
  await symlink('/etc', join(rig.sandbox.root, 'inbound/etc'));
  await rig.lend(async (session) => {
    assert.equal(await session.stat('/../../etc/hostname'), undefined);
    await assert.rejects(session.stat('/inbound/etc/hostname'), { code: 'SFTP_PERMISSION' });
    await assert.rejects(session.list('/inbound/etc', '*'), { code: 'SFTP_PERMISSION' });
  });
});
