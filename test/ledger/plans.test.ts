import assert from 'node:assert/strict';
import test from 'node:test';
import { sql } from 'kysely';
import { fill } from '../../bench/ledger/filling.ts';
import { readingOf } from '../../bench/ledger/plans.ts';
import { questionsFor } from '../../bench/ledger/questions.ts';
import { flowStatuses } from '../../ledger/queries/status.ts';
import { withLedger } from './rig.ts';

const { ledger, url } = await withLedger();
const DOCUMENTS = 10_000;
const filling = await fill(url, 0, DOCUMENTS);

test('no answer to an operator reads a table from its beginning, and none grows with the ledger', async (t) => {
  for (const { name, ask, mostRows } of questionsFor(filling, DOCUMENTS / 10)) {
    await t.test(name, async () => {
      const { rows, scanned } = await readingOf(ledger, ask);
      assert.deepEqual(scanned, []);
      assert.ok(rows <= mostRows, `${rows} rows were read`);
    });
  }
});

test('a status counts exactly up to its bound, and says of which states there are more', async () => {
  const { rows } = await sql<{ state: string; count: number; oldest: Date }>`
    select state, count(*) as count, min(created_at) as oldest from document where flow = 'acme/vendors-in'
    group by state`.execute(ledger.db);
  const counts = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  const statusWith = async (most: number) =>
    (await flowStatuses(ledger, most)).find(({ flow }) => flow === 'acme/vendors-in');
  const whole = await statusWith(DOCUMENTS);
  assert.deepEqual({ ...whole?.states }, counts);
  assert.deepEqual(whole?.atLeast, []);
  assert.deepEqual(whole?.oldestUndelivered, rows.find(({ state }) => state === 'received')?.oldest);
  const bounded = await statusWith(100);
  assert.deepEqual({ ...bounded?.states }, { ...counts, delivered: 100, skipped: 100 });
  assert.deepEqual(bounded?.atLeast, ['delivered', 'skipped']);
});
