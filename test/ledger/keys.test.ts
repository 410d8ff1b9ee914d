import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { storeBody } from '../../ledger/bodies.ts';
import { getSecrets, setSecrets } from '../../ledger/connections.ts';
import { inTransaction } from '../../ledger/database.ts';
import { noteOnDocument } from '../../ledger/documents.ts';
import { openLedger } from '../../ledger/open.ts';
import { readBytes } from '../../ledger/read-bodies.ts';
import { insertOne, newDocument, provenance, withLedger } from './rig.ts';

const { ledger, open, url, masterKey, findings, asOwner } = await withLedger();
const newMaster = () => randomBytes(32).toString('base64');

test('two workers that need a new key at once get the same one', async () => {
  const others = await Promise.all([open(), open(), open()]);
  for (let round = 0; round < 5; round += 1) {
    const keys = await Promise.all(others.map(({ keys }) => keys.keyFor(`connection:new ${round}`)));
    assert.ok(keys.every((key) => key.equals(keys[0] ?? Buffer.alloc(0))));
  }
});

test('every purpose has a key of its own, and none stands in the database in clear', async () => {
  const [one, two] = [await ledger.keys.keyFor('connection:one'), await ledger.keys.keyFor('connection:two')];
  assert.equal(one.length, 32);
  assert.ok(!one.equals(two));
  const rows = await asOwner('select wrapped from data_key');
  assert.ok(rows.every(({ wrapped }) => !(wrapped as Buffer).includes(one) && !(wrapped as Buffer).includes(two)));
});

test('more transactions than there are connections get keys they do not know yet', async () => {
  const other = await open({ maxConnections: 4 });
  const transactions = Array.from({ length: 12 }, async (_, index) => {
    const { id } = await insertOne(other, newDocument(`crowd ${index}`));
    const place = { documentId: id, role: 'original' as const, connection: `crowd ${index}` };
    await inTransaction(other, (tx) => storeBody(tx, place, [Buffer.from('bytes')]));
  });
  const began = performance.now();
  await Promise.all(transactions);
  assert.ok(performance.now() - began < 8000, 'nobody waited for a connection that never came');
});

test('a master key is exchanged while workers run: both keys are live until everything is wrapped anew', async () => {
  await setSecrets(ledger, 'acme/visma', { clientSecret: 'known' });
  const { id } = await insertOne(ledger, newDocument('sealed before'));
  const place = { documentId: id, role: 'original' as const };
  await storeBody(ledger, { ...place, connection: 'acme/visma' }, [Buffer.from('before')]);

  const next = newMaster();
  const between = await open({ masterKey: next, previousMasterKey: masterKey });
  assert.deepEqual((await getSecrets(between, 'acme/visma'))?.secrets, { clientSecret: 'known' });
  const keysBefore = (await asOwner('select purpose from data_key')).length;
  await between.keys.keyFor('connection:made between');
  assert.equal(await between.keys.rewrapAll(), keysBefore);
  assert.equal(await between.keys.rewrapAll(), 0);

  const after = await open({ masterKey: next });
  assert.deepEqual((await getSecrets(after, 'acme/visma'))?.secrets, { clientSecret: 'known' });
  assert.equal((await readBytes(after, place)).toString(), 'before');
  await noteOnDocument(after, id, { step: 'after the exchange' }, provenance);
  assert.deepEqual(await findings(), []);
  await assert.rejects(open(), { code: 'MASTER_KEY_UNKNOWN' });
  await after.keys.rewrapAll();
  const back = await open({ masterKey, previousMasterKey: next });
  await back.keys.rewrapAll();
});

test('a ledger is not opened with a key that is not its own, or none', async () => {
  await assert.rejects(openLedger({ databaseUrl: url, masterKey: newMaster() }), { code: 'MASTER_KEY_UNKNOWN' });
  await assert.rejects(openLedger({ databaseUrl: url, masterKey: 'short' }), { code: 'MASTER_KEY_INVALID' });
});

test('secrets are sealed for their connection and for no other', async () => {
  await setSecrets(ledger, 'acme/partner', { password: 'hunter2' });
  await setSecrets(ledger, 'acme/copy', { password: 'else' });
  const rows = await asOwner(`select encode(secrets, 'escape') as text from connection`);
  assert.ok(rows.every(({ text }) => !String(text).includes('hunter2')));
  await asOwner(
    `update connection set secrets = (select secrets from connection where name = 'acme/partner') where name = 'acme/copy'`,
  );
  await assert.rejects(getSecrets(ledger, 'acme/copy'), { code: 'LEDGER_SEAL_BROKEN' });
  assert.equal(await getSecrets(ledger, 'acme/unknown'), undefined);
});
