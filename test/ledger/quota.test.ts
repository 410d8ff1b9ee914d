import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { correctQuota, takeSlot } from '../../ledger/quota.ts';
import type { QuotaSettings } from '../../ledger/quota-shares.ts';
import { withLedger } from './rig.ts';

const { ledger, open, asOwner } = await withLedger();

const SHARES = { operator: 10, poll: 20, post: 40, bulk: 10 };
const bucketOf = (more: Partial<QuotaSettings> = {}): QuotaSettings => ({
  bucket: randomUUID(),
  calls: 100,
  windowMs: 60_000,
  sharesPercent: SHARES,
  ...more,
});

const take = (settings: QuotaSettings, callClass: string, holder: string = randomUUID(), by = ledger) =>
  takeSlot(by, settings, { class: callClass, holder });

const takeMany = async (settings: QuotaSettings, callClass: string, times: number) => {
  const answers = [];
  for (let taken = 0; taken < times; taken += 1) answers.push(await take(settings, callClass));
  return answers.filter(({ granted }) => granted).length;
};

const waitOf = async (asking: ReturnType<typeof take>) => {
  const answer = await asking;
  assert.ok(!answer.granted, 'a slot was granted');
  return answer.retryAfterMs;
};

const usedOf = async ({ bucket }: QuotaSettings) =>
  (await ledger.db.selectFrom('quota').select('used').where('bucket', '=', bucket).executeTakeFirstOrThrow()).used;

/** Lets the database's clock pass for one bucket, instead of waiting. */
const pass = async ({ bucket }: QuotaSettings, ms: number) => {
  const by = `interval '${ms} milliseconds'`;
  await asOwner(
    `update quota set window_ends_at = window_ends_at - ${by}, blocked_until = blocked_until - ${by} where bucket = $1`,
    [bucket],
  );
  await asOwner(`update quota_reservation set due_at = due_at - ${by} where bucket = $1`, [bucket]);
};

test('twenty who ask at once, from two workers, get no more than the limit between them', async () => {
  const settings = bucketOf({ calls: 10, sharesPercent: {} });
  const other = await open();
  const asking = Array.from({ length: 20 }, (_, index) =>
    take(settings, 'poll', undefined, index % 2 ? ledger : other),
  );
  const answers = await Promise.all(asking);
  assert.equal(answers.filter(({ granted }) => granted).length, 10);
  assert.equal(await usedOf(settings), 10);
});

test('a class that comes in hundreds leaves the others what they are guaranteed', async () => {
  const settings = bucketOf();
  await takeMany(settings, 'poll', 150);
  assert.equal(await usedOf(settings), 40);
  assert.equal(await takeMany(settings, 'operator', 20), 10);
  assert.equal(await takeMany(settings, 'post', 60), 30, 'ten are spread over the rest of the window');
});

test('who was refused is let in at the time it was told, before those who come then', async () => {
  const settings = bucketOf({ calls: 4, sharesPercent: {} });
  await takeMany(settings, 'poll', 4);
  const waits = [];
  for (const holder of ['a', 'b', 'c', 'd']) waits.push(await waitOf(take(settings, 'poll', holder)));
  assert.ok((waits[0] ?? 0) > 59_000 && (waits[0] ?? 0) <= 60_000, `${waits[0]}`);
  assert.deepEqual(
    waits,
    waits.toSorted((a, b) => a - b),
  );

  await pass(settings, 60_001);
  assert.ok((await waitOf(take(settings, 'poll', 'newcomer'))) > 50_000);
  await pass(settings, 12_000);
  for (const holder of ['d', 'c', 'b', 'a']) assert.ok((await take(settings, 'poll', holder)).granted);
});

test('who comes back too early is told the rest of its time and keeps its place', async () => {
  const settings = bucketOf({ calls: 1, sharesPercent: {} });
  await takeMany(settings, 'poll', 1);
  const first = await waitOf(take(settings, 'poll', 'early'));
  await pass(settings, 10_000);
  const second = await waitOf(take(settings, 'poll', 'early'));
  assert.ok(Math.abs(first - second - 10_000) < 2000, `${first} ${second}`);
});

test('who is turned away a second time stays ahead of those who asked later', async () => {
  const settings = bucketOf({ calls: 2, sharesPercent: {} });
  await takeMany(settings, 'poll', 2);
  for (const holder of ['first', 'second', 'third']) await waitOf(take(settings, 'poll', holder));
  await pass(settings, 60_001);
  await correctQuota(ledger, settings, { limit: 2, remaining: 0, resetMs: 58_000 });
  await pass(settings, 6_001);
  await waitOf(take(settings, 'poll', 'second'));
  await waitOf(take(settings, 'poll', 'first'));
  await pass(settings, 60_001);
  assert.ok((await take(settings, 'poll', 'first')).granted);
  await pass(settings, 8_000);
  assert.ok((await take(settings, 'poll', 'second')).granted);
});

test('of those whose places a smaller limit has taken away, the first to have asked are let in, whoever comes first', async () => {
  const settings = bucketOf({ calls: 4, sharesPercent: {} });
  await takeMany(settings, 'poll', 4);
  for (const holder of ['a', 'b', 'c', 'd']) await waitOf(take(settings, 'poll', holder));
  await correctQuota(ledger, settings, { limit: 2, remaining: 0, resetMs: 58_000 });
  await pass(settings, 69_001);
  for (const holder of ['d', 'c']) await waitOf(take(settings, 'poll', holder));
  for (const holder of ['b', 'a']) assert.ok((await take(settings, 'poll', holder)).granted);
});

test('more who wait than a window holds are told later windows', async () => {
  const settings = bucketOf({ calls: 2, sharesPercent: {} });
  await takeMany(settings, 'poll', 2);
  const waits = [];
  for (let index = 0; index < 6; index += 1) waits.push(await waitOf(take(settings, 'poll')));
  assert.deepEqual(
    waits.map((ms) => Math.floor((ms - 55_000) / 60_000)),
    [0, 0, 1, 1, 2, 2],
  );
});

test('hundreds who wait in one class do not push an operator into a later window', async () => {
  const settings = bucketOf({ calls: 20 });
  await takeMany(settings, 'bulk', 60);
  await takeMany(settings, 'operator', 2);
  assert.ok((await waitOf(take(settings, 'operator'))) <= 60_000);
});

test('a place that nobody comes for is free again after a minute, and forgotten after a window', async () => {
  const settings = bucketOf({ calls: 1, sharesPercent: {}, windowMs: 600_000 });
  await takeMany(settings, 'poll', 1);
  await waitOf(take(settings, 'poll', 'gone for ever'));
  await pass(settings, 600_001);
  await waitOf(take(settings, 'poll', 'newcomer'));
  await pass(settings, 61_000);
  assert.ok((await take(settings, 'poll', 'another')).granted);
  await pass(settings, 1_200_000);
  assert.ok((await take(settings, 'poll', 'much later')).granted);
  const left = await asOwner('select holder from quota_reservation where bucket = $1', [settings.bucket]);
  assert.deepEqual(left, []);
});

test('the last calls of a window are spread for writes, and not for polls', async () => {
  const settings = bucketOf({ calls: 10, sharesPercent: {} });
  await takeMany(settings, 'poll', 8);
  const waits = [await waitOf(take(settings, 'post', 'one')), await waitOf(take(settings, 'post', 'two'))];
  assert.ok(Math.abs((waits[0] ?? 0) - 20_000) < 1000 && Math.abs((waits[1] ?? 0) - 40_000) < 1000, `${waits}`);
  await pass(settings, 20_001);
  assert.ok((await take(settings, 'post', 'one')).granted);
});

test('a 429 stops everybody for as long as it says, also when a milder one follows', async () => {
  const settings = bucketOf();
  await correctQuota(ledger, settings, { limit: undefined, remaining: 90, resetMs: 60_000, retryAfterMs: 30_000 });
  await correctQuota(ledger, settings, { limit: undefined, remaining: 90, resetMs: 60_000, retryAfterMs: 1000 });
  const waitMs = await waitOf(take(settings, 'operator', 'stopped'));
  assert.ok(waitMs > 29_000 && waitMs <= 30_000, `${waitMs}`);
  await pass(settings, 30_001);
  assert.ok((await take(settings, 'operator', 'stopped')).granted);
});

test('what the target counts is believed when it is more than we have counted, and the limit always', async () => {
  const settings = bucketOf({ sharesPercent: {} });
  await takeMany(settings, 'poll', 10);
  await correctQuota(ledger, settings, { limit: 50, remaining: 5, resetMs: 60_000 });
  assert.equal(await usedOf(settings), 45);
  await correctQuota(ledger, settings, { limit: 50, remaining: 30, resetMs: 59_000 });
  assert.equal(await usedOf(settings), 45);
  assert.equal(await takeMany(settings, 'poll', 10), 5);
});

test('answers that vary by a second do not start a window anew', async () => {
  const settings = bucketOf({ calls: 20, sharesPercent: {} });
  await takeMany(settings, 'poll', 20);
  for (const resetMs of [60_000, 61_000, 59_000, 61_000]) {
    await correctQuota(ledger, settings, { limit: 20, remaining: 19, resetMs });
  }
  assert.equal(await takeMany(settings, 'poll', 3), 0);
});

test('an answer of the target’s next window gives its calls free before ours would have ended', async () => {
  const settings = bucketOf({ calls: 20, sharesPercent: {} });
  await takeMany(settings, 'poll', 20);
  await correctQuota(ledger, settings, { limit: 20, remaining: 0, resetMs: 2000 });
  await correctQuota(ledger, settings, { limit: 20, remaining: 18, resetMs: 60_000 });
  assert.equal(await takeMany(settings, 'poll', 30), 18);
});

test('eight who share windows of a second with three calls need three windows', async () => {
  const settings = bucketOf({ calls: 3, windowMs: 1000, sharesPercent: {} });
  const began = performance.now();
  const takeWhenFree = async (holder: string) => {
    for (;;) {
      const answer = await take(settings, 'poll', holder);
      assert.ok((await usedOf(settings)) <= 3);
      if (answer.granted) return;
      await sleep(answer.retryAfterMs);
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, index) => takeWhenFree(`taker ${index}`)));
  assert.ok(performance.now() - began >= 2000);
});

test('a window that the target ends in whole seconds is not taken for over while it may go on', async () => {
  const settings = bucketOf({ calls: 1, sharesPercent: {} });
  await takeMany(settings, 'poll', 1);
  await correctQuota(ledger, settings, { limit: 1, remaining: 0, resetMs: 0 });
  const waitMs = await waitOf(take(settings, 'poll'));
  assert.ok(waitMs > 500 && waitMs <= 1000, `${waitMs}`);
});
