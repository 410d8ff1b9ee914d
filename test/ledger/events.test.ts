import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import fc from 'fast-check';
import { inTransaction } from '../../ledger/database.ts';
import { noteOnDocument } from '../../ledger/documents.ts';
import { appendEvents, chain, eventHash } from '../../ledger/events.ts';
import { insertOne, newDocument, provenance, withLedger } from './rig.ts';

const { ledger, open, findings } = await withLedger();

const stepsOf = async (id: string) => {
  const rows = await ledger.db
    .selectFrom('event')
    .selectAll()
    .where('subjectId', '=', id)
    .orderBy('sequence')
    .execute();
  return rows.map(({ sequence, step }) => `${sequence} ${step}`);
};

test('two workers that append to the same document at once leave one unbroken chain', async () => {
  const other = await open();
  const { id } = await insertOne(ledger, newDocument('at once'));
  const appends = Array.from({ length: 20 }, (_, index) =>
    noteOnDocument(index % 2 === 0 ? ledger : other, id, { step: `note ${index}` }, provenance),
  );
  await Promise.all(appends);
  const rows = await ledger.db.selectFrom('event').select('sequence').where('subjectId', '=', id).execute();
  assert.deepEqual(
    rows.map(({ sequence }) => sequence).sort((a, b) => a - b),
    Array.from({ length: 21 }, (_, index) => index + 1),
  );
  assert.deepEqual(await findings(), []);
});

test('an event is gone with the transaction that made it true', async () => {
  const { id } = await insertOne(ledger, newDocument('rolled back'));
  const work = inTransaction(ledger, async (tx) => {
    await noteOnDocument(tx, id, { step: 'never happened' }, provenance);
    throw new Error('crash');
  });
  await assert.rejects(work, /crash/);
  assert.deepEqual(await stepsOf(id), ['1 received']);
  await noteOnDocument(ledger, id, { step: 'happened' }, provenance);
  assert.deepEqual(await stepsOf(id), ['1 received', '2 happened']);
  assert.deepEqual(await findings(), []);
});

test('a process that has not seen what others appended goes on after it', async () => {
  const other = await open();
  const { id } = await insertOne(ledger, newDocument('behind'));
  for (const [index, by] of [ledger, other, other, ledger, other].entries()) {
    await noteOnDocument(by, id, { step: `note ${index}` }, provenance);
  }
  assert.deepEqual(await stepsOf(id), ['1 received', '2 note 0', '3 note 1', '4 note 2', '5 note 3', '6 note 4']);
  assert.deepEqual(await findings(), []);
});

const json = fc.dictionary(
  fc.string({ unit: 'grapheme', maxLength: 10 }).filter((text) => !text.includes('\0')),
  fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.integer(), { maxLength: 3 }),
    fc.string({ unit: 'grapheme', maxLength: 10 }).filter((text) => !text.includes('\0')),
  ),
  { maxKeys: 6 },
);

test('whatever an event holds comes back from the database with the hash it was written with', async () => {
  const property = fc.asyncProperty(fc.array(json, { minLength: 1, maxLength: 5 }), async (details) => {
    const { id } = await insertOne(ledger, newDocument(randomBytes(8).toString('hex')));
    const events = details.map((detail) => ({ step: 'noted', detail }));
    await appendEvents(ledger, { table: 'document', id }, events, provenance);
  });
  await fc.assert(property, { numRuns: 40 });
  assert.deepEqual(await findings(), []);
});

test('a change to any field of any event changes every hash from there on', () => {
  const key = randomBytes(32);
  const head = { id: 'a', eventCount: 0, eventHead: null };
  const at = new Date(0);
  const fields = fc.constantFrom(
    'subjectId',
    'sequence',
    'at',
    'step',
    'actor',
    'attempt',
    'workflowId',
    'runId',
    'detail',
  );
  const property = fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(5), fields, (length, place, field) => {
    const steps = Array.from({ length }, (_, index) => ({ step: `step ${index}` }));
    const rows = chain(key, head, steps, provenance, at);
    const index = place % length;
    const other = { subjectId: 'b', sequence: 99, at: new Date(1), attempt: 9, detail: { changed: true } };
    const changed = rows.map((row, i) =>
      i === index ? { ...row, [field]: { ...other, step: '', actor: '', workflowId: null, runId: null }[field] } : row,
    );
    let previous: Buffer | null = null;
    for (const [i, row] of changed.entries()) {
      previous = eventHash(key, previous, row);
      assert.equal(previous.equals(rows[i]?.hash ?? Buffer.alloc(0)), i < index);
    }
  });
  fc.assert(property, { numRuns: 200 });
});

test('another key makes other hashes', () => {
  const head = { id: 'a', eventCount: 0, eventHead: null };
  const [one] = chain(randomBytes(32), head, [{ step: 'x' }], provenance, new Date(0));
  const [two] = chain(randomBytes(32), head, [{ step: 'x' }], provenance, new Date(0));
  assert.notDeepEqual(one?.hash, two?.hash);
});
