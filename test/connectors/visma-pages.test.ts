import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../failures/failure.ts';
import {
  type Call,
  collect,
  openClient,
  purpose,
  type Reply,
  recordingBudget,
  startScriptedVisma,
} from './visma-support.ts';

interface Row {
  readonly number: string;
  readonly lastModifiedDateTime?: string;
  readonly name?: string;
}

const rows = (from: number, to: number): Row[] =>
  Array.from({ length: to - from + 1 }, (_, at) => ({
    number: String(from + at),
    lastModifiedDateTime: '2026-03-20T06:35:22.153',
  }));
const counted = (items: readonly Row[], totalCount: number, maxPageSize: number): Reply => ({
  status: 200,
  body: items.map((item) => ({ ...item, metadata: { totalCount, maxPageSize } })),
});
const plain = (items: readonly Row[]): Reply => ({ status: 200, body: items });
const pageNumber = (call: Call) => Number(call.url.searchParams.get('pageNumber'));
const isDrift = (error: unknown) =>
  error instanceof Failure && error.code === 'VISMA_PAGE_DRIFT' && error.type === 'Transient';

/** Runs `work` against an API that answers page n with the n-th reply, and with an empty page after the last. */
async function withPages<T>(
  pages: readonly Reply[],
  work: (client: ReturnType<typeof openClient>, calls: readonly Call[]) => Promise<T>,
  pageSize = 3,
): Promise<T> {
  await using visma = await startScriptedVisma((call) => pages[pageNumber(call) - 1] ?? plain([]));
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, settings: { pageSize } });
  return await work(client, visma.calls);
}

const numbersOf = async (client: ReturnType<typeof openClient>) =>
  (await collect(client.suppliers.list({}, purpose))).map(({ number }) => number);

test('pages are walked to the count that the items repeat, and no further', async () => {
  const pages = [counted(rows(1, 3), 6, 3), counted(rows(4, 6), 6, 3)];
  await withPages(pages, async (client, calls) => {
    assert.deepEqual(await numbersOf(client), ['1', '2', '3', '4', '5', '6']);
    assert.equal(calls.length, 2);
  });
});

test('a page size that Visma clamps does not make the first page look like the last', async () => {
  const pages = [counted(rows(1, 2), 5, 2), counted(rows(3, 4), 5, 2), counted(rows(5, 5), 5, 2)];
  await withPages(
    pages,
    async (client, calls) => {
      assert.equal((await numbersOf(client)).length, 5);
      assert.equal(calls.length, 3);
      assert.equal(calls[0]!.url.searchParams.get('pageSize'), '1000');
    },
    1000,
  );
});

test('without a count a list ends at its first short page', async () => {
  await withPages([plain(rows(1, 3)), plain(rows(4, 5))], async (client, calls) => {
    assert.equal((await numbersOf(client)).length, 5);
    assert.equal(calls.length, 2);
  });
});

test('without a count a list of full pages ends at an empty page', async () => {
  await withPages([plain(rows(1, 3)), plain(rows(4, 6))], async (client, calls) => {
    assert.equal((await numbersOf(client)).length, 6);
    assert.equal(calls.length, 3);
  });
});

test('an empty list is one call and no page', async () => {
  await withPages([], async (client, calls) => {
    assert.deepEqual(await numbersOf(client), []);
    assert.equal(calls.length, 1);
  });
});

test('an empty page where more was promised is drift, not the end', async () => {
  await withPages([counted(rows(1, 3), 5, 3)], async (client) => {
    await assert.rejects(numbersOf(client), isDrift);
  });
});

test('a short page in the middle does not end the walk', async () => {
  const pages = [counted(rows(1, 3), 8, 3), counted(rows(4, 5), 8, 3), counted(rows(6, 8), 8, 3)];
  await withPages(pages, async (client) => assert.equal((await numbersOf(client)).length, 8));
});

test('records that leave the list during the walk are drift, because others moved up unread', async () => {
  const pages = [counted(rows(1, 3), 6, 3), counted(rows(5, 6), 5, 3)];
  await withPages(pages, async (client) => {
    await assert.rejects(numbersOf(client), isDrift);
  });
});

test('a record that moved to the end of the list unseen is noticed by the count', async () => {
  const moved = [...rows(5, 6), { number: '1', lastModifiedDateTime: '2026-03-21T00:00:00.000' }];
  await withPages([counted(rows(1, 3), 6, 3), counted(moved, 6, 3)], async (client) => {
    await assert.rejects(numbersOf(client), isDrift);
  });
});

test('a record on two pages comes once when it is the same version and again when it is newer', async () => {
  const newer = { number: '2', lastModifiedDateTime: '2026-03-20T07:00:00.000', name: 'renamed' };
  const pages = [counted(rows(1, 3), 4, 3), counted([...rows(3, 3), newer, ...rows(4, 4)], 4, 3)];
  await withPages(pages, async (client) => {
    const all = await collect(client.suppliers.list({}, purpose));
    assert.deepEqual(
      all.map(({ number, name }) => name ?? number),
      ['1', '2', '3', 'renamed', '4'],
    );
  });
});

test('a record created on a page already read is left to the next delta and is no drift', async () => {
  const pages = [counted(rows(1, 3), 5, 3), counted([...rows(3, 3), ...rows(4, 5)], 6, 3)];
  await withPages(pages, async (client) => assert.deepEqual(await numbersOf(client), ['1', '2', '3', '4', '5']));
});

test('an order that changes from page to page is drift, although each page is full', async () => {
  await withPages([counted(rows(1, 3), 6, 3), counted(rows(2, 4), 6, 3)], async (client) => {
    await assert.rejects(numbersOf(client), isDrift);
  });
});

test('an older version on a later page never comes after a newer one', async () => {
  const older = { number: '2', lastModifiedDateTime: '2026-03-19T00:00:00.000', name: 'stale' };
  await withPages([counted(rows(1, 3), 4, 3), counted([older, ...rows(4, 4)], 4, 3)], async (client) => {
    assert.deepEqual(await numbersOf(client), ['1', '2', '3', '4']);
  });
});

test('a server that ignores the page number does not keep the walk going for ever', async () => {
  await using visma = await startScriptedVisma(() => plain(rows(1, 3)));
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, settings: { pageSize: 3 } });
  await assert.rejects(numbersOf(client), isDrift);
  assert.equal(visma.calls.length, 2);
});

test('a page at a time tells whether there is more and what it counted', async () => {
  const pages = [counted(rows(1, 3), 5, 3), counted(rows(4, 5), 5, 3)];
  await withPages(pages, async (client) => {
    const first = await client.suppliers.listPage({}, 1, purpose);
    assert.deepEqual([first.records.length, first.hasMore, first.totalCount], [3, true, 5]);
    const second = await client.suppliers.listPage({}, 2, purpose, first.totalCount);
    assert.deepEqual([second.records.length, second.hasMore], [2, false]);
    await assert.rejects(client.suppliers.listPage({}, 3, purpose, second.totalCount), isDrift);
  });
});

test('each page takes one slot', async () => {
  await using visma = await startScriptedVisma((call) =>
    pageNumber(call) < 3 ? plain(rows(pageNumber(call) * 3, pageNumber(call) * 3 + 2)) : plain([]),
  );
  const { budget, taken } = recordingBudget();
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, settings: { pageSize: 3 }, budget });
  await collect(client.suppliers.list({}, { class: 'poll', holder: 'walk' }));
  assert.deepEqual(taken, Array(3).fill({ class: 'poll', holder: 'walk' }));
});

test('a delta is asked with the watermark as it was received and >=', async () => {
  await withPages([], async (client, calls) => {
    await client.suppliers.listPage({ modifiedSince: '2026-03-20T06:35:22.153', corporateId: '5' }, 1, purpose);
    assert.deepEqual(Object.fromEntries(calls[0]!.url.searchParams), {
      corporateId: '5',
      lastModifiedDateTime: '2026-03-20T06:35:22.153',
      lastModifiedDateTimeCondition: '>=',
      pageNumber: '1',
      pageSize: '3',
    });
    assert.match(calls[0]!.url.search, /lastModifiedDateTimeCondition=%3E%3D/);
  });
});

test('accounts come in one call without page parameters', async () => {
  const accounts = [
    { accountCD: '3000', active: true },
    { accountCD: '4000', active: false },
  ];
  await using visma = await startScriptedVisma(() => ({ status: 200, body: accounts }));
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, settings: { pageSize: 2 } });
  const all = await collect(client.accounts.list({ active: true }, purpose));
  assert.deepEqual(
    all.map(({ accountCD }) => accountCD),
    ['3000', '4000'],
  );
  assert.deepEqual(
    visma.calls.map((call) => call.url.search),
    ['?active=true'],
  );
});

test('an account list that was cut behind our back is noticed by its own count', async () => {
  const item = { accountCD: '3000', metadata: { totalCount: 2, maxPageSize: 1 } };
  await using visma = await startScriptedVisma(() => ({ status: 200, body: [item] }));
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl });
  await assert.rejects(client.accounts.listPage({}, 1, purpose), isDrift);
});
