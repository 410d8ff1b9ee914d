import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulated } from './visma-caller.ts';

const rates = (headers: Headers) =>
  ['limit', 'remaining', 'reset', 'policy'].map((name) => headers.get(`x-ratelimit-${name}`));

test('every answer of the API, a refusal too, says what is left of the window', async (t) => {
  const now = Date.parse('2026-03-01T10:00:00Z');
  const { get } = await simulated(t, { now: () => now, limits: { limit: 100, windowMs: 3_600_000 } });
  assert.deepEqual(rates((await get('/v1/supplier')).headers), ['100', '99', '3600', '4-fixed-window']);
  assert.deepEqual(rates((await get('/v1/supplier/NONE')).headers), ['100', '98', '3600', '4-fixed-window']);
});

test('a spent window answers 429 with the seconds to wait, and the next window opens by itself', async (t) => {
  let now = Date.parse('2026-03-01T10:00:00Z');
  const { get } = await simulated(t, { now: () => now, limits: { limit: 2, windowMs: 60_000 } });
  await get('/v1/supplier');
  now += 20_000;
  await get('/v1/supplier');
  const refused = await get('/v1/supplier');
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get('retry-after'), '40');
  assert.deepEqual(rates(refused.headers), ['2', '0', '40', '4-fixed-window']);
  now += 40_000;
  assert.equal((await get('/v1/supplier')).status, 200);
});

test('a call refused for its window changes nothing', async (t) => {
  const { call, visma } = await simulated(t, { limits: { limit: 0 } });
  const refused = await call('POST', '/v1/supplier', { name: { value: 'Alfa' } });
  assert.equal(refused.status, 429);
  assert.equal((await visma.admin.state()).commits.length, 0);
});

test('the limit changes at run time and starts a new window', async (t) => {
  const { get, visma } = await simulated(t, { limits: { limit: 1 } });
  await get('/v1/supplier');
  assert.equal((await get('/v1/supplier')).status, 429);
  await visma.admin.setLimits({ limit: 500, remaining: 1 });
  assert.deepEqual(rates((await get('/v1/supplier')).headers).slice(0, 2), ['500', '0']);
  assert.equal((await get('/v1/supplier')).status, 429);
  const [window] = (await visma.admin.limits()).windows;
  assert.deepEqual([window?.client, window?.used, window?.remaining], ['isv_sandbox', 500, 0]);
});

test('the reset header can be a Unix time, as in earlier years', async (t) => {
  const now = Date.parse('2026-03-01T10:00:00Z');
  const { get } = await simulated(t, { now: () => now, settings: { rateLimitReset: 'epoch' } });
  const { headers } = await get('/v1/supplier');
  assert.equal(headers.get('x-ratelimit-reset'), String(Date.parse('2026-03-01T11:00:00Z') / 1000));
});

test('administration takes no slot', async (t) => {
  const { visma } = await simulated(t);
  await visma.admin.seed({ suppliers: { count: 1 } });
  await visma.admin.state();
  assert.deepEqual((await visma.admin.limits()).windows, []);
});
