import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRates } from '../../connectors/visma/rates.ts';
import { openClient, purpose, recordingBudget, startScriptedVisma } from './visma-support.ts';

const NOW = Date.UTC(2026, 10, 20, 12, 0, 0);
const headers = (limit: string, remaining: string, reset: string) => ({
  'x-ratelimit-limit': limit,
  'x-ratelimit-remaining': remaining,
  'x-ratelimit-reset': reset,
});

test('the reset is read as seconds until the window ends, and as a Unix time when it is that large', () => {
  assert.deepEqual(readRates(200, headers('500', '499', '1800'), NOW), {
    limit: 500,
    remaining: 499,
    resetMs: 1_800_000,
  });
  const epoch = String(NOW / 1000 + 90);
  assert.deepEqual(readRates(200, headers('500', '0', epoch), NOW), { limit: 500, remaining: 0, resetMs: 90_000 });
  assert.equal(readRates(200, headers('500', '0', String(NOW / 1000 - 5)), NOW)?.resetMs, 0);
});

test('an answer without a remainder says nothing about the budget', () => {
  assert.equal(readRates(200, {}, NOW), undefined);
  assert.equal(readRates(502, { 'x-ratelimit-remaining': 'unlimited' }, NOW), undefined);
});

test('a 429 always says how long to wait: Retry-After in seconds or as a date, else the reset, else a minute', () => {
  assert.equal(readRates(429, { ...headers('500', '0', '900'), 'retry-after': '20' }, NOW)?.retryAfterMs, 20_000);
  assert.equal(readRates(429, { 'retry-after': 'Fri, 20 Nov 2026 12:00:45 GMT' }, NOW)?.retryAfterMs, 45_000);
  assert.equal(readRates(429, headers('500', '0', '900'), NOW)?.retryAfterMs, 900_000);
  assert.deepEqual(readRates(429, {}, NOW), { limit: undefined, remaining: 0, resetMs: 60_000, retryAfterMs: 60_000 });
});

test('a 429 against repeating one request leaves the remainder as the headers have it', () => {
  const rates = readRates(429, { ...headers('15000', '14990', '3000'), 'retry-after': '60' }, NOW);
  assert.deepEqual(rates, { limit: 15_000, remaining: 14_990, resetMs: 3_000_000, retryAfterMs: 60_000 });
});

test('the budget hears of every answer, also of those that fail, and nothing is sent when it has no slot', async () => {
  const statuses = [200, 500, 404, 429];
  await using visma = await startScriptedVisma((_call, count) => ({
    status: statuses[count - 1] ?? 200,
    headers: headers('500', String(500 - count), '60'),
    body: [],
  }));
  const { budget, observed } = recordingBudget();
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, budget });
  for (const _ of statuses) await client.suppliers.listPage({}, 1, purpose).catch(() => undefined);
  assert.deepEqual(
    observed.map(({ remaining }) => remaining),
    [499, 498, 497, 496],
  );

  const spent = { ...budget, take: () => Promise.reject(new Error('no slot')) };
  await using waiting = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, budget: spent });
  await assert.rejects(waiting.suppliers.listPage({}, 1, purpose), /no slot/);
  await assert.rejects(waiting.prepareWrite(purpose), /no slot/);
  assert.equal(visma.calls.length, statuses.length);
});
