import assert from 'node:assert/strict';
import test, { afterEach } from 'node:test';
import { claimNotices, noticeSent, releaseNotice } from '../../ledger/alert-notices.ts';
import { type Condition, openAlerts, settleAlerts } from '../../ledger/alerts.ts';
import { withLedger } from './rig.ts';

const MINUTE_MS = 60_000;
let at = Date.parse('2026-03-02T08:00:00Z');
const { ledger, asOwner } = await withLedger(() => new Date(at));

function failing(count: number, code = 'VISMA_REFUSED'): Condition {
  const words = { summary: `${count} documents failed`, next: 'Replay them.' };
  return { kind: 'documents failed', subject: 'acme/vendors-in', code, count, ...words };
}

/** Looks once a minute for so long, with these conditions each time, and returns what was told: `opened 3`. */
async function look(minutes: number, ...conditions: Condition[]): Promise<string[]> {
  for (let minute = 0; minute < minutes; minute += 1) {
    at += MINUTE_MS;
    await settleAlerts(ledger, conditions, ['log']);
  }
  const notices = await claimNotices(ledger, 100);
  for (const { id } of notices) await noticeSent(ledger, id);
  return notices.map(({ body }) => `${body.event} ${body.count}`);
}

afterEach(async () => {
  await asOwner('truncate alert cascade');
});

test('the first failure is told at once, and those that follow once an hour as a number', async () => {
  assert.deepEqual(await look(1, failing(1)), ['opened 1']);
  assert.deepEqual(await look(50, failing(40)), []);
  assert.deepEqual(await look(10, failing(60)), ['grown 60']);
  assert.deepEqual(await look(120, failing(60)), []);
  assert.deepEqual(await look(1, failing(61)), ['grown 61']);
});

test('an alert ends when its cause is gone for ten minutes, and is not shown from the first of them', async () => {
  await look(1, failing(1));
  assert.equal((await openAlerts(ledger)).length, 1);
  assert.deepEqual(await look(5), []);
  assert.equal((await openAlerts(ledger)).length, 0);
  assert.deepEqual(await look(6), ['closed 1']);
  assert.deepEqual(await look(1, failing(1)), ['opened 1']);
});

test('a cause that comes and goes every other minute is one alert', async () => {
  const told: string[] = [];
  for (let round = 0; round < 30; round += 1) told.push(...(await look(1, failing(1))), ...(await look(2)));
  assert.deepEqual(told, ['opened 1']);
});

test('another code is another alert', async () => {
  assert.deepEqual(await look(1, failing(1), failing(2, 'VISMA_NOT_FOUND')), ['opened 1', 'opened 2']);
  assert.deepEqual(
    (await openAlerts(ledger)).map(({ code }) => code),
    ['VISMA_REFUSED', 'VISMA_NOT_FOUND'],
  );
});

test('two that look at once open one alert, and one of two that send takes a notice', async () => {
  await Promise.all([1, 2, 3].map(() => settleAlerts(ledger, [failing(1)], ['log', 'webhook'])));
  const claimed = await Promise.all([claimNotices(ledger, 100), claimNotices(ledger, 100)]);
  assert.deepEqual(
    claimed
      .flat()
      .map(({ sink }) => sink)
      .toSorted(),
    ['log', 'webhook'],
  );
});

test('a notice that was not sent is given back; one whose sender died is free after two minutes', async () => {
  await settleAlerts(ledger, [failing(1)], ['log', 'webhook']);
  const [first, second] = await claimNotices(ledger, 100);
  await releaseNotice(ledger, first!.id);
  assert.deepEqual(
    (await claimNotices(ledger, 100)).map(({ id }) => id),
    [first!.id],
  );
  await noticeSent(ledger, first!.id);
  at += 3 * MINUTE_MS;
  assert.deepEqual(
    (await claimNotices(ledger, 100)).map(({ id }) => id),
    [second!.id],
  );
});
