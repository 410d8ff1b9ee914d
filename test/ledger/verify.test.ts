import assert from 'node:assert/strict';
import test, { afterEach } from 'node:test';
import { openBatch } from '../../ledger/batches.ts';
import { inTransaction } from '../../ledger/database.ts';
import { noteOnDocument } from '../../ledger/documents.ts';
import { CONFIG, FLOW, insertOne, newDocument, provenance, withLedger } from './rig.ts';

const { ledger, asOwner, findings } = await withLedger();

let runs = 0;

/** A batch that stored one document, which has three events. */
async function stored() {
  runs += 1;
  const run = { flow: FLOW, workflowId: 'sync', runId: `run ${runs}` };
  const batch = await openBatch(ledger, { ...run, configHash: CONFIG, plan: {}, cursor: undefined }, provenance);
  const document = await insertOne(ledger, newDocument(`key ${runs}`, { batchId: batch.id }));
  for (const step of ['mapped', 'sent']) await noteOnDocument(ledger, document.id, { step }, provenance);
  return { batch: batch.id, document: document.id };
}

afterEach(async () => {
  await asOwner('truncate event, document_reference, document, batch cascade');
});

test('an untouched record has no findings', async () => {
  await stored();
  assert.deepEqual(await findings(), []);
});

test('a changed event is named', async () => {
  const { document } = await stored();
  await asOwner(`update event set actor = 'nobody' where subject_id = $1 and sequence = 2`, [document]);
  assert.deepEqual(await findings(), [`document ${document}: event 2 (mapped) was changed`]);
});

test('a missing event is named', async () => {
  const { document } = await stored();
  await asOwner('delete from event where subject_id = $1 and sequence = 2', [document]);
  assert.deepEqual(await findings(), [`document ${document}: event 2 is missing`]);
});

test('a cut tail is named', async () => {
  const { document } = await stored();
  await asOwner('delete from event where subject_id = $1 and sequence = 3', [document]);
  assert.deepEqual(await findings(), [`document ${document}: 3 events were written, 2 are there: the tail is cut`]);
});

test('a removed chain of events is named', async () => {
  const { document } = await stored();
  await asOwner('delete from event where subject_id = $1', [document]);
  assert.deepEqual(await findings(), [`document ${document}: 3 events were written, 0 are there: the tail is cut`]);
});

test('a head that was set back to hide a replaced event is named', async () => {
  const { document } = await stored();
  await asOwner('update document set event_head = $2 where id = $1', [document, Buffer.alloc(32)]);
  assert.deepEqual(await findings(), [`document ${document}: its head does not match its last event`]);
});

test('a removed document is named by the batch that stored it, and by its events', async () => {
  const { batch, document } = await stored();
  await asOwner('delete from document_reference where document_id = $1', [document]);
  await asOwner('delete from document where id = $1', [document]);
  assert.deepEqual(await findings(), [
    `document ${document}: batch ${batch} stored it, and it is gone`,
    `document, batch or anchor ${document}: its events are there, and it is gone`,
  ]);
});

test('a document removed with all its events is named by the batch that stored it', async () => {
  const { batch, document } = await stored();
  await asOwner('delete from document_reference where document_id = $1', [document]);
  await asOwner('delete from document where id = $1', [document]);
  await asOwner('delete from event where subject_id = $1', [document]);
  assert.deepEqual(await findings(), [`document ${document}: batch ${batch} stored it, and it is gone`]);
});

test('work that goes on while it is verified makes no findings', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, async () => (await stored()).document));
  let isOver = false;
  const working = async (id: string) => {
    while (!isOver) await noteOnDocument(ledger, id, { step: 'noted' }, provenance);
  };
  const work = ids.map(working);
  for (let round = 0; round < 10; round += 1) assert.deepEqual(await findings(), []);
  isOver = true;
  await Promise.all(work);
});

test('an event of a transaction that is still open is nobody’s finding', async () => {
  const { document } = await stored();
  await inTransaction(ledger, async (tx) => {
    await noteOnDocument(tx, document, { step: 'under way' }, provenance);
    assert.deepEqual(await findings(), []);
  });
});
