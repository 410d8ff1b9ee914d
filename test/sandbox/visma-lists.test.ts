import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulated } from './visma-caller.ts';

const numbers = (items: readonly { number: string }[]) => items.map(({ number }) => number);

test('a list is a bare array whose items repeat the metadata', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: { count: 3, prefix: 'S' } });
  const { body } = await get('/v1/supplier', { pageNumber: '1', pageSize: '2' });
  assert.deepEqual(numbers(body), ['S1', 'S2']);
  for (const item of body) assert.deepEqual(item.metadata, { totalCount: 3, maxPageSize: 1000 });
});

test('a walk that ends on a full page ends with an empty page without metadata', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: { count: 4 } });
  assert.equal((await get('/v1/supplier', { pageNumber: '2', pageSize: '2' })).body.length, 2);
  assert.deepEqual((await get('/v1/supplier', { pageNumber: '3', pageSize: '2' })).body, []);
});

test('a page size above the maximum is cut to it without a word', async (t) => {
  const { get, visma } = await simulated(t, { settings: { maxPageSize: 5 } });
  await visma.admin.seed({ suppliers: { count: 12 } });
  const { status, body } = await get('/v1/supplier', { pageNumber: '1', pageSize: '1000' });
  assert.equal(status, 200);
  assert.equal(body.length, 5);
  assert.equal(body[0].metadata.maxPageSize, 5);
});

test('without page parameters the answer is partial and looks complete', async (t) => {
  const { get, visma } = await simulated(t, { settings: { defaultPageSize: 5 } });
  await visma.admin.seed({ suppliers: { count: 12 } });
  const { status, body } = await get('/v1/supplier');
  assert.deepEqual([status, body.length, body[0].metadata.totalCount], [200, 5, 12]);
});

test('strict mode refuses an unknown parameter and real mode lists everything', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: [{ number: '1', corporateId: 'A' }, { number: '2' }] });
  assert.equal((await get('/v1/supplier', { coporateId: 'A' })).status, 400);
  await visma.admin.setSettings({ mode: 'real' });
  assert.equal((await get('/v1/supplier', { coporateId: 'A' })).body.length, 2);
});

test('the filters on corporate id, VAT number, name and status pick equal rows', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({
    suppliers: [
      { number: '1', name: 'Alfa AS', corporateId: '911', vatRegistrationId: 'NO911MVA', status: 'Inactive' },
      { number: '2', name: 'Beta AS', corporateId: '912', vatRegistrationId: 'NO912MVA' },
    ],
  });
  assert.deepEqual(numbers((await get('/v1/supplier', { corporateId: '911' })).body), ['1']);
  assert.deepEqual(numbers((await get('/v1/supplier', { vatRegistrationId: 'no912mva' })).body), ['2']);
  assert.deepEqual(numbers((await get('/v1/supplier', { name: 'Beta AS' })).body), ['2']);
  assert.deepEqual(numbers((await get('/v1/supplier', { status: 'Inactive' })).body), ['1']);
});

test('the modification filter compares by the millisecond, strictly or not as its condition says', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({
    suppliers: [
      { number: '1', lastModifiedDateTime: '2026-03-01T10:00:00.122' },
      { number: '2', lastModifiedDateTime: '2026-03-01T10:00:00.123' },
      { number: '3', lastModifiedDateTime: '2026-03-01T10:00:00.124' },
    ],
  });
  const since = async (condition: string, moment = '2026-03-01T10:00:00.123') =>
    numbers(
      (await get('/v1/supplier', { lastModifiedDateTime: moment, lastModifiedDateTimeCondition: condition })).body,
    );
  assert.deepEqual(await since('>='), ['2', '3']);
  assert.deepEqual(await since('>'), ['3']);
  assert.deepEqual(await since('<'), ['1']);
  assert.deepEqual(await since('<='), ['1', '2']);
  assert.deepEqual(await since('>', '2026-03-01 10:00:00'), ['1', '2', '3']);
  assert.deepEqual(await since('<', '2026-03-02'), ['1', '2', '3']);
});

test('half of the modification pair is refused in strict mode and filters nothing in real mode', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: { count: 2 }, lastModifiedDateTime: '2026-03-01' });
  assert.equal((await get('/v1/supplier', { lastModifiedDateTime: '2027-01-01' })).status, 400);
  assert.equal((await get('/v1/supplier', { lastModifiedDateTimeCondition: '>=' })).status, 400);
  await visma.admin.setSettings({ mode: 'real' });
  assert.equal((await get('/v1/supplier', { lastModifiedDateTime: '2027-01-01' })).body.length, 2);
});

test('strict mode refuses a zone in the modification filter and real mode compares the digits', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: { count: 1 }, lastModifiedDateTime: '2026-03-01T10:30:00' });
  const query = { lastModifiedDateTime: '2026-03-01T10:00:00Z', lastModifiedDateTimeCondition: '>=' };
  assert.equal((await get('/v1/supplier', query)).status, 400);
  await visma.admin.setSettings({ mode: 'real' });
  assert.equal((await get('/v1/supplier', query)).body.length, 1);
  assert.equal((await get('/v1/supplier', { ...query, lastModifiedDateTime: '2026-03-01T11:00:00Z' })).body.length, 0);
});

test('stamps are server time: local, skewed and without an offset', async (t) => {
  const now = Date.parse('2026-03-01T10:00:00.123Z');
  const { get, visma } = await simulated(t, { now: () => now, settings: { zoneOffsetMinutes: 60, skewMs: 5000 } });
  await visma.admin.seed({ suppliers: { count: 1 } });
  assert.equal((await get('/v1/supplier')).body[0].lastModifiedDateTime, '2026-03-01T11:00:05.123');
});

test('all rows of one seed share one stamp', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: { count: 500 } });
  const stamps = (await get('/v1/supplier')).body.map((item: Record<string, string>) => item.lastModifiedDateTime);
  assert.equal(stamps.length, 500);
  assert.equal(new Set(stamps).size, 1);
});

test('legacy paging parameters are accepted and ignored on a paged list, but greaterThanValue filters', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: { count: 3 } });
  assert.equal((await get('/v1/supplier', { numberToRead: '1', skipRecords: '2' })).body.length, 3);
  assert.deepEqual(numbers((await get('/v1/supplier', { greaterThanValue: '2' })).body), ['3']);
});

test('a note shows in a list only when it is asked for', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.seed({ suppliers: [{ number: '1', note: 'call first' }] });
  assert.equal((await get('/v1/supplier')).body[0].note, undefined);
  assert.equal((await get('/v1/supplier', { expandNote: 'true' })).body[0].note, 'call first');
  assert.equal((await get('/v1/supplier/1')).body.note, 'call first');
});

test('rows that move between two pages make a walk miss one and double another', async (t) => {
  const { get, visma } = await simulated(t, { settings: { listOrder: 'modified' } });
  await visma.admin.seed({ suppliers: { count: 6 }, lastModifiedDateTime: '2026-03-01' });
  await visma.admin.addFaults({ kind: 'page-drift', rows: 1 });
  const seen: string[] = [];
  for (const pageNumber of ['1', '2', '3']) {
    seen.push(...numbers((await get('/v1/supplier', { pageNumber, pageSize: '2' })).body));
  }
  assert.deepEqual(seen, ['1', '2', '4', '5', '6', '1']);
});

test('a shuffled list keeps its order from page to page', async (t) => {
  const { get, visma } = await simulated(t, { settings: { listOrder: 'shuffled' } });
  await visma.admin.seed({ suppliers: { count: 100 } });
  const seen: string[] = [];
  for (const pageNumber of ['1', '2', '3', '4']) {
    seen.push(...numbers((await get('/v1/supplier', { pageNumber, pageSize: '25' })).body));
  }
  assert.equal(new Set(seen).size, 100);
  assert.notDeepEqual(seen, [...seen].sort());
});
