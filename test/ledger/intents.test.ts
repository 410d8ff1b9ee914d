import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { pauseFlow, resumeFlow } from '../../ledger/brakes.ts';
import { blockConnection, pauseConnection, resumeConnection, setSecrets } from '../../ledger/connections.ts';
import type { Ledger } from '../../ledger/database.ts';
import { msUntilSettled, permitSend, planIntent, settleIntent } from '../../ledger/intents.ts';
import type { DocumentRow, IntentRow } from '../../ledger/schema.ts';
import { intentToken } from '../../ledger/tokens.ts';
import { FLOW, insertOne, newDocument, provenance, withLedger } from './rig.ts';

const { ledger, open, findings } = await withLedger();
const target = 'acme/visma';
const place = ['visma/company/'];

let keys = 0;
const planned = async (more: { sourceKey?: string; sourceVersion?: string; targetKey?: string } = {}) => {
  keys += 1;
  const sourceKey = more.sourceKey ?? `key ${keys}`;
  const document = await insertOne(ledger, newDocument(sourceKey, { sourceVersion: more.sourceVersion ?? '1' }));
  const plan = { document, step: 'supplier', target, targetKey: more.targetKey ?? `supplier/${sourceKey}`, place };
  const { intent } = await planIntent(ledger, plan, provenance);
  return { document, intent };
};

const send = (document: DocumentRow, intent: IntentRow, by: Ledger = ledger, stillHolds?: () => Promise<boolean>) =>
  permitSend(
    by,
    {
      to: 'sent',
      intent,
      document,
      requestHash: Buffer.from('r'),
      sendWindowMs: 2000,
      place,
      ...(stillHolds ? { stillHolds } : {}),
    },
    provenance,
  );

const sentOf = async (permit: ReturnType<typeof send>) => {
  const answer = await permit;
  assert.ok(answer.outcome === 'permitted');
  return answer.intent;
};

const settle = (intent: IntentRow, to: 'planned' | 'confirmed' | 'uncertain' | 'rejected') =>
  settleIntent(ledger, intent, to, {}, { step: to }, provenance);

test('every attempt meets the same intent, also two at once', async () => {
  const { document, intent } = await planned();
  const plan = { document, step: 'supplier', target, targetKey: intent.targetKey, place };
  const others = await Promise.all([planIntent(ledger, plan, provenance), planIntent(await open(), plan, provenance)]);
  assert.deepEqual(
    others.map((other) => other.intent.token),
    [intent.token, intent.token],
  );
  assert.match(intent.token, /^[A-Z2-7]{12}$/);
});

test('the token depends on the business identity, each part of it, and on nothing else', () => {
  const identity = fc.record({
    target: fc.string(),
    flow: fc.string(),
    sourceKey: fc.string(),
    sourceVersion: fc.string(),
    step: fc.string(),
    generation: fc.nat(5),
  });
  const property = fc.property(identity, identity, (one, two) => {
    assert.equal(intentToken({ ...one }), intentToken(one));
    assert.equal(intentToken(one) === intentToken(two), JSON.stringify(one) === JSON.stringify(two));
  });
  fc.assert(property, { numRuns: 300 });
});

test('of ten attempts that want to send at once, one may', async () => {
  const { document, intent } = await planned();
  const other = await open();
  const attempts = Array.from({ length: 10 }, (_, index) => send(document, intent, index % 2 ? ledger : other));
  const ends = await Promise.allSettled(attempts);
  assert.equal(ends.filter(({ status }) => status === 'fulfilled').length, 1);
  const codes = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.code] : []));
  assert.deepEqual(new Set(codes), new Set(['INTENT_MOVED']));
  assert.deepEqual(await findings(), []);
});

test('an attempt that comes back after the intent was sent anew cannot settle it', async () => {
  const { document, intent } = await planned();
  const first = await sentOf(send(document, intent));
  const again = await settle(first, 'planned');
  const second = await sentOf(send(document, again));
  assert.equal(second.attempt, 2);
  await assert.rejects(settle(first, 'confirmed'), { code: 'INTENT_MOVED' });
  assert.equal((await settle(second, 'confirmed')).state, 'confirmed');
});

test('only what is planned is sent, whatever the attempt believes', async () => {
  const { document, intent } = await planned();
  const rejected = await settle(await sentOf(send(document, intent)), 'rejected');
  await assert.rejects(send(document, rejected), { code: 'INTENT_MOVED' });
});

test('while the outcome of one write is open or uncertain, no other goes to the same record', async () => {
  const targetKey = 'supplier/shared';
  const [one, two] = [await planned({ targetKey }), await planned({ targetKey })];
  const sent = await sentOf(send(one.document, one.intent));
  await assert.rejects(send(two.document, two.intent), { code: 'TARGET_BUSY', type: 'QuotaDeferred' });
  const uncertain = await settle(sent, 'uncertain');
  await assert.rejects(send(two.document, two.intent), { code: 'TARGET_BUSY' });
  await settle(uncertain, 'confirmed');
  assert.equal((await send(two.document, two.intent)).outcome, 'permitted');
});

test('two documents that want the same record at the same moment take turns', async () => {
  const targetKey = 'supplier/raced';
  const both = [await planned({ targetKey }), await planned({ targetKey })];
  const ends = await Promise.allSettled(both.map(({ document, intent }) => send(document, intent)));
  assert.deepEqual(ends.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});

test('of two attempts at one document, by connections of two names, one may send', async () => {
  const { document, intent } = await planned();
  const plan = { document, step: 'supplier', target: 'acme/renamed', targetKey: intent.targetKey, place };
  const renamed = await planIntent(ledger, plan, provenance);
  const other = await open();
  const permits = await Promise.allSettled([send(document, intent), send(document, renamed.intent, other)]);
  const refused = permits.filter((permit) => permit.status === 'rejected').map(({ reason }) => reason.code);
  assert.deepEqual(refused, ['INTENT_MOVED']);
});

test('a document whose key has a newer version is not sent', async () => {
  const older = await planned({ sourceKey: 'versioned', sourceVersion: '1' });
  const newer = await planned({ sourceKey: 'versioned', sourceVersion: '2' });
  assert.equal((await send(older.document, older.intent)).outcome, 'superseded');
  assert.equal((await send(newer.document, newer.intent)).outcome, 'permitted');
});

test('a request built from what does not hold any more is not sent', async () => {
  const { document, intent } = await planned();
  await assert.rejects(
    send(document, intent, ledger, async () => false),
    { code: 'INTENT_MOVED' },
  );
  assert.equal((await send(document, intent, ledger, async () => true)).outcome, 'permitted');
});

test('a paused flow or connection sends nothing until it is resumed', async () => {
  const { document, intent } = await planned();
  await pauseFlow(ledger, FLOW, 'year end', 'test');
  await assert.rejects(send(document, intent), { code: 'FLOW_PAUSED' });
  assert.equal(await resumeFlow(ledger, FLOW), true);
  assert.equal(await resumeFlow(ledger, FLOW), false);
  await pauseConnection(ledger, target, 'year end');
  await assert.rejects(send(document, intent), { code: 'CONNECTION_HELD' });
  await resumeConnection(ledger, target);
  assert.equal((await send(document, intent)).outcome, 'permitted');
});

test('refused credentials block a connection once, and new ones let it go on', async () => {
  const connection = 'acme/blocked';
  await setSecrets(ledger, connection, { clientSecret: 'old' });
  const used = new Date();
  assert.equal(await blockConnection(ledger, connection, used, 'refused'), true);
  assert.equal(await blockConnection(ledger, connection, used, 'refused'), false);
  await setSecrets(ledger, connection, { clientSecret: 'new' });
  const stale = new Date(used.getTime() - 1);
  assert.equal(await blockConnection(ledger, connection, stale, 'refused with the old ones'), false);
});

test('new credentials do not open what an operator has paused', async () => {
  await pauseConnection(ledger, 'acme/paused', 'audit');
  await setSecrets(ledger, 'acme/paused', { clientSecret: 'new' });
  const row = await ledger.db
    .selectFrom('connection')
    .select('latch')
    .where('name', '=', 'acme/paused')
    .executeTakeFirst();
  assert.equal(row?.latch, 'paused');
  await resumeConnection(ledger, 'acme/paused');
});

test('a lost answer is settled when send window, target limit and margin have passed since it was sent', async () => {
  const { document, intent } = await planned();
  const sent = await sentOf(send(document, intent));
  const left = await msUntilSettled(ledger, sent, 5000);
  assert.ok(left > 6000 && left <= 7000, `${left}`);
  assert.ok((await msUntilSettled(ledger, sent, -2100)) <= 0);
});
