import assert from 'node:assert/strict';
import test from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { atRest, intentOf, writes } from '../harness/deliveries.ts';
import { held } from '../harness/disturb.ts';
import { integrationText } from '../harness/integration.ts';
import { dropVendors, type VendorRow } from '../harness/vendors.ts';

const connector = await withConnector();
const { admin } = connector.visma;
const config = await connector.configure(integrationText({ numbering: 'automatic' }));
await admin.setSettings({ supplierNumbering: 'automatic' });
await connector.startWorker();

async function takeIn(name: string, rows: readonly VendorRow[]): Promise<void> {
  await dropVendors(connector, name, rows);
  await connector.sync('vendors-in', config);
  await atRest(connector, 'vendors-in');
}

async function documentOf(number: string) {
  const document = (await connector.documents('vendors-in')).findLast(({ sourceKey }) => sourceKey === number);
  assert.ok(document, `no document of ${number}`);
  return document;
}

/** The suppliers in Visma.net with this name; the numbers are Visma.net's own. */
async function named(name: string) {
  const { entities } = await admin.state({ entity: 'supplier' });
  return (entities.supplier?.records ?? []).filter((record) => record.name === name);
}

test('under an automatic series a lost create is found by the token in accountReference, or sent again', async () => {
  await admin.addFaults(
    { kind: 'drop-after-commit', match: { method: 'POST', bodyIncludes: 'Landed' } },
    { kind: 'drop-before-commit', match: { method: 'POST', bodyIncludes: 'Vanished' } },
  );
  await takeIn('lost.csv', [
    { number: 'V1', name: 'Landed AS' },
    { number: 'V2', name: 'Vanished AS' },
    { number: 'V3', name: 'Plain AS' },
  ]);
  for (const name of ['Landed AS', 'Vanished AS', 'Plain AS']) assert.equal((await named(name)).length, 1, name);
  const document = await documentOf('V1');
  const intent = await intentOf(connector, document);
  const [landed] = await named('Landed AS');
  assert.equal(intent?.learnedBy, 'look-up');
  assert.equal(landed?.accountReference, intent?.token);
  assert.equal(document.externalId, landed?.number);
});

test('what the series has numbered is updated under that number, and never created a second time', async () => {
  const before = (await writes(connector)).length;
  await takeIn('changed.csv', [
    { number: 'V1', name: 'Landed AS', city: 'Bergen' },
    { number: 'V2', name: 'Vanished AS' },
  ]);
  const [landed, ...others] = await named('Landed AS');
  assert.deepEqual(others, []);
  assert.deepEqual((await writes(connector)).slice(before), [`update ${landed?.number}`]);
});

test('a second version waits while the first is on its way, and updates what the first has made', async () => {
  await admin.addFaults({ id: 'first', kind: 'hold-after-commit', match: { method: 'POST', bodyIncludes: 'Twofold' } });
  await dropVendors(connector, 'first.csv', [{ number: 'V4', name: 'Twofold AS' }]);
  await connector.sync('vendors-in', config);
  await held(connector, 'first');
  await dropVendors(connector, 'second.csv', [{ number: 'V4', name: 'Twofold AS', city: 'Molde' }]);
  await connector.sync('vendors-in', config);
  await admin.release('first');
  await atRest(connector, 'vendors-in');
  const [only, ...others] = await named('Twofold AS');
  assert.deepEqual(others, []);
  assert.equal((only?.mainAddress as { city?: string } | undefined)?.city, 'Molde');
});

test('without the token a supplier with the same fields may be ours or not: a person decides', async () => {
  await admin.setSettings({ syncLimitMs: 900 });
  await admin.addFaults({ id: 'lost', kind: 'hold-before-commit', match: { method: 'POST', bodyIncludes: 'Twin' } });
  await dropVendors(connector, 'twin.csv', [{ number: 'V5', name: 'Twin AS' }]);
  await connector.sync('vendors-in', config);
  await held(connector, 'lost');
  await admin.seed({
    suppliers: [{ number: '99001', name: 'Twin AS', mainAddress: { city: 'Oslo', country: 'NO' } }],
  });
  await atRest(connector, 'vendors-in');
  const document = await documentOf('V5');
  assert.equal(document.state, 'uncertain');
  assert.equal(document.failure?.code, 'OUTCOME_UNCERTAIN');
  assert.equal((await named('Twin AS')).length, 1);
});

test('a create by the series whose answer is lost is looked for by its token, also when the flow gives the numbers by now', async () => {
  const text = (numbering: 'automatic' | 'override') =>
    integrationText({ numbering }).replace('timeout: 10s', 'timeout: 2s');
  const former = await connector.configure(text('automatic'));
  await admin.addFaults({ id: 'former', kind: 'hold-after-commit', match: { method: 'POST', bodyIncludes: 'Former' } });
  await dropVendors(connector, 'former.csv', [{ number: '97001', name: 'Former AS' }]);
  await connector.sync('vendors-in', former);
  await held(connector, 'former');
  await connector.configure(text('override'));
  await atRest(connector, 'vendors-in');
  const [only, ...others] = await named('Former AS');
  assert.deepEqual(others, []);
  const { state, externalId } = await documentOf('97001');
  assert.deepEqual([state, externalId], ['delivered', only?.number]);
});

test('a create whose answer does not say the number is looked for by its token', async () => {
  await admin.addFaults({
    kind: 'status',
    status: 201,
    body: {},
    afterCommit: true,
    match: { method: 'POST', bodyIncludes: 'Nameless' },
  });
  await takeIn('nameless.csv', [{ number: 'V7', name: 'Nameless AS' }]);
  const [only, ...others] = await named('Nameless AS');
  assert.deepEqual(others, []);
  const { state, externalId } = await documentOf('V7');
  assert.deepEqual([state, externalId], ['delivered', only?.number]);
});

test('a number that one company has given is none in another: there the supplier is new', async () => {
  await takeIn('here.csv', [{ number: 'V6', name: 'Moving AS' }]);
  const [given] = await named('Moving AS');
  const elsewhere = await connector.configure(
    integrationText({ numbering: 'automatic' }).replace(/tenantId: 1{8}/, 'tenantId: 22222222'),
  );
  await admin.setCredentials({ tenantId: '22222222-1111-1111-1111-111111111111' });
  // What has that number there is somebody else.
  await admin.touch({ entity: 'supplier', key: String(given?.number), changes: { name: 'Other AS' } });
  const before = (await writes(connector)).length;
  await dropVendors(connector, 'there.csv', [{ number: 'V6', name: 'Moving AS', city: 'Voss' }]);
  await connector.sync('vendors-in', elsewhere);
  await atRest(connector, 'vendors-in');
  const created = (await named('Moving AS'))[0]?.number;
  assert.deepEqual((await writes(connector)).slice(before), [`create ${created}`]);

  await dropVendors(connector, 'there again.csv', [{ number: 'V6', name: 'Moving AS', city: 'Odda' }]);
  await connector.sync('vendors-in', elsewhere);
  await atRest(connector, 'vendors-in');
  assert.equal((await writes(connector)).at(-1), `update ${created}`);
});
