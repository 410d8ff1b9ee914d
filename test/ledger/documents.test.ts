import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { openBatch } from '../../ledger/batches.ts';
import { type DocumentChange, getDocument, insertDocuments, moveDocument } from '../../ledger/documents.ts';
import { closeIntent, permitSend, planIntent } from '../../ledger/intents.ts';
import { joinFile, membersOf, membersWaiting, moveMembers } from '../../ledger/members.ts';
import type { DocumentState } from '../../ledger/schema.ts';
import { strandedDocuments } from '../../ledger/unfinished.ts';
import {
  externalIdAt,
  externalIdOfKey,
  hasNewerVersion,
  isHeldBesides,
  knownContents,
  latestVersions,
} from '../../ledger/versions.ts';
import { CONFIG, FLOW, insertOne, newDocument, provenance, withLedger } from './rig.ts';

const { ledger, open, findings } = await withLedger();
const sha = (text: string) => createHash('sha256').update(text).digest();
const move = (id: string, state: DocumentState, change: Partial<DocumentChange> = {}) =>
  moveDocument(ledger, id, { state, ...change }, { step: state }, provenance);

test('two workers that store the same page at once end with the same rows', async () => {
  const other = await open();
  const page = Array.from({ length: 50 }, (_, index) => newDocument(`same page ${index}`));
  const [first, second] = await Promise.all([
    insertDocuments(ledger, page, provenance),
    insertDocuments(other, page, provenance),
  ]);
  assert.deepEqual(
    first.map(({ id }) => id),
    second.map(({ id }) => id),
  );
  assert.deepEqual(
    first.map(({ sourceKey }) => sourceKey),
    page.map(({ sourceKey }) => sourceKey),
  );
  assert.deepEqual(await findings(), []);
});

test('a page of ten thousand documents is stored in the order given', async () => {
  const page = Array.from({ length: 10_000 }, (_, index) => newDocument(`large page ${index}`));
  const rows = await insertDocuments(ledger, page, provenance);
  assert.deepEqual(
    rows.map(({ sourceKey }) => sourceKey),
    page.map(({ sourceKey }) => sourceKey),
  );
  const ordinals = rows.map(({ ordinal }) => ordinal);
  assert.deepEqual(
    ordinals,
    ordinals.toSorted((a, b) => a - b),
  );
});

test('a document that is done stays done, whatever comes late', async () => {
  const { id } = await insertOne(ledger, newDocument('done'));
  assert.equal(await move(id, 'delivered'), true);
  assert.equal(await move(id, 'failed'), false);
  assert.equal(await move(id, 'transformed'), false);
  assert.equal((await getDocument(ledger, id)).state, 'delivered');
  assert.equal((await getDocument(ledger, id)).eventCount, 2);
});

test('an attempt that comes late with its map does not undo a post', async () => {
  const { id } = await insertOne(ledger, newDocument('late map'));
  await move(id, 'posted', { externalId: '50001' });
  assert.equal(await move(id, 'transformed'), false);
  assert.equal((await getDocument(ledger, id)).state, 'posted');
  assert.equal(await move(id, 'delivered'), true);
});

test('a failure is kept with the document, and cleared when it goes on', async () => {
  const { id } = await insertOne(ledger, newDocument('fails'));
  const failure = { type: 'DataInvalid', code: 'VISMA_REFUSED', message: 'No.', next: 'Mend it.' };
  await move(id, 'failed', { failure });
  assert.deepEqual((await getDocument(ledger, id)).failure, failure);
  await move(id, 'received', { failure: null });
  assert.equal((await getDocument(ledger, id)).failure, null);
});

test('the latest version of a key is the newest row, without those that this very reading stored', async () => {
  const file = await insertOne(ledger, newDocument('file.csv'));
  const version = (text: string, sourceVersion: string, parentId?: string) =>
    newDocument('versions', { sourceVersion, contentHash: sha(text), ...(parentId ? { parentId } : {}) });
  await insertOne(ledger, version('A', 'a:1'));
  await insertOne(ledger, version('B', `${file.id}:00000001`, file.id));
  const latest = async (ahead: string) =>
    (await latestVersions(ledger, FLOW, ['versions'], { parentId: file.id, version: ahead })).get('versions');
  assert.deepEqual((await latest(`${file.id}:00000002`))?.contentHash, sha('B'));
  assert.equal((await latest(`${file.id}:00000002`))?.fileOrdinal, file.ordinal);
  assert.deepEqual((await latest(`${file.id}:00000001`))?.contentHash, sha('A'));
});

test('content is known once its document has gone further than received', async () => {
  const first = await insertOne(ledger, newDocument('event', { contentHash: sha('event') }));
  assert.equal((await knownContents(ledger, FLOW, [sha('event')])).size, 0);
  await move(first.id, 'transformed');
  assert.deepEqual(
    [...(await knownContents(ledger, FLOW, [sha('event'), sha('else')]))],
    [sha('event').toString('hex')],
  );
  assert.equal((await knownContents(ledger, 'acme/other', [sha('event')])).size, 0);
  assert.equal(await isHeldBesides(ledger, first, sha('event')), false);
  const second = await insertOne(ledger, newDocument('event again', { contentHash: sha('event') }));
  assert.equal(await isHeldBesides(ledger, second, sha('event')), true);
});

test('a newer version is seen from the older one only, and the target’s id is found from both', async () => {
  const older = await insertOne(ledger, newDocument('twice', { sourceVersion: '1' }));
  await move(older.id, 'posted', { externalId: '50002' });
  const newer = await insertOne(ledger, newDocument('twice', { sourceVersion: '2' }));
  assert.equal(await hasNewerVersion(ledger, older), true);
  assert.equal(await hasNewerVersion(ledger, newer), false);
  assert.equal(await externalIdOfKey(ledger, newer), '50002');
});

test('an id of the target is found again where it was given, and not at another place', async () => {
  const given = await insertOne(ledger, newDocument('placed'));
  const company = ['visma/tenant/7'];
  const plan = {
    document: given,
    step: 'supplier',
    target: 'acme/visma',
    targetKey: 'supplier/placed',
    place: company,
  };
  const { intent } = await planIntent(ledger, plan, provenance);
  const sending = {
    to: 'sent' as const,
    intent,
    document: given,
    requestHash: sha('placed'),
    sendWindowMs: 0,
    place: company,
  };
  const permit = await permitSend(ledger, sending, provenance);
  assert.ok(permit.outcome === 'permitted');
  await closeIntent(ledger, permit.intent, 'confirmed');
  await move(given.id, 'posted', { externalId: '10001' });
  for (const place of ['visma/tenant/7', 'visma/tenant/'])
    assert.equal(await externalIdAt(ledger, given, [place]), '10001');
  for (const place of ['visma/tenant/71', 'visma/other/7', 'visma/other/'])
    assert.equal(await externalIdAt(ledger, given, [place]), undefined);
});

const strandedSince = async (before: Date, flow: string) => {
  const found: string[] = [];
  for await (const one of strandedDocuments(ledger, before)) if (one.flow === flow) found.push(one.id);
  return found;
};

test('what nothing has moved for a while is stranded, all of it, oldest first; members that wait for a file are not', async () => {
  const flow = 'acme/stranded';
  const long = await insertOne(ledger, newDocument('long', { flow }));
  await insertOne(ledger, newDocument('waits', { flow, batched: true, state: 'transformed' }));
  const more = Array.from({ length: 1001 }, (_, index) => newDocument(`long ${index}`, { flow }));
  const rows = await insertDocuments(ledger, more, provenance);
  const found = await strandedSince(new Date(Date.now() + 1000), flow);
  assert.deepEqual(found, [long.id, ...rows.map(({ id }) => id)]);
  assert.deepEqual(await strandedSince(new Date(Date.now() - 60_000), flow), []);
});

test('members join a file once, take its state together, and keep unbroken chains', async () => {
  const flow = 'acme/invoices-out';
  const waiting = Array.from({ length: 1200 }, (_, index) =>
    newDocument(`invoice ${index}`, { flow, batched: true, state: 'transformed' }),
  );
  const rows = await insertDocuments(ledger, waiting, provenance);
  const file = await insertOne(ledger, newDocument('out.csv', { flow }));
  const members = await membersWaiting(ledger, flow, 1100);
  assert.deepEqual(
    members,
    rows.slice(0, 1100).map(({ id }) => id),
  );

  await joinFile(ledger, file.id, members, provenance);
  await assert.rejects(joinFile(ledger, file.id, members.slice(0, 1), provenance), { code: 'INTENT_MOVED' });
  assert.equal((await membersWaiting(ledger, flow, 5000)).length, 100);

  await moveMembers(ledger, file.id, 'delivered', { step: 'delivered' }, provenance);
  await moveMembers(ledger, file.id, 'failed', { step: 'failed' }, provenance);
  assert.deepEqual(await membersOf(ledger, file.id), members);
  const states = await ledger.db
    .selectFrom('document')
    .select(['state', 'eventCount'])
    .distinct()
    .where('memberOf', '=', file.id)
    .execute();
  assert.deepEqual(states, [{ state: 'delivered', eventCount: 3 }]);
  assert.deepEqual(await findings(), []);
});

test('a batch names the documents it stored, and only those that were new', async () => {
  const run = { flow: FLOW, workflowId: 'sync', runId: 'names', configHash: CONFIG, plan: {}, cursor: undefined };
  const batch = await openBatch(ledger, run, provenance);
  const first = await insertOne(ledger, newDocument('named', { batchId: batch.id }));
  await insertDocuments(ledger, [newDocument('named', { batchId: batch.id })], provenance);
  const notes = await ledger.db
    .selectFrom('event')
    .select('detail')
    .where('subjectId', '=', batch.id)
    .where('step', '=', 'stored')
    .execute();
  assert.deepEqual(notes, [{ detail: { documents: [first.id] } }]);
});
