import assert from 'node:assert/strict';
import test from 'node:test';
import { closeBatch, commitCursor, getBatch, notesOnBatch, openBatch, readCursor } from '../../ledger/batches.ts';
import { nextControlNumber } from '../../ledger/control-numbers.ts';
import { inTransaction } from '../../ledger/database.ts';
import { CONFIG, provenance, withLedger } from './rig.ts';

const { ledger, open, findings } = await withLedger();

const opened = async (flow: string, runId: string, by = ledger) =>
  openBatch(
    by,
    {
      flow,
      configHash: CONFIG,
      workflowId: `sync/${flow}`,
      runId,
      plan: { since: 'x' },
      cursor: await readCursor(by, flow),
    },
    provenance,
  );

test('a poll that is repeated, or runs twice at once, finds the batch of its run', async () => {
  const other = await open();
  const [one, two] = await Promise.all([opened('repeated', 'run'), opened('repeated', 'run', other)]);
  assert.equal(one.id, two.id);
  assert.equal((await opened('repeated', 'run')).id, one.id);
  assert.equal((await opened('repeated', 'next run')).id === one.id, false);
  assert.equal((await notesOnBatch(ledger, one.id, 'opened')).length, 1);
});

test('of two first runs at once, one moves the cursor and the other is overtaken', async () => {
  const batches = [await opened('first', 'a'), await opened('first', 'b')];
  const ends = await Promise.all(batches.map((batch, index) => commitCursor(ledger, batch, { at: index }, provenance)));
  assert.deepEqual(ends.toSorted(), ['closed', 'overtaken']);
  assert.deepEqual(await readCursor(ledger, 'first'), { at: ends.indexOf('closed') });
});

test('of two later runs at once, one moves the cursor and the other is overtaken', async () => {
  await commitCursor(ledger, await opened('later', 'first'), { at: 0, key: { b: 1, a: [1] } }, provenance);
  const batches = [await opened('later', 'a'), await opened('later', 'b')];
  const other = await open();
  const ends = await Promise.all(
    batches.map((batch, index) => commitCursor(index ? ledger : other, batch, { at: index + 1 }, provenance)),
  );
  assert.deepEqual(ends.toSorted(), ['closed', 'overtaken']);
  assert.deepEqual(await readCursor(ledger, 'later'), { at: ends.indexOf('closed') + 1 });
});

test('a commit that is repeated changes nothing and says the same', async () => {
  const batch = await opened('twice', 'run');
  assert.equal(await commitCursor(ledger, batch, { at: 1 }, provenance), 'closed');
  assert.equal(await commitCursor(ledger, batch, { at: 2 }, provenance), 'closed');
  assert.deepEqual(await readCursor(ledger, 'twice'), { at: 1 });
  assert.equal((await notesOnBatch(ledger, batch.id, 'cursor committed')).length, 1);
});

test('two attempts of one run that commit at once agree that it moved the cursor', async () => {
  const other = await open();
  for (const runId of ['first', 'second']) {
    const batch = await opened('attempts', runId);
    const attempts = [ledger, other, ledger, other].map((by) => commitCursor(by, batch, { at: runId }, provenance));
    assert.deepEqual(await Promise.all(attempts), ['closed', 'closed', 'closed', 'closed']);
    assert.equal((await notesOnBatch(ledger, batch.id, 'cursor committed')).length, 1);
  }
});

test('a plan made from an older cursor than the flow has by now is overtaken', async () => {
  const before = await readCursor(ledger, 'stale');
  await commitCursor(ledger, await opened('stale', 'fast'), { at: 5 }, provenance);
  const slow = { flow: 'stale', configHash: CONFIG, workflowId: 'sync/stale', runId: 'slow', plan: {}, cursor: before };
  const batch = await openBatch(ledger, slow, provenance);
  assert.equal(await commitCursor(ledger, batch, { at: 3 }, provenance), 'overtaken');
  assert.deepEqual(await readCursor(ledger, 'stale'), { at: 5 });
});

test('a batch closes once, in the state it first closed in', async () => {
  const batch = await opened('closes', 'run');
  await closeBatch(ledger, batch, 'closed', provenance);
  await closeBatch(ledger, batch, 'overtaken', provenance);
  const closed = await getBatch(ledger, batch.id);
  assert.equal(closed.state, 'closed');
  assert.ok(closed.closedAt);
  assert.equal(await commitCursor(ledger, closed, { at: 1 }, provenance), 'closed');
  assert.equal(await readCursor(ledger, 'closes'), undefined);
  assert.deepEqual(await findings(), []);
});

test('control numbers are given once each, whoever asks at once', async () => {
  const other = await open();
  const asking = Array.from({ length: 30 }, (_, index) => nextControlNumber(index % 2 ? ledger : other, 'partner/out'));
  const numbers = await Promise.all(asking);
  assert.deepEqual(
    numbers.toSorted((a, b) => a - b),
    Array.from({ length: 30 }, (_, index) => index + 1),
  );
  assert.equal(await nextControlNumber(ledger, 'partner/in'), 1);
});

test('a control number of a transaction that fails has been given to nobody', async () => {
  const failing = inTransaction(ledger, async (tx) => {
    assert.equal(await nextControlNumber(tx, 'rolled back'), 1);
    throw new Error('crash');
  });
  await assert.rejects(failing, /crash/);
  assert.equal(await nextControlNumber(ledger, 'rolled back'), 1);
});
