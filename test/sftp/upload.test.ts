import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRemote, publishUpload, stageUpload, tempPathOf, uploadState } from '../../connectors/sftp/upload.ts';
import type { Collected } from '../../sandbox/sftp/collector.ts';
import { inPieces, markOf, openRig, patternOf } from './rig.ts';

const FINAL = '/outbound/invoices.csv';
const TEMP = tempPathOf(FINAL, 'ABCDEFGH2345');
const BYTES = patternOf(300_000);
const MARK = markOf(BYTES);
const source = () => inPieces(BYTES, 65_536);

test('an upload is staged under its temp name and published under its final one', async (t) => {
  const rig = await openRig(t);
  await rig.lend(async (session) => {
    assert.deepEqual(await stageUpload(session, TEMP, source()), { size: BYTES.length });
    assert.deepEqual(await uploadState(session, TEMP, FINAL, MARK), { temp: 'complete', final: 'absent' });
    assert.deepEqual((await session.list('/outbound', '*')).entries, []);
    await publishUpload(session, TEMP, FINAL);
    assert.deepEqual(await uploadState(session, TEMP, FINAL, MARK), { temp: 'absent', final: 'same' });
  });
});

test('what an earlier attempt left under the temp name is replaced', async (t) => {
  const rig = await openRig(t);
  await rig.seed(TEMP, 'half of it');
  await rig.lend(async (session) => {
    assert.equal((await uploadState(session, TEMP, FINAL, MARK)).temp, 'incomplete');
    await stageUpload(session, TEMP, source());
    assert.equal(await compareRemote(session, TEMP, MARK), 'same');
  });
});

test('a cut in the middle of an upload leaves nothing under the final name', async (t) => {
  const rig = await openRig(t);
  await rig.fault({ kind: 'cut-after-bytes', bytes: 100_000 });
  await assert.rejects(
    rig.lend(async (session) => {
      await stageUpload(session, TEMP, source());
      await publishUpload(session, TEMP, FINAL);
    }),
    { code: 'SFTP_CUT' },
  );
  await rig.lend(async (session) => {
    assert.deepEqual(await uploadState(session, TEMP, FINAL, MARK), { temp: 'incomplete', final: 'absent' });
  });
});

test('a taken final name is never overwritten, and content tells whose it is', async (t) => {
  const rig = await openRig(t);
  await rig.seed(FINAL, 'theirs');
  await rig.lend(async (session) => {
    await stageUpload(session, TEMP, source());
    await assert.rejects(publishUpload(session, TEMP, FINAL), {
      code: 'SFTP_TARGET_EXISTS',
      type: 'DuplicateExternal',
    });
    assert.equal(await compareRemote(session, FINAL, MARK), 'different');
    assert.equal(await compareRemote(session, FINAL, markOf(Buffer.from('theirs'))), 'same');
    assert.equal(await compareRemote(session, FINAL, markOf(Buffer.from('thears'))), 'different');
  });
});

test('a partner that collects at once takes the file whole, before our rename is answered', async (t) => {
  const rig = await openRig(t);
  await rig.fault({ kind: 'collect', folder: '/outbound', pattern: '*.csv' });
  await rig.lend(async (session) => {
    await stageUpload(session, TEMP, source());
    await publishUpload(session, TEMP, FINAL);
    assert.deepEqual(await uploadState(session, TEMP, FINAL, MARK), { temp: 'absent', final: 'absent' });
  });
  const first = await rig.admin<{ collected: Collected[]; doubles: number }>('collected');
  assert.deepEqual(
    first.collected.map(({ name, sha256, copies }) => ({ name, sha256, copies })),
    [{ name: 'invoices.csv', sha256: MARK.sha256, copies: 1 }],
  );
  assert.equal(first.doubles, 0);
  await rig.seed(FINAL, 'again');
  assert.equal((await rig.admin<{ doubles: number }>('collected')).doubles, 1);
});
