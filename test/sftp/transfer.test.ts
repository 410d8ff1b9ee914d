import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { bytesOf, inPieces, openRig, patternOf } from './rig.ts';

const SMALL = { chunkBytes: 4_096, windowBytes: 32_768 };

for (const size of [0, 1, 31_743, 31_744, 31_745, 32_767, 32_768, 32_769, 5 * 1024 * 1024]) {
  test(`${size} bytes go up and come down unchanged`, async (t) => {
    const rig = await openRig(t);
    const bytes = patternOf(size);
    await rig.lend(async (session) => {
      assert.equal(await session.write('/outbound/f', inPieces(bytes, 10_007)), size);
      assert.ok(bytes.equals(await bytesOf(session.read('/outbound/f'))));
    });
  });
}

test('tiny pieces are gathered into few requests, large ones are cut', async (t) => {
  const rig = await openRig(t);
  const bytes = patternOf(200_000);
  await rig.lend(async (session) => {
    await session.write('/outbound/tiny', inPieces(bytes, 7));
    await session.write('/outbound/large', inPieces(bytes, 150_000));
    assert.ok(bytes.equals(await bytesOf(session.read('/outbound/tiny'))));
    assert.ok(bytes.equals(await bytesOf(session.read('/outbound/large'))));
  });
});

test('requests larger than the server answers are filled up piece by piece', async (t) => {
  const rig = await openRig(t);
  const bytes = patternOf(1_000_003);
  await rig.lend(
    async (session) => {
      await session.write('/outbound/f', inPieces(bytes, 300_000));
      assert.ok(bytes.equals(await bytesOf(session.read('/outbound/f'))));
    },
    { chunkBytes: 100_000 },
  );
});

test('a reader that stops early reads no further than its window', async (t) => {
  const rig = await openRig(t);
  await rig.seed('/inbound/f', 'x'.repeat(2_000_000));
  await rig.lend(
    async (session) => {
      for await (const chunk of session.read('/inbound/f')) {
        assert.equal(chunk.length, 4_096);
        await sleep(50);
        break;
      }
      assert.equal((await session.stat('/inbound/f'))?.size, 2_000_000);
    },
    { chunkBytes: 4_096, windowBytes: 32_768 },
  );
  const [row] = await rig.requests('CLOSE');
  assert.ok((row?.bytesRead ?? 0) <= 4_096 + 32_768, `${row?.bytesRead} bytes were read`);
});

test('a server that stalls stops the source from being drained, and hits the time-out', async (t) => {
  const rig = await openRig(t);
  let pulled = 0;
  async function* source() {
    await rig.fault({ kind: 'slow', ms: 1_000 });
    for (; pulled < 10_000; pulled += 1) yield Buffer.alloc(4_096);
  }
  const sent = rig.lend((session) => session.write('/outbound/f', source()), {
    chunkBytes: 4_096,
    windowBytes: 32_768,
    operationTimeoutMs: 300,
  });
  await assert.rejects(sent, { code: 'SFTP_TIMEOUT' });
  assert.equal(pulled, 8, 'one piece for each request of the window');
});

test('a slow server hits the time-out, and the session is over', async (t) => {
  const rig = await openRig(t);
  await rig.lend(
    async (session) => {
      await rig.fault({ kind: 'slow', ms: 2_000 });
      await assert.rejects(session.list('/inbound', '*'), { code: 'SFTP_TIMEOUT', type: 'Transient' });
      await assert.rejects(session.stat('/inbound'), { code: 'SFTP_TIMEOUT' });
    },
    { operationTimeoutMs: 150 },
  );
});

test('a server that is slow but answers is waited for', async (t) => {
  const rig = await openRig(t);
  const bytes = patternOf(8 * 4_096);
  await rig.fault({ kind: 'slow', ms: 60 });
  const size = await rig.lend((session) => session.write('/outbound/f', inPieces(bytes, 4_096)), {
    chunkBytes: 4_096,
    operationTimeoutMs: 250,
  });
  assert.equal(size, bytes.length);
});

test('a cut in the middle of a read rejects what waits with a Transient failure', async (t) => {
  const rig = await openRig(t);
  await rig.seed('/inbound/f', 'x'.repeat(1_000_000));
  await rig.fault({ kind: 'cut-after-bytes', bytes: 500_000 });
  await rig.lend(async (session) => {
    await assert.rejects(bytesOf(session.read('/inbound/f')), { code: 'SFTP_CUT', type: 'Transient' });
    await assert.rejects(session.stat('/inbound/f'), { code: 'SFTP_CUT' });
  });
});

test('a full disk is Transient, says so, and leaves no half file', async (t) => {
  const rig = await openRig(t);
  await rig.fault({ kind: 'no-space', times: 1 });
  await rig.lend(async (session) => {
    await assert.rejects(session.write('/outbound/f', inPieces(patternOf(500_000), 50_000)), {
      code: 'SFTP_NO_SPACE',
      type: 'Transient',
      message: /no space/,
    });
    assert.equal(await session.exists('/outbound/f'), false);
  });
});

test('a source that fails is thrown on, and leaves no half file', async (t) => {
  const rig = await openRig(t);
  const broken = new Error('the ledger is gone');
  async function* source() {
    yield Buffer.alloc(100_000);
    throw broken;
  }
  await rig.lend(async (session) => {
    await assert.rejects(session.write('/outbound/f', source()), broken);
    assert.equal(await session.exists('/outbound/f'), false);
  });
});

test('writing to a name that is taken is refused and changes nothing', async (t) => {
  const rig = await openRig(t);
  await rig.seed('/outbound/f', 'theirs');
  await rig.lend(async (session) => {
    await assert.rejects(session.write('/outbound/f', inPieces(Buffer.from('ours'), 9)), {
      code: 'SFTP_TARGET_EXISTS',
    });
    assert.equal((await bytesOf(session.read('/outbound/f'))).toString(), 'theirs');
  });
});

test('a file that grows before its end was reached is read to its new end', async (t) => {
  const rig = await openRig(t);
  await rig.seed('/inbound/f', 'x'.repeat(100_000));
  await rig.lend(async (session) => {
    let read = 0;
    for await (const chunk of session.read('/inbound/f')) {
      if (read === 0) await appendFile(join(rig.sandbox.root, 'inbound/f'), 'y'.repeat(50_000));
      read += chunk.length;
    }
    assert.equal(read, 150_000);
  }, SMALL);
});

test('a file that grows behind what was its end is SourceBusy', async (t) => {
  const rig = await openRig(t);
  await rig.seed('/inbound/f', 'x'.repeat(4_096));
  await rig.lend(async (session) => {
    const reader = session.read('/inbound/f')[Symbol.asyncIterator]();
    assert.equal((await reader.next()).value?.length, 4_096);
    // Requests are answered in order: after this one, the end of the file has been told.
    await session.stat('/inbound/f');
    await appendFile(join(rig.sandbox.root, 'inbound/f'), 'y'.repeat(50_000));
    await assert.rejects(reader.next(), { code: 'SFTP_FILE_CHANGING', type: 'SourceBusy' });
  }, SMALL);
});
