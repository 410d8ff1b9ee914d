import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { claimedAs, claimFile, findClaimed, noteMoved, noteSightings, type SeenFile } from '../../ledger/files-seen.ts';
import { FLOW, insertOne, newDocument, withLedger } from './rig.ts';

const clock = { now: new Date('2026-03-01T10:00:00.000Z') };
const { ledger, open } = await withLedger(() => clock.now);
const sha = (text: string) => createHash('sha256').update(text).digest();
const at = (time: string) => new Date(`2026-03-01T${time}.000Z`);

let claims = 0;
const claim = (file: SeenFile, content: string, by = ledger) =>
  claimFile(by, FLOW, { ...file, sha256: sha(content) }, async (tx, occurrence) => {
    claims += 1;
    return (await insertOne(tx, newDocument(file.path, { sourceVersion: `${content}.${occurrence}` }))).id;
  });

const look = async (...files: SeenFile[]) => noteSightings(ledger, FLOW, files);
const file = (name: string, more: Partial<SeenFile> = {}): SeenFile => ({
  path: `/in/${name}`,
  byteSize: 100,
  modifiedAt: at('09:00:00'),
  ...more,
});

test('a file is known since it first looked as it does, in the order of the listing', async () => {
  const files = [file('b.csv'), file('a.csv')];
  clock.now = at('10:00:00');
  await look(...files);
  clock.now = at('10:05:00');
  const sightings = await look(file('new.csv'), ...files);
  assert.deepEqual(
    sightings.map(({ path, seenAt }) => [path, seenAt]),
    [
      ['/in/new.csv', at('10:05:00')],
      ['/in/b.csv', at('10:00:00')],
      ['/in/a.csv', at('10:00:00')],
    ],
  );
  assert.deepEqual(await look(), []);
});

test('a file that grows, or is replaced by one of the same size, starts anew', async () => {
  clock.now = at('10:00:00');
  await look(file('grows.csv'));
  clock.now = at('10:01:00');
  const [grown] = await look(file('grows.csv', { byteSize: 101 }));
  assert.deepEqual(grown?.seenAt, at('10:01:00'));
  clock.now = at('10:02:00');
  const [replaced] = await look(file('grows.csv', { byteSize: 101, modifiedAt: at('09:30:00') }));
  assert.deepEqual(replaced?.seenAt, at('10:02:00'));
});

test('a folder of five thousand files is noted at once', async () => {
  const files = Array.from({ length: 5000 }, (_, index) => file(`many/${index}.csv`));
  const sightings = await look(...files);
  assert.deepEqual(
    sightings.map(({ path }) => path),
    files.map(({ path }) => path),
  );
});

test('two runs that claim the same file at once end with one document', async () => {
  const other = await open();
  const same = file('both.csv');
  await look(same);
  claims = 0;
  const [first, second] = await Promise.all([claim(same, 'both'), claim(same, 'both', other)]);
  assert.equal(first, second);
  assert.equal(claims, 1);
  assert.deepEqual(await findClaimed(ledger, FLOW, [same.path]), [first]);
  assert.deepEqual(await findClaimed(ledger, FLOW, []), []);
});

test('the same content in another file is told by its occurrence', async () => {
  const occurrences: number[] = [];
  for (const name of ['one.csv', 'two.csv']) {
    await look(file(name));
    await claimFile(ledger, FLOW, { ...file(name), sha256: sha('twice') }, async (tx, occurrence) => {
      occurrences.push(occurrence);
      return (await insertOne(tx, newDocument(name))).id;
    });
  }
  assert.deepEqual(occurrences, [1, 2]);
});

test('a claim that fails gives its occurrence back', async () => {
  await look(file('fails.csv'));
  const failing = claimFile(ledger, FLOW, { ...file('fails.csv'), sha256: sha('fails') }, async () => {
    throw new Error('crash');
  });
  await assert.rejects(failing, /crash/);
  await claimFile(ledger, FLOW, { ...file('fails.csv'), sha256: sha('fails') }, async (tx, occurrence) => {
    assert.equal(occurrence, 1);
    return (await insertOne(tx, newDocument('fails.csv'))).id;
  });
});

test('a file that is replaced while it is read is not taken for read', async () => {
  const before = file('replaced.csv');
  const after = file('replaced.csv', { byteSize: 200, modifiedAt: at('09:59:00') });
  await look(before);
  await look(after);
  const id = await claim(before, 'what was read');
  assert.deepEqual(await claimedAs(ledger, FLOW, before.path, id), before);
  const [next] = await look(after);
  assert.equal(next?.documentId, null);
  assert.equal(await claimedAs(ledger, FLOW, before.path, id), undefined);
});

test('a run that was slow does not take the place of the file that came after', async () => {
  const [slow, fast] = [file('slow.csv'), file('slow.csv', { byteSize: 300 })];
  await look(slow);
  await look(fast);
  const later = await claim(fast, 'later');
  const earlier = await claim(slow, 'earlier');
  assert.notEqual(earlier, later);
  assert.deepEqual(await findClaimed(ledger, FLOW, [slow.path]), [later]);
  assert.equal((await look(fast))[0]?.documentId, later);
});

test('after a file was moved, the next one at its path is another one, even if it looks the same', async () => {
  const same = file('daily.csv');
  await look(same);
  const first = await claim(same, 'monday');
  assert.equal((await look(same))[0]?.documentId, first);
  await noteMoved(ledger, FLOW, same.path, first, '/archive/daily.csv');
  assert.deepEqual(await findClaimed(ledger, FLOW, [same.path]), []);
  assert.equal((await look(same))[0]?.documentId, null);
  assert.notEqual(await claim(same, 'tuesday'), first);
});
