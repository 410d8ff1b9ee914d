import assert from 'node:assert/strict';
import test from 'node:test';
import { fill } from '../../bench/ledger/filling.ts';
import { readingOf } from '../../bench/ledger/plans.ts';
import { questionsFor } from '../../bench/ledger/questions.ts';
import { withLedger } from './rig.ts';

const { ledger, url } = await withLedger();
const DOCUMENTS = 10_000;
const filling = await fill(url, 0, DOCUMENTS);

test('no answer to an operator reads a table from its beginning, and none but status grows with the ledger', async (t) => {
  for (const { name, ask, mostRows } of questionsFor(filling, DOCUMENTS / 10)) {
    await t.test(name, async () => {
      const { rows, scanned } = await readingOf(ledger, ask);
      assert.deepEqual(scanned, []);
      assert.ok(rows <= mostRows, `${rows} rows were read`);
    });
  }
});
