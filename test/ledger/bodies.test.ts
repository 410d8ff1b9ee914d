import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import test from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { deleteBody, storeBody, storeJson } from '../../ledger/bodies.ts';
import { inTransaction } from '../../ledger/database.ts';
import { readBody, readBytes, readJson } from '../../ledger/read-bodies.ts';
import { insertOne, newDocument, withLedger } from './rig.ts';

const { ledger, open, asOwner } = await withLedger();
const MIB = 1024 * 1024;
const connection = 'acme/partner';

let bodies = 0;
const newPlace = async () => {
  bodies += 1;
  const { id } = await insertOne(ledger, newDocument(`body ${bodies}`));
  return { documentId: id, role: 'original' as const };
};

/** Bytes that differ from place to place, so that a shifted range shows. */
const bytesOf = (length: number) =>
  Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) % 251));

async function* inPieces(bytes: Buffer, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

const stored = async (bytes: Buffer, size = 32_768) => {
  const place = await newPlace();
  await storeBody(ledger, { ...place, connection }, inPieces(bytes, size));
  return place;
};

test('a body comes back byte for byte, whatever the pieces it came in', async () => {
  for (const length of [0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB + 17]) {
    const bytes = bytesOf(length);
    for (const size of [MIB * 10, 30_000]) {
      const place = await newPlace();
      const told = await storeBody(ledger, { ...place, connection }, inPieces(bytes, size));
      assert.equal(told.byteSize, length);
      assert.deepEqual(told.sha256, createHash('sha256').update(bytes).digest());
      assert.ok((await readBytes(ledger, place)).equals(bytes));
    }
  }
});

test('any range of a body is that range of its bytes', async () => {
  const bytes = bytesOf(3 * MIB + 17);
  const place = await stored(bytes);
  const range = fc.record({ offset: fc.nat(bytes.length + 10), length: fc.nat(2 * MIB) });
  const property = fc.asyncProperty(range, async ({ offset, length }) => {
    const read = await readBytes(ledger, place, { offset, length });
    assert.ok(read.equals(bytes.subarray(offset, offset + length)));
  });
  await fc.assert(property, {
    numRuns: 40,
    examples: [[{ offset: MIB, length: MIB }], [{ offset: MIB - 1, length: 2 }]],
  });
});

test('nothing of a body can be read in the database', async () => {
  const place = await newPlace();
  await storeJson(ledger, { ...place, connection }, { name: 'Marx Brothers' });
  assert.deepEqual(await readJson(ledger, place), { name: 'Marx Brothers' });
  const rows = await asOwner(`select encode(sealed, 'escape') as text from body_chunk where document_id = $1`, [
    place.documentId,
  ]);
  assert.equal(rows.length, 1);
  assert.doesNotMatch(String(rows[0]?.text), /Marx/);
});

test('a changed byte is noticed', async () => {
  const place = await stored(bytesOf(2 * MIB));
  await asOwner(
    'update body_chunk set sealed = set_byte(sealed, 99, get_byte(sealed, 99) # 1) where document_id = $1 and position = 1',
    [place.documentId],
  );
  await assert.rejects(readBytes(ledger, place), { code: 'LEDGER_SEAL_BROKEN' });
});

test('a cut tail is noticed, also by who cuts the numbers with it', async () => {
  const place = await stored(bytesOf(3 * MIB));
  await asOwner('delete from body_chunk where document_id = $1 and position = 2', [place.documentId]);
  await assert.rejects(readBytes(ledger, place), { code: 'LEDGER_BODY_MISSING' });
  await asOwner('update body set chunks = 2, byte_size = $2 where document_id = $1', [place.documentId, 2 * MIB]);
  await assert.rejects(readBytes(ledger, place), { code: 'LEDGER_SEAL_BROKEN' });
});

test('chunks that were swapped, or come from another document, are noticed', async () => {
  const [place, other] = [await stored(bytesOf(3 * MIB)), await stored(bytesOf(3 * MIB))];
  const swap =
    'update body_chunk as own set sealed = theirs.sealed from body_chunk as theirs where own.document_id = $1 and theirs.document_id = $2 and own.position = 0 and theirs.position = $3';
  await asOwner(swap, [place.documentId, place.documentId, 1]);
  await assert.rejects(readBytes(ledger, place), { code: 'LEDGER_SEAL_BROKEN' });
  await asOwner(swap, [place.documentId, other.documentId, 0]);
  await assert.rejects(readBytes(ledger, place), { code: 'LEDGER_SEAL_BROKEN' });
});

test('a chunk of an earlier body in the same place is noticed', async () => {
  const place = await stored(bytesOf(100));
  const [old] = await asOwner('select sealed from body_chunk where document_id = $1', [place.documentId]);
  await storeBody(ledger, { ...place, connection }, [randomBytes(100)]);
  await asOwner('update body_chunk set sealed = $2 where document_id = $1', [place.documentId, old?.sealed]);
  await assert.rejects(readBytes(ledger, place), { code: 'LEDGER_SEAL_BROKEN' });
});

test('the key of one connection does not open what another sealed', async () => {
  const place = await stored(bytesOf(100));
  await ledger.keys.keyFor('connection:acme/other');
  await asOwner(`update body set key_purpose = 'connection:acme/other' where document_id = $1`, [place.documentId]);
  await assert.rejects(readBytes(ledger, place), { code: 'LEDGER_SEAL_BROKEN' });
});

test('a document without a body says so', async () => {
  await assert.rejects(readBytes(ledger, await newPlace()), { code: 'LEDGER_BODY_MISSING' });
  const place = await stored(bytesOf(10));
  await deleteBody(ledger, place);
  await assert.rejects(readBytes(ledger, place), { code: 'LEDGER_BODY_MISSING' });
});

test('ranges of a body are of what is stored now, also just after it was stored anew, or forgotten', async () => {
  const place = await stored(Buffer.from('first content'));
  const range = { offset: 0, length: 5 };
  assert.equal((await readBytes(ledger, place, range)).toString(), 'first');
  await storeBody(ledger, { ...place, connection }, [Buffer.from('later content')]);
  assert.equal((await readBytes(ledger, place, range)).toString(), 'later');
  await deleteBody(ledger, place);
  await assert.rejects(readBytes(ledger, place, range), { code: 'LEDGER_BODY_MISSING' });
});

test('a chunk that could not be opened is opened again when it is asked for again', async () => {
  const place = await stored(Buffer.from('whole content'));
  const [row] = await asOwner('select sealed from body_chunk where document_id = $1', [place.documentId]);
  const damage = (sealed: unknown) =>
    asOwner('update body_chunk set sealed = $2 where document_id = $1', [place.documentId, sealed]);
  const read = async () => (await readBytes(ledger, place, { offset: 0, length: 5 })).toString();
  await damage(Buffer.from('not a sealed chunk of anything at all'));
  await assert.rejects(read(), { code: 'LEDGER_SEAL_BROKEN' });
  await damage(row?.sealed);
  assert.equal(await read(), 'whole');
});

test('a shorter body leaves nothing of the longer one it replaces', async () => {
  const place = await stored(bytesOf(3 * MIB));
  await storeBody(ledger, { ...place, connection }, [Buffer.from('short')]);
  assert.equal((await readBytes(ledger, place)).toString(), 'short');
  const [row] = await asOwner('select count(*)::int as chunks from body_chunk where document_id = $1', [
    place.documentId,
  ]);
  assert.equal(row?.chunks, 1);
});

test('two workers that store the same body at once leave one of the two, whole', async () => {
  const other = await open();
  for (const place of [await newPlace(), await stored(bytesOf(2 * MIB))]) {
    const bodies = [bytesOf(2 * MIB), bytesOf(3 * MIB).reverse()];
    await Promise.all(
      bodies.map((bytes, index) =>
        storeBody(index ? ledger : other, { ...place, connection }, inPieces(bytes, 100_000)),
      ),
    );
    const read = await readBytes(ledger, place);
    assert.ok(bodies.some((bytes) => bytes.equals(read)));
  }
});

test('a body that is stored anew while it is read stops the reader', async () => {
  for (const replacement of [bytesOf(3 * MIB).reverse(), Buffer.from('short')]) {
    const place = await stored(bytesOf(3 * MIB));
    const reading = readBody(ledger, place);
    await reading.next();
    await storeBody(ledger, { ...place, connection }, [replacement]);
    await assert.rejects(Array.fromAsync(reading), { code: 'INTENT_MOVED' });
  }
});

test('a body whose source breaks off leaves what was there before', async () => {
  const place = await stored(Buffer.from('before'));
  const broken = async function* () {
    yield bytesOf(2 * MIB);
    throw new Error('cut');
  };
  await assert.rejects(storeBody(ledger, { ...place, connection }, broken()), /cut/);
  assert.equal((await readBytes(ledger, place)).toString(), 'before');
});

test('bytes are stored before the document that claims them, in one transaction', async () => {
  const id = '01900000-0000-7000-8000-000000000001';
  const place = { documentId: id, role: 'original' as const };
  await inTransaction(ledger, async (tx) => {
    await storeBody(tx, { ...place, connection }, [Buffer.from('early')]);
    await insertOne(tx, newDocument('claims late', { id }));
  });
  assert.equal((await readBytes(ledger, place)).toString(), 'early');
  const unclaimed = { ...place, documentId: '01900000-0000-7000-8000-000000000002' };
  await assert.rejects(storeBody(ledger, { ...unclaimed, connection }, [Buffer.from('nobody')]), { code: '23503' });
});

test('forty megabytes pass through in little memory', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const held = () => {
    collectGarbage();
    return process.memoryUsage().arrayBuffers;
  };
  const piece = randomBytes(64 * 1024);
  let highest = 0;
  const source = async function* () {
    for (let sent = 0; sent < 640; sent += 1) {
      yield piece;
      if (sent % 64 === 0) highest = Math.max(highest, held());
    }
  };
  const place = await newPlace();
  const before = held();
  const { byteSize } = await storeBody(ledger, { ...place, connection }, source());
  let read = 0;
  for await (const chunk of readBody(ledger, place)) {
    read += chunk.length;
    highest = Math.max(highest, held());
  }
  assert.deepEqual([byteSize, read], [40 * MIB, 40 * MIB]);
  assert.ok(highest - before < 10 * MIB, `${Math.round((highest - before) / MIB)} MiB`);
});
