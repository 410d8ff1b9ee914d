import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { simulated, supplierBody } from './visma-caller.ts';

test('a storm of 429 hits as many requests as it was given', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.addFaults({ kind: '429', times: 2, retryAfterSeconds: 7 });
  for (let i = 0; i < 2; i++) {
    const { status, headers } = await get('/v1/supplier');
    assert.deepEqual([status, headers.get('retry-after'), headers.get('x-ratelimit-remaining')], [429, '7', '0']);
  }
  assert.equal((await get('/v1/supplier')).status, 200);
});

test('a gateway error is a page without rate headers, and nothing was written', async (t) => {
  const { call, visma } = await simulated(t);
  await visma.admin.addFaults({ kind: 'status', status: 502 });
  const { status, headers, text } = await call('POST', '/v1/supplier', supplierBody('V1'));
  assert.equal(status, 502);
  assert.match(headers.get('content-type')!, /^text\/html/);
  assert.match(text, /<html>/);
  assert.equal(headers.get('x-ratelimit-limit'), null);
  assert.equal((await visma.admin.state()).commits.length, 0);
});

test('a gateway timeout may come after the change was committed', async (t) => {
  const { call, visma } = await simulated(t);
  await visma.admin.addFaults({ kind: 'status', status: 504, afterCommit: true });
  assert.equal((await call('POST', '/v1/supplier', supplierBody('V1'))).status, 504);
  assert.equal((await call('GET', '/v1/supplier/V1')).status, 200);
  assert.equal((await visma.admin.state()).commits.length, 1);
});

test('an ERP error is a 500 with a business message', async (t) => {
  const { call, visma } = await simulated(t);
  await visma.admin.addFaults({ kind: 'erp-error', message: 'Error inserting the supplier. Error: Deadlock.' });
  const { status, body } = await call('POST', '/v1/supplier', supplierBody('V1'));
  assert.equal(status, 500);
  assert.match(body.message, /^VismaId: \S+\. Error inserting the supplier\. Error: Deadlock\.$/);
  assert.equal((await visma.admin.state()).entities.supplier?.count, 0);
});

test('a line dropped before the commit leaves nothing behind', async (t) => {
  const { call, visma } = await simulated(t);
  await visma.admin.addFaults({ kind: 'drop-before-commit' });
  await assert.rejects(call('POST', '/v1/supplier', supplierBody('V1')), /fetch failed/);
  assert.equal((await visma.admin.state()).commits.length, 0);
  const [request] = await visma.admin.requests({ method: 'POST', path: '/v1/supplier' });
  assert.deepEqual([request?.status, request?.outcome], [null, 'dropped']);
});

test('a line dropped after the commit leaves the record behind', async (t) => {
  const { call, visma } = await simulated(t);
  await visma.admin.addFaults({ kind: 'drop-after-commit' });
  await assert.rejects(call('POST', '/v1/supplier', supplierBody('V1')), /fetch failed/);
  const { commits } = await visma.admin.state();
  assert.deepEqual(
    commits.map(({ entity, key, operation }) => [entity, key, operation]),
    [['supplier', 'V1', 'create']],
  );
});

test('a request held after the commit answers once it is released', async (t) => {
  const { call, visma } = await simulated(t);
  await visma.admin.addFaults({ id: 'hang', kind: 'hold-after-commit' });
  const answer = call('POST', '/v1/supplier', supplierBody('V1'));
  while ((await visma.admin.faults()).held.length === 0) await sleep(5);
  assert.equal((await visma.admin.state()).commits.length, 1);
  assert.deepEqual(await visma.admin.release('hang'), { released: 1 });
  assert.equal((await answer).status, 201);
});

test('a request held before the commit still commits when its client has gone', async (t) => {
  const { bearer, visma } = await simulated(t);
  await visma.admin.addFaults({ kind: 'hold-before-commit' });
  const client = new AbortController();
  const answer = fetch(`${visma.url}/v1/supplier`, {
    method: 'POST',
    headers: { authorization: bearer, 'content-type': 'application/json' },
    body: JSON.stringify(supplierBody('V1')),
    signal: client.signal,
  });
  while ((await visma.admin.faults()).held.length === 0) await sleep(5);
  client.abort();
  await assert.rejects(answer, { name: 'AbortError' });
  assert.equal((await visma.admin.state()).commits.length, 0);
  await visma.admin.release();
  assert.equal((await visma.admin.state()).commits.length, 1);
});

test('a request that waits longer than the synchronous limit is answered 504 and changes nothing', async (t) => {
  const { call, visma } = await simulated(t, { settings: { syncLimitMs: 30 } });
  await visma.admin.addFaults({ kind: 'hold-before-commit' }, { kind: 'slow', ms: 10_000 });
  assert.equal((await call('POST', '/v1/supplier', supplierBody('V1'))).status, 504);
  assert.equal((await call('POST', '/v1/supplier', supplierBody('V2'))).status, 504);
  assert.equal((await visma.admin.state()).commits.length, 0);
});

test('a slow answer is late and otherwise right', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.addFaults({ kind: 'slow', ms: 60 });
  const started = performance.now();
  assert.equal((await get('/v1/supplier')).status, 200);
  assert.ok(performance.now() - started >= 55);
});

test('expired tokens answer 401 in the middle of a walk and a new token goes on', async (t) => {
  const { get, token, visma } = await simulated(t);
  await visma.admin.addFaults({ kind: 'expire-tokens', match: { path: 'pageNumber=2' } });
  assert.equal((await get('/v1/supplier', { pageNumber: '1' })).status, 200);
  assert.equal((await get('/v1/supplier', { pageNumber: '2' })).status, 401);
  assert.equal((await token()).status, 200);
});

test('a rule picks requests by method, path and body, and lets some pass first', async (t) => {
  const { call, get, visma } = await simulated(t);
  const match = { method: 'POST', path: '^/v1/supplier$', bodyIncludes: 'V2' };
  await visma.admin.addFaults(
    { kind: 'status', status: 503, match },
    { kind: '429', match: { method: 'GET' }, skip: 1 },
  );
  assert.equal((await call('POST', '/v1/supplier', supplierBody('V1'))).status, 201);
  assert.equal((await call('POST', '/v1/supplier', supplierBody('V2'))).status, 503);
  assert.equal((await call('POST', '/v1/supplier', supplierBody('V2'))).status, 201);
  assert.equal((await get('/v1/supplier')).status, 200);
  assert.equal((await get('/v1/supplier')).status, 429);
});

test('a rule without end lasts until it is cleared', async (t) => {
  const { get, visma } = await simulated(t);
  await visma.admin.addFaults({ id: 'down', kind: 'status', status: 503, times: 'always' });
  for (let i = 0; i < 3; i++) assert.equal((await get('/v1/supplier')).status, 503);
  const [rule] = (await visma.admin.faults()).rules;
  assert.deepEqual([rule?.id, rule?.left, rule?.hits], ['down', 'always', 3]);
  await visma.admin.clearFaults('down');
  assert.equal((await get('/v1/supplier')).status, 200);
});

test('the token endpoint can fail too', async (t) => {
  const { token, visma } = await simulated(t);
  await visma.admin.addFaults({ kind: 'status', status: 500, match: { path: '^/connect/token' } });
  assert.equal((await token()).status, 500);
  assert.equal((await token()).status, 200);
});

test('a fault that does not exist is refused', async (t) => {
  const { visma } = await simulated(t);
  // @ts-expect-error: the type knows the kinds as well.
  await assert.rejects(visma.admin.addFaults({ kind: 'earthquake' }), /refused POST/);
});
