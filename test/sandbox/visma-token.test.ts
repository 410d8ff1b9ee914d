import assert from 'node:assert/strict';
import { test } from 'node:test';
import { request, simulated, supplierBody } from './visma-caller.ts';

test('the token endpoint answers a bearer token with its life in seconds', async (t) => {
  const { token } = await simulated(t);
  const { status, body } = await token();
  assert.equal(status, 200);
  assert.equal(body.token_type, 'Bearer');
  assert.equal(body.expires_in, 3600);
});

test('a wrong secret is refused with invalid_client and status 400', async (t) => {
  const { token } = await simulated(t);
  const { status, body } = await token({ client_secret: 'wrong' });
  assert.equal(status, 400);
  assert.deepEqual(body, { error: 'invalid_client' });
});

test('a scope the client does not have is refused', async (t) => {
  const { token } = await simulated(t, { credentials: { scopes: ['vismanet_erp_service_api:read'] } });
  const { status, body } = await token({ scope: 'vismanet_erp_service_api:delete' });
  assert.deepEqual({ status, body }, { status: 400, body: { error: 'invalid_scope' } });
});

test('a wrong tenant gets its token and then 401 from the API', async (t) => {
  const { token, visma } = await simulated(t);
  const issued = await token({ tenant_id: '22222222-2222-2222-2222-222222222222' });
  assert.equal(issued.status, 200);
  const headers = { authorization: `Bearer ${issued.body.access_token}` };
  assert.equal((await request(`${visma.url}/v1/supplier`, { headers })).status, 401);
});

test('a route that exists answers 401 without a token and a wrong route answers 404', async (t) => {
  const { visma } = await simulated(t);
  assert.equal((await request(`${visma.url}/v1/supplier`, {})).status, 401);
  assert.equal((await request(`${visma.url}/v1/vendor`, {})).status, 404);
});

test('a token ends with its life', async (t) => {
  let now = Date.parse('2026-03-01T10:00:00Z');
  const { get } = await simulated(t, { now: () => now, settings: { tokenTtlSeconds: 60 } });
  now += 59_999;
  assert.equal((await get('/v1/supplier')).status, 200);
  now += 1;
  assert.equal((await get('/v1/supplier')).status, 401);
});

test('each verb needs its own scope', async (t) => {
  const { get, call, visma } = await simulated(t, { credentials: { scopes: ['vismanet_erp_service_api:read'] } });
  assert.equal((await get('/v1/supplier')).status, 200);
  assert.equal((await call('POST', '/v1/supplier', supplierBody('A1'))).status, 403);
  assert.equal((await call('PUT', '/v1/supplier/A1', {})).status, 403);
  assert.equal((await visma.admin.state()).commits.length, 0);
});

test('new credentials replace the old ones while tokens already issued live on', async (t) => {
  const { get, token, visma } = await simulated(t);
  await visma.admin.setCredentials({ clientSecret: 'second' });
  assert.equal((await token()).status, 400);
  assert.equal((await token({ client_secret: 'second' })).status, 200);
  assert.equal((await get('/v1/supplier')).status, 200);
  await visma.admin.setCredentials({ revokeTokens: true });
  assert.equal((await get('/v1/supplier')).status, 401);
});

test('a revoked client gets neither answers nor tokens until it has credentials again', async (t) => {
  const { get, token, visma } = await simulated(t);
  await visma.admin.addFaults({ kind: 'revoke-client' });
  assert.equal((await get('/v1/supplier')).status, 401);
  assert.deepEqual((await token()).body, { error: 'invalid_client' });
  await visma.admin.setCredentials({});
  assert.equal((await token()).status, 200);
});

test('token requests are logged without their secret and take no slot of the window', async (t) => {
  const { visma, token } = await simulated(t);
  await token();
  const [first] = await visma.admin.requests({ path: '^/connect/token$' });
  assert.equal((first!.body as Record<string, string>).client_secret, '***');
  assert.deepEqual((await visma.admin.limits()).windows, []);
});
