import assert from 'node:assert/strict';
import test from 'node:test';
import { withConnector } from '../harness/connector.ts';
import { atRest, replay, writes } from '../harness/deliveries.ts';
import { held } from '../harness/disturb.ts';
import { integrationText } from '../harness/integration.ts';

const connector = await withConnector();
const { visma } = connector;
const config = await connector.configure(integrationText());
await connector.startWorker();

const HEADER = 'Vendor No;Name;City;Country;Email\r\n';

/** Windows-1252 has these letters where Latin-1 has them. */
function encoded(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** Drops a file, runs the flow and waits until everything rests; returns what this file has written to Visma.net. */
async function takeIn(name: string, text: string, hash = config): Promise<string[]> {
  const before = await writes(connector);
  await connector.drop(`/inbound/vendors/${name}`, encoded(text));
  assert.equal(await connector.sync('vendors-in', hash), 'closed');
  await atRest(connector, 'vendors-in');
  return (await writes(connector)).slice(before.length);
}

async function documentsOf(key: string) {
  return (await connector.documents('vendors-in')).filter(({ sourceKey }) => sourceKey === key);
}

async function stepsOf(documentId: string): Promise<string[]> {
  const events = await connector.ledger.db
    .selectFrom('event')
    .select('step')
    .where('subjectId', '=', documentId)
    .orderBy('sequence')
    .execute();
  return events.map(({ step }) => step);
}

test('a vendor file becomes suppliers: new ones created, changed ones updated, equal ones left alone', async () => {
  await visma.admin.seed({
    suppliers: [
      { number: '50001', name: 'Fjord AS', mainAddress: { city: 'Bergen', country: 'NO' } },
      { number: '50002', name: 'Berg AB', mainAddress: { city: 'Kiruna', country: 'SE' } },
    ],
  });
  const rows =
    '50001;Fjord AS;Oslo;Norway;\r\n50002;Berg AB;Kiruna;Sweden;\r\n50003;Blåbær ÆØÅ;Odense;Denmark;post@blaa.test\r\n';

  const written = await takeIn('vendors.csv', HEADER + rows);

  assert.deepEqual(written.sort(), ['create 50003', 'update 50001']);
  const documents = await connector.documents('vendors-in');
  assert.deepEqual(
    documents.map(({ kind, sourceKey, state }) => `${kind} ${sourceKey} ${state}`),
    [
      'InboundFile inbound/vendors/vendors.csv delivered',
      'Supplier 50001 delivered',
      'Supplier 50002 skipped',
      'Supplier 50003 delivered',
    ],
  );
  assert.deepEqual(
    (await connector.files()).map(({ path }) => path),
    ['/archive/vendors/vendors.csv'],
  );
});

/** 200 rows: names of every kind a partner sends, one country Visma.net does not know, one name that is missing. */
function twoHundredRows(): { readonly text: string; readonly names: ReadonlyMap<string, string> } {
  const shapes = [
    (index: number) => `Blåbær & Øl ${index} AS`,
    (index: number) => `Ångström Häst Över ${index} AB`,
    (index: number) => `Erste; "Zweite" ${index}`,
    (index: number) => `Two\r\nlines ${index}`,
    (index: number) => `Plain ${index}`,
  ];
  const names = new Map<string, string>();
  const lines = Array.from({ length: 200 }, (_, index) => {
    const number = String(60_000 + index);
    const name = index === 117 ? '' : (shapes[index % shapes.length]?.(index) ?? '');
    names.set(number, name);
    const cell = /[";\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
    return `${number};${cell};Oslo;${index === 42 ? 'Kosovo' : 'Norway'};\r\n`;
  });
  return { text: HEADER + lines.join(''), names };
}

const { text: twoHundred, names } = twoHundredRows();

test('of 200 rows with two bad ones 198 become suppliers, names byte by byte, and two fail by row and field', async () => {
  const written = await takeIn('two-hundred.csv', twoHundred);

  assert.equal(written.length, 198);
  assert.equal(new Set(written).size, 198);
  const { entities } = await visma.admin.state({ entity: 'supplier' });
  const inVisma = new Map(entities.supplier?.records?.map(({ number, name }) => [number, name]));
  for (const [number, name] of names) {
    const isBad = number === '60042' || number === '60117';
    assert.equal(inVisma.get(number), isBad ? undefined : name);
  }
  const failed = (await connector.documents('vendors-in')).filter(({ state }) => state === 'failed');
  assert.deepEqual(failed.map(({ sourceKey }) => sourceKey).sort(), ['60042', '60117']);
  const [unknownCountry] = await documentsOf('60042');
  assert.equal(unknownCountry?.failure?.code, 'VISMA_REFUSED');
  assert.match(unknownCountry?.failure?.message ?? '', /CountryID 'XK' cannot be found/);
  assert.equal(unknownCountry?.origin?.record, 43);
  const [noName] = await documentsOf('60117');
  assert.equal(noName?.failure?.code, 'SUPPLIER_ROW_INVALID');
  assert.match(noName?.failure?.message ?? '', /record 118: name \(column Name\) must not be empty/);
  assert.ok(noName?.failure?.next);
});

test('the same file again posts nothing, and under another name it is recorded as a repeat', async () => {
  assert.deepEqual(await takeIn('two-hundred.csv', twoHundred), []);
  assert.deepEqual(await takeIn('another-name.csv', twoHundred), []);

  const [repeat] = await documentsOf('inbound/vendors/another-name.csv');
  assert.equal(repeat?.state, 'skipped');
  assert.ok((await stepsOf(repeat?.id ?? '')).includes('repeat'));
  const paths = (await connector.files()).map(({ path }) => path);
  assert.ok(paths.includes('/archive/vendors/another-name.csv'));
  assert.equal(paths.filter((path) => path.includes('inbound')).length, 0);
});

test('a failed row is replayed after its cause is mended, in Visma.net or in the map, and goes through', async () => {
  const [unknownCountry] = await documentsOf('60042');
  assert.ok(unknownCountry);
  await visma.admin.seed({ references: { countries: ['XK'] } });
  await replay(connector, unknownCountry);
  assert.equal((await documentsOf('60042'))[0]?.state, 'delivered');

  await takeIn('freedonia.csv', `${HEADER}61000;Marx Bros;Capital;Freedonia;\r\n`);
  const [unmapped] = await documentsOf('61000');
  assert.equal(unmapped?.state, 'failed');
  const mended = await connector.configure(integrationText({ countries: { Freedonia: 'DK' } }));
  await replay(connector, unmapped, mended);
  const [delivered] = await documentsOf('61000');
  assert.equal(delivered?.state, 'delivered', JSON.stringify(delivered?.failure));
  assert.equal(delivered?.failure, null);
  assert.deepEqual((await writes(connector)).slice(-2), ['create 60042', 'create 61000']);
});

test('a vendor that changes and changes back is posted three times', async () => {
  const row = (city: string) => `${HEADER}62000;Pendel AS;${city};Norway;\r\n`;
  assert.deepEqual(await takeIn('a.csv', row('Bergen')), ['create 62000']);
  assert.deepEqual(await takeIn('b.csv', row('Molde')), ['update 62000']);
  assert.deepEqual(await takeIn('a-again.csv', row('Bergen')), ['update 62000']);
});

test('a vendor that changes back while its change is still on its way ends as the last file says', async () => {
  const row = (city: string) => `${HEADER}63000;Retur AS;${city};Norway;\r\n`;
  await takeIn('c.csv', row('Bergen'));
  await visma.admin.addFaults({ id: 'put', kind: 'hold-before-commit', match: { method: 'PUT' } });
  await connector.drop('/inbound/vendors/d.csv', row('Molde'));
  await connector.sync('vendors-in', config);
  await held(connector, 'put');
  await connector.drop('/inbound/vendors/c-again.csv', row('Bergen'));
  await connector.sync('vendors-in', config);
  await visma.admin.release('put');
  await atRest(connector, 'vendors-in');

  const { entities } = await visma.admin.state({ entity: 'supplier', key: '63000' });
  assert.match(JSON.stringify(entities.supplier?.records?.[0]?.mainAddress), /"city":"Bergen"/);
});
