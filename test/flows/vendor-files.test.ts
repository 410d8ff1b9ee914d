import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withConnector } from '../harness/connector.ts';
import { atRest, replay, writes } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';

const connector = await withConnector();
const config = await connector.configure(integrationText({ maxFile: '11MiB' }));
const worker = await connector.startWorker();

const HEADER = 'Vendor No;Name;City;Country;Email\r\n';
const MIB = 1024 * 1024;

async function fileNamed(name: string) {
  const documents = await connector.documents('vendors-in');
  return documents.findLast(({ sourceKey }) => sourceKey === `inbound/vendors/${name}`);
}

/** A row that cannot be read is named after its file's content. */
function shown(key: string): string {
  return key.replace(/ of [0-9a-f]{12}$/, ' of #');
}

async function paths(): Promise<string[]> {
  return (await connector.files()).map(({ path }) => path);
}

/** Makes the next listing show these names too. */
async function listNames(...names: string[]): Promise<void> {
  const answer = await fetch(`${connector.sftp.adminUrl}/_sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'list-names', names, times: 1 }),
  });
  assert.equal(answer.status, 201);
}

test('files that cannot be read fail by themselves or are left out, and their neighbours go on', async () => {
  const bigCell = `${HEADER}70001;${'x'.repeat(10 * MIB)};Oslo;Norway;\r\n70002;After the big cell;Oslo;Norway;\r\n`;
  await connector.drop('/inbound/vendors/a-empty.csv', '');
  await connector.drop('/inbound/vendors/b-header.csv', HEADER);
  await connector.drop('/inbound/vendors/c-binary.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 8, 0, 0xff, 0xfe, 0]));
  await connector.drop('/inbound/vendors/d-big-cell.csv', bigCell);
  await connector.drop('/inbound/vendors/e-too-large.csv', Buffer.alloc(11 * MIB + 1, 'x'));
  await connector.drop('/inbound/vendors/f-columns.csv', 'Vendor No;City\r\n70003;Oslo\r\n');
  await connector.drop('/inbound/vendors/z-good.csv', `${HEADER}70004;Good AS;Oslo;Norway;\r\n`);
  await listNames('../../etc/passwd.csv', 'line\nbreak.csv');

  assert.equal(await connector.sync('vendors-in', config), 'closed');
  const documents = await atRest(connector, 'vendors-in');

  assert.deepEqual(documents.map(({ sourceKey, state, failure }) => [shown(sourceKey), state, failure?.code]).sort(), [
    ['70002', 'delivered', undefined],
    ['70004', 'delivered', undefined],
    ['inbound/vendors/a-empty.csv', 'skipped', undefined],
    ['inbound/vendors/b-header.csv', 'skipped', undefined],
    ['inbound/vendors/c-binary.csv', 'failed', 'CSV_FILE_INVALID'],
    ['inbound/vendors/d-big-cell.csv', 'delivered', undefined],
    ['inbound/vendors/e-too-large.csv', 'failed', 'FILE_TOO_LARGE'],
    ['inbound/vendors/f-columns.csv', 'failed', 'CSV_HEADER_INVALID'],
    ['inbound/vendors/z-good.csv', 'delivered', undefined],
    ['row 1 of #', 'failed', 'CSV_ROW_INVALID'],
  ]);
  assert.deepEqual((await writes(connector)).sort(), ['create 70002', 'create 70004']);
  assert.deepEqual(await paths(), [
    '/archive/vendors/a-empty.csv',
    '/archive/vendors/b-header.csv',
    '/archive/vendors/d-big-cell.csv',
    '/archive/vendors/z-good.csv',
    '/error/vendors/c-binary.csv',
    '/error/vendors/f-columns.csv',
    '/inbound/vendors/e-too-large.csv',
  ]);
  const warnings = worker.log.filter((line) => line.includes('SFTP_NAME_UNUSABLE'));
  assert.equal(warnings.length, 2);
});

test('a file that was too large is taken when the limit is raised', async () => {
  assert.equal(await connector.sync('vendors-in', config), 'closed');
  assert.equal((await fileNamed('e-too-large.csv'))?.failure?.code, 'FILE_TOO_LARGE');

  await connector.drop(
    '/inbound/vendors/e-too-large.csv',
    `${HEADER}70005;${'x'.repeat(12 * MIB)};;;\r\n70006;Now AS;Oslo;Norway;\r\n`,
  );
  assert.equal(await connector.sync('vendors-in', config), 'closed');
  await atRest(connector, 'vendors-in');
  const refused = await fileNamed('e-too-large.csv');
  assert.equal(refused?.failure?.code, 'FILE_TOO_LARGE');

  const raised = await connector.configure(integrationText({ maxFile: '64MiB' }));
  assert.equal(await connector.sync('vendors-in', raised), 'closed');
  await atRest(connector, 'vendors-in');
  assert.equal((await fileNamed('e-too-large.csv'))?.state, 'delivered');
  assert.deepEqual((await writes(connector)).slice(2), ['create 70006']);
  // Row 1 of either big file cannot be read: two failures, not one and its repeat.
  const unread = (await connector.documents('vendors-in')).filter(({ sourceKey }) => sourceKey.startsWith('row 1 of '));
  assert.deepEqual(
    unread.map(({ state }) => state),
    ['failed', 'failed'],
  );
});

test('a file with a wrong header is replayed as a whole once the columns are mended', async () => {
  const failed = await fileNamed('f-columns.csv');
  assert.ok(failed);
  const before = await writes(connector);
  const mended = await connector.configure(
    integrationText()
      .replace('name: Name', 'name: { constant: Unnamed }')
      .replace(/address.country:.*/, '')
      .replace('contact.email: Email', ''),
  );
  await replay(connector, failed, mended);
  await atRest(connector, 'vendors-in');
  assert.equal((await fileNamed('f-columns.csv'))?.state, 'delivered');
  assert.deepEqual((await writes(connector)).slice(before.length), ['create 70003']);
});

test('a file that still grows is left until it is whole', async () => {
  const settling = await connector.configure(integrationText({ settle: '600ms' }));
  const path = '/inbound/vendors/growing.csv';
  let text = HEADER;
  let isGrowing = true;
  const sender = (async () => {
    for (let row = 0; isGrowing; row += 1) {
      text += `${71_000 + row};Growing ${row};Oslo;Norway;\r\n`;
      await connector.drop(path, text);
      await sleep(100);
    }
  })();
  const before = await writes(connector);
  assert.equal(await connector.sync('vendors-in', settling), 'closed');
  isGrowing = false;
  await sender;
  assert.equal(await fileNamed('growing.csv'), undefined);

  assert.equal(await connector.sync('vendors-in', settling), 'closed');
  await atRest(connector, 'vendors-in');
  assert.equal((await fileNamed('growing.csv'))?.state, 'delivered');
  assert.equal((await writes(connector)).length - before.length, text.split('\r\n').length - 2);
});
