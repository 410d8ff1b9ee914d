import assert from 'node:assert/strict';
import test from 'node:test';
import { storeBody } from '../../ledger/bodies.ts';
import { moveDocument } from '../../ledger/documents.ts';
import { eventsOf } from '../../ledger/queries/timeline.ts';
import { bodyHead, readBytes } from '../../ledger/read-bodies.ts';
import { forgetBodies } from '../../ledger/retention.ts';
import type { DocumentRow, DocumentState } from '../../ledger/schema.ts';
import { insertOne, newDocument, provenance, withLedger } from './rig.ts';

const DAY_MS = 86_400_000;
const START = Date.now();
let at = START;
const { ledger, asOwner, findings } = await withLedger(() => new Date(at));
const TEXT = 'Vendor No;Name\r\n50001;Fjord AS\r\n';

/** A document with an original, moved to a state now. */
async function kept(
  key: string,
  state: DocumentState,
  more: Parameters<typeof newDocument>[1] = {},
): Promise<DocumentRow> {
  const document = await insertOne(ledger, newDocument(key, more));
  await storeBody(ledger, { documentId: document.id, role: 'original', connection: 'acme/partner' }, [
    Buffer.from(TEXT),
  ]);
  if (state !== 'received') await move(document, state);
  return document;
}

async function move({ id }: DocumentRow, state: DocumentState): Promise<void> {
  await moveDocument(ledger, id, { state }, { step: state }, provenance);
}

/** Lets days pass, then forgets what is older than `keepDays`. */
async function after(days: number, keepDays: number): Promise<number> {
  at += days * DAY_MS;
  const before = new Date(at - keepDays * DAY_MS);
  return forgetBodies(ledger, { integration: 'acme', before }, provenance, () => undefined);
}

const original = ({ id }: DocumentRow) => readBytes(ledger, { documentId: id, role: 'original' });
const isForgotten = (document: DocumentRow) =>
  original(document).then(
    () => false,
    (error: { code?: string }) => error.code === 'LEDGER_BODY_FORGOTTEN',
  );

test('a body is forgotten when its time has come; its hash stays, and the record is whole', async () => {
  const document = await kept('50001', 'delivered');
  const { sha256 } = await bodyHead(ledger, { documentId: document.id, role: 'original' });
  assert.equal(await after(300, 400), 0);
  assert.equal((await original(document)).toString(), TEXT);
  assert.equal(await after(101, 400), 1);
  await assert.rejects(original(document), { code: 'LEDGER_BODY_FORGOTTEN', message: /was forgotten on .*keepBodies/ });
  const [row] = await asOwner('select sha256, byte_size from body where document_id = $1', [document.id]);
  assert.deepEqual(row, { sha256, byte_size: String(TEXT.length) });
  assert.deepEqual(await asOwner('select 1 from body_chunk where document_id = $1', [document.id]), []);
  assert.deepEqual((await eventsOf(ledger, document.id)).at(-1)?.detail, { original: sha256.toString('hex') });
  assert.deepEqual(await findings(), []);
  assert.equal(await after(0, 400), 0);
});

test('what is not done keeps its body however old it is, and so does another integration', async () => {
  const states = ['received', 'transformed', 'posted', 'failed', 'uncertain'] as const;
  const documents = await Promise.all(states.map((state) => kept(`open ${state}`, state)));
  documents.push(await kept('theirs', 'delivered', { flow: 'acme-two/vendors-in' }));
  assert.equal(await after(5_000, 1), 0);
  for (const document of documents) assert.equal(await isForgotten(document), false, document.sourceKey);
});

test('a document that moved lately is not old, however long ago it came', async () => {
  const document = await kept('late', 'failed');
  at += 1_000 * DAY_MS;
  await move(document, 'delivered');
  assert.equal(await after(1, 30), 0);
  assert.equal(await after(30, 30), 1);
});

test('a file is kept as long as one of its records is open or young', async () => {
  const file = await kept('vendors.csv', 'delivered', { kind: 'InboundFile' });
  const record = await insertOne(ledger, newDocument('50009', { parentId: file.id }));
  assert.equal(await after(100, 30), 0);
  await move(record, 'delivered');
  assert.equal(await after(29, 30), 0);
  assert.equal(await isForgotten(file), false);
  assert.equal(await after(2, 30), 1);
  assert.equal(await isForgotten(file), true);
});

test('two that forget at once forget each body once', async () => {
  const documents = await Promise.all(Array.from({ length: 20 }, (_, index) => kept(`many ${index}`, 'skipped')));
  at += 100 * DAY_MS;
  const counts = await Promise.all([after(0, 30), after(0, 30)]);
  assert.equal(counts[0]! + counts[1]!, 20);
  for (const { id } of documents) {
    const steps = (await eventsOf(ledger, id)).map(({ step }) => step);
    assert.equal(steps.filter((step) => step === 'bodies forgotten').length, 1);
  }
  assert.deepEqual(await findings(), []);
});

test('a body that is stored anew is there again', async () => {
  const document = await kept('anew', 'delivered');
  assert.equal(await after(100, 30), 1);
  await storeBody(ledger, { documentId: document.id, role: 'original', connection: 'acme/partner' }, [
    Buffer.from(TEXT),
  ]);
  assert.equal((await original(document)).toString(), TEXT);
});
