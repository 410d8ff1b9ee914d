import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { atRest, intentOf, replay, writes } from '../harness/deliveries.ts';
import { held, requestsFor } from '../harness/disturb.ts';
import { integrationText } from '../harness/integration.ts';
import { dropVendors } from '../harness/vendors.ts';

const connector = await withConnector();
const { admin } = connector.visma;
const windows = { sendWindow: '1s', targetLimit: '2s', margin: '500ms' };
/** Send window, limit and margin: before so long has passed, nothing that may have landed is sent again. */
const CONCLUSIVE_MS = 3_500;
const config = await connector.configure(integrationText(windows));

const CREATES = ['80001', '80002', '80003', '80004', '80005', '80006', '80008', '80009', '80010'];
const UPDATES = ['80101', '80102', '80103', '80104', '80105', '80106'];

function create(number: string) {
  return { method: 'POST', bodyIncludes: `Vendor ${number}` };
}

function update(number: string) {
  return { method: 'PUT', path: `/supplier/${number}$` };
}

async function documentOf(number: string) {
  const document = (await connector.documents('vendors-in')).findLast(({ sourceKey }) => sourceKey === number);
  assert.ok(document, `no document of ${number}`);
  return document;
}

async function recordOf(number: string): Promise<Record<string, unknown> | undefined> {
  const { entities } = await admin.state({ entity: 'supplier', key: number });
  return entities.supplier?.records?.[0];
}

async function commitsOf(number: string): Promise<string[]> {
  return (await writes(connector)).filter((write) => write.endsWith(` ${number}`));
}

async function millisecondsBetweenRequests(number: string): Promise<number> {
  const requests = (await admin.requests()).filter(({ body }) => JSON.stringify(body ?? '').includes(`"${number}"`));
  const [first, second] = requests.map(({ at }) => Date.parse(at));
  return (second ?? 0) - (first ?? 0);
}

/** A person changes the supplier while our request waits in the simulator. */
async function whileHeld(fault: string, act: () => Promise<unknown>): Promise<void> {
  await held(connector, fault);
  await act();
  await admin.release(fault);
}

// One run with a fault for each supplier: most of the time goes by in waiting, and so it goes by once.
before(async () => {
  // A held request is cut with a gateway's page after so long, as Visma.net cuts synchronous calls.
  await admin.setSettings({ syncLimitMs: 1_500 });
  await admin.seed({ suppliers: UPDATES.map((number) => ({ number, name: `Before ${number}` })) });
  await admin.addFaults(
    { kind: 'drop-after-commit', match: create('80001') },
    { kind: 'drop-before-commit', match: create('80002') },
    { kind: 'status', status: 502, match: create('80003') },
    { kind: 'status', status: 502, afterCommit: true, match: create('80004') },
    { kind: 'erp-error', message: 'The vat zone is not allowed.', times: 'always', match: create('80005') },
    { kind: 'status', status: 500, body: {}, match: create('80006') },
    { kind: '429', retryAfterSeconds: 1, times: 2, match: create('80008') },
    { id: 'taken', kind: 'hold-before-commit', match: create('80009') },
    { id: 'taken and lost', kind: 'hold-before-commit', match: create('80010') },
    { kind: 'drop-after-commit', match: update('80101') },
    { kind: 'drop-before-commit', match: update('80102') },
    { id: 'touched', kind: 'hold-before-commit', times: 2, match: update('80103') },
    { id: 'our field', kind: 'hold-after-commit', match: update('80104') },
    { id: 'their field', kind: 'hold-after-commit', match: update('80105') },
    { kind: 'erp-error', message: 'Another process has updated.', match: update('80106') },
  );
  await connector.startWorker();
  await dropVendors(
    connector,
    'faults.csv',
    [...CREATES, ...UPDATES].map((number) => ({ number, name: `Vendor ${number}` })),
  );
  const run = await connector.startSync('vendors-in', config);
  const touch = (key: string, changes: Record<string, string>) => admin.touch({ entity: 'supplier', key, changes });
  await Promise.all([
    run.result,
    whileHeld('taken', () => admin.seed({ suppliers: [{ number: '80009', name: 'Somebody else' }] })),
    whileHeld('touched', () => touch('80103', { vatRegistrationId: 'first' })).then(() =>
      whileHeld('touched', () => touch('80103', { vatRegistrationId: 'second' })),
    ),
    held(connector, 'our field').then(() => touch('80104', { name: 'Named by a person' })),
    held(connector, 'their field').then(() => touch('80105', { vatRegistrationId: 'by a person' })),
    held(connector, 'taken and lost').then(() =>
      admin.seed({ suppliers: [{ number: '80010', name: 'Somebody else' }] }),
    ),
  ]);
  await atRest(connector, 'vendors-in', 60_000);
});

test('a create whose answer is lost after the commit is found and adopted, not repeated', async () => {
  assert.deepEqual(await requestsFor(connector, '80001'), ['POST dropped']);
  assert.deepEqual(await commitsOf('80001'), ['create 80001']);
  assert.equal((await documentOf('80001')).state, 'delivered');
  assert.equal((await intentOf(connector, await documentOf('80001')))?.learnedBy, 'look-up');
});

test('a create that is lost before the commit is sent again, and not before nothing can land any more', async () => {
  assert.deepEqual(await requestsFor(connector, '80002'), ['POST dropped', 'POST 201']);
  const waitedMs = await millisecondsBetweenRequests('80002');
  assert.ok(waitedMs >= CONCLUSIVE_MS - 200, `sent again after ${waitedMs} ms`);
  assert.deepEqual(await commitsOf('80002'), ['create 80002']);
});

test('a page of a gateway says nothing: the record is looked up, whether it landed or not', async () => {
  assert.deepEqual(await requestsFor(connector, '80003'), ['POST 502', 'POST 201']);
  assert.deepEqual(await requestsFor(connector, '80004'), ['POST 502']);
  assert.deepEqual(await commitsOf('80003'), ['create 80003']);
  assert.deepEqual(await commitsOf('80004'), ['create 80004']);
});

test('a 500 with the same words twice is a refusal: the document fails and is not tried for ever', async () => {
  const document = await documentOf('80005');
  assert.deepEqual(await requestsFor(connector, '80005'), ['POST 500', 'POST 500']);
  assert.equal(document.state, 'failed');
  assert.equal(document.failure?.type, 'DataInvalid');
  assert.match(document.failure?.message ?? '', /The vat zone is not allowed/);
  assert.deepEqual(await commitsOf('80005'), []);
});

test('a 500 without words, or with words once, is looked up and sent again', async () => {
  assert.deepEqual(await requestsFor(connector, '80006'), ['POST 500', 'POST 201']);
  assert.deepEqual(await requestsFor(connector, '80106'), ['PUT 500', 'PUT 204']);
  assert.deepEqual(await commitsOf('80106'), ['update 80106']);
});

test('after 429s a write waits as long as it is told and then passes', async () => {
  assert.deepEqual(await requestsFor(connector, '80008'), ['POST 429', 'POST 429', 'POST 201']);
  assert.deepEqual(await commitsOf('80008'), ['create 80008']);
});

test('a number that somebody else took meanwhile: the create is refused, and their supplier gets the values', async () => {
  assert.deepEqual(await commitsOf('80009'), ['update 80009']);
  assert.equal((await recordOf('80009'))?.name, 'Vendor 80009');
  assert.equal((await documentOf('80009')).state, 'delivered');
});

test('a create whose answer is lost while somebody took its number is for a person to look at', async () => {
  assert.deepEqual(await requestsFor(connector, '80010'), ['POST 504']);
  assert.deepEqual(await commitsOf('80010'), []);
  const document = await documentOf('80010');
  assert.equal(document.state, 'failed');
  assert.equal(document.failure?.code, 'SUPPLIER_EXISTS');
});

test('an update whose answer is lost is adopted when it is there, and sent again when it is not', async () => {
  assert.deepEqual(await requestsFor(connector, '80101'), ['PUT dropped']);
  assert.deepEqual(await requestsFor(connector, '80102'), ['PUT dropped', 'PUT 204']);
  assert.deepEqual(await commitsOf('80101'), ['update 80101']);
  assert.deepEqual(await commitsOf('80102'), ['update 80102']);
});

test('a record that is touched twice meanwhile is read anew each time, and nobody is overwritten', async () => {
  assert.deepEqual(await requestsFor(connector, '80103'), ['PUT 412', 'PUT 412', 'PUT 204']);
  const record = await recordOf('80103');
  assert.equal(record?.name, 'Vendor 80103');
  assert.equal(record?.vatRegistrationId, 'second');
});

test('after a lost answer a person changed the record: a field of ours is set again, another is left', async () => {
  assert.deepEqual(await commitsOf('80104'), ['update 80104', 'update 80104']);
  assert.equal((await recordOf('80104'))?.name, 'Vendor 80104');
  assert.deepEqual(await commitsOf('80105'), ['update 80105']);
  assert.equal((await recordOf('80105'))?.vatRegistrationId, 'by a person');
  assert.equal((await intentOf(connector, await documentOf('80105')))?.learnedBy, 'look-up');
});

test('version 1 that is tried again after version 2 went out is superseded and writes nothing', async () => {
  await admin.addFaults({ kind: 'erp-error', status: 400, message: 'Not now.', match: { bodyIncludes: 'Version 1' } });
  await dropVendors(connector, 'v1.csv', [{ number: '80201', name: 'Version 1' }]);
  await connector.sync('vendors-in', config);
  await atRest(connector, 'vendors-in');
  const first = await documentOf('80201');
  assert.equal(first.state, 'failed');
  await dropVendors(connector, 'v2.csv', [{ number: '80201', name: 'Version 2' }]);
  await connector.sync('vendors-in', config);
  await atRest(connector, 'vendors-in');
  await replay(connector, first);

  assert.deepEqual(await commitsOf('80201'), ['create 80201']);
  assert.equal((await recordOf('80201'))?.name, 'Version 2');
  const documents = (await connector.documents('vendors-in')).filter(({ sourceKey }) => sourceKey === '80201');
  assert.deepEqual(
    documents.map(({ state }) => state),
    ['superseded', 'delivered'],
  );
});

test('a token that expires in the middle is renewed, and the write goes on at once', async () => {
  await admin.addFaults({ kind: 'expire-tokens', match: create('80301') });
  await dropVendors(connector, 'expired.csv', [{ number: '80301', name: 'Vendor 80301' }]);
  await connector.sync('vendors-in', config);
  await atRest(connector, 'vendors-in');
  assert.deepEqual(await requestsFor(connector, '80301'), ['POST 401', 'POST 201']);
  assert.equal((await documentOf('80301')).state, 'delivered');
});
