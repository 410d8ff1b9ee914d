import assert from 'node:assert/strict';
import test, { afterEach } from 'node:test';
import { anchorProblem, anchorRecord, findAnchors } from '../../ledger/anchors.ts';
import { noteOnDocument } from '../../ledger/documents.ts';
import { chain, EVENT_KEY } from '../../ledger/events.ts';
import { eventsOf } from '../../ledger/queries/timeline.ts';
import { insertOne, newDocument, provenance, withLedger } from './rig.ts';

const HOUR_MS = 3_600_000;
let at = Date.parse('2026-03-01T12:00:00Z');
const { ledger, asOwner, findings } = await withLedger(() => new Date(at));

/** A document with two events, and then as many hours that they are settled. */
async function recorded(key: string): Promise<string> {
  const { id } = await insertOne(ledger, newDocument(key));
  await noteOnDocument(ledger, id, { step: 'sent', detail: { amount: '100.00' } }, provenance);
  at += 4 * HOUR_MS;
  return id;
}

const anchored = () => anchorRecord(ledger, provenance, () => undefined);

/** What somebody does who has the database and the master key: the chain is right in itself again. */
async function rewrite(id: string): Promise<void> {
  const key = await ledger.keys.keyFor(EVENT_KEY);
  const rows = await eventsOf(ledger, id);
  const steps = rows.map(({ step }) => ({ step, detail: { amount: '9.00' } }));
  const forged = chain(key, { id, eventCount: 0, eventHead: null }, steps, provenance, rows[0]!.at);
  for (const { sequence, detail, hash, at: when } of forged) {
    const values = [id, sequence, JSON.stringify(detail), hash, when, provenance.actor, provenance.attempt];
    await asOwner(
      `update event set detail = $3, hash = $4, at = $5, actor = $6, attempt = $7 where subject_id = $1 and sequence = $2`,
      values,
    );
  }
  await asOwner('update document set event_head = $2 where id = $1', [id, forged.at(-1)!.hash]);
}

async function remove(id: string): Promise<void> {
  await asOwner('delete from document_reference where document_id = $1', [id]);
  await asOwner('delete from document where id = $1', [id]);
  await asOwner('delete from event where subject_id = $1', [id]);
}

afterEach(async () => {
  at += 24 * HOUR_MS;
  await asOwner('truncate event, document_reference, document, batch, anchor cascade');
});

test('an anchor holds while work goes on, and covers the anchors before it', async () => {
  const id = await recorded('50001');
  const first = await anchored();
  assert.equal(first.subjects, 1);
  await noteOnDocument(ledger, id, { step: 'delivered' }, provenance);
  await recorded('50002');
  assert.equal(await anchorProblem(ledger, first), undefined);
  const second = await anchored();
  assert.equal(second.subjects, 3);
  assert.equal(await anchorProblem(ledger, second), undefined);
  assert.deepEqual(await findings(), []);
});

test('two that anchor the same hour make one anchor', async () => {
  await recorded('50001');
  const [a, b] = await Promise.all([anchored(), anchored()]);
  assert.equal(a.id, b.id);
  assert.equal((await anchored()).id, a.id);
  assert.deepEqual(await findings(), []);
});

test('a chain rewritten with its key is whole to a mere check, and found by the anchor', async () => {
  const id = await recorded('50001');
  const anchor = await anchored();
  await rewrite(id);
  assert.deepEqual(await findings(), []);
  assert.match((await anchorProblem(ledger, anchor)) ?? '', /was rewritten since it was anchored/);
});

test('a document taken out without a trace is found by the anchor, and so is one put in', async () => {
  const id = await recorded('50001');
  const stays = await recorded('50002');
  const anchor = await anchored();
  await remove(id);
  assert.deepEqual(await findings(), []);
  assert.match((await anchorProblem(ledger, anchor)) ?? '', /it counted 2 chains of events, there are 1\)$/);
  const now = at;
  at -= 4 * HOUR_MS;
  await insertOne(ledger, newDocument('50001'));
  at = now;
  assert.match((await anchorProblem(ledger, anchor)) ?? '', /there are 2\)$/);
  assert.ok(stays);
});

test('an anchor is found by its day and by the beginning of its hash', async () => {
  await recorded('50001');
  const anchor = await anchored();
  const hash = anchor.hash.toString('hex');
  const day = anchor.coversUntil.toISOString().slice(0, 10);
  for (const given of [{ day }, { hash: hash.slice(0, 12) }, { hash: hash.toUpperCase() }]) {
    assert.deepEqual(
      (await findAnchors(ledger, given)).map(({ id }) => id),
      [anchor.id],
    );
  }
  assert.deepEqual(await findAnchors(ledger, { hash: '0'.repeat(12) }), []);
});

test('an anchor’s own event is checked like any other, and an anchor that is gone leaves its event', async () => {
  await recorded('50001');
  const { id } = await anchored();
  await asOwner(`update event set actor = 'nobody' where subject_id = $1`, [id]);
  assert.deepEqual(await findings(), [`anchor ${id}: event 1 (anchored) was changed`]);
  await asOwner('delete from anchor');
  assert.deepEqual(await findings(), [`document, batch or anchor ${id}: its events are there, and it is gone`]);
});
