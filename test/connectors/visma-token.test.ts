import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Failure } from '../../failures/failure.ts';
import {
  openClient,
  purpose,
  type Reply,
  recordingBudget,
  SECRET,
  startRawServer,
  startScriptedVisma,
} from './visma-support.ts';

const list: Reply = { status: 200, body: [] };
const once = (client: ReturnType<typeof openClient>) => client.suppliers.listPage({}, 1, purpose);

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof Failure, `a Failure was expected, not ${inspect(error)}`);
  return error;
}

test('the token is asked for with client credentials, tenant and scopes, and takes no slot of the budget', async () => {
  await using visma = await startScriptedVisma(() => list);
  const { budget, taken } = recordingBudget();
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, budget });
  await once(client);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(visma.grants[0]!.body)), {
    grant_type: 'client_credentials',
    client_id: 'isv_test',
    client_secret: SECRET,
    tenant_id: '11111111-1111-1111-1111-111111111111',
    scope: 'vismanet_erp_service_api:read vismanet_erp_service_api:create vismanet_erp_service_api:update',
  });
  assert.equal(visma.calls[0]!.headers.authorization, 'Bearer token-1');
  assert.deepEqual(taken, [purpose]);
});

test('however many callers wait, one token request goes out', async () => {
  await using visma = await startScriptedVisma(() => list);
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl });
  await Promise.all(Array.from({ length: 25 }, () => once(client)));
  assert.equal(visma.grants.length, 1);
  assert.equal(visma.calls.length, 25);
});

test('the token is kept until shortly before it expires', async () => {
  let now = 1_000_000;
  await using visma = await startScriptedVisma(() => list);
  const settings = { renewBeforeExpiryMs: 60_000 };
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, settings, now: () => now });
  await once(client);
  now += 3_600_000 - 60_001;
  await once(client);
  assert.equal(visma.grants.length, 1);
  now += 1;
  await once(client);
  assert.equal(visma.grants.length, 2);
  assert.equal(visma.calls.at(-1)!.headers.authorization, 'Bearer token-2');
});

test('a token that lives shorter than the margin is still used for half its life', async () => {
  let now = 0;
  const grant = (count: number) => ({ status: 200, body: { access_token: `t${count}`, expires_in: 10 } });
  await using visma = await startScriptedVisma(() => list, grant);
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, now: () => now });
  await once(client);
  now = 4_999;
  await once(client);
  assert.equal(visma.grants.length, 1);
  now = 5_000;
  await once(client);
  assert.equal(visma.grants.length, 2);
});

test('a failed token request is not remembered', async () => {
  const grant = (count: number): Reply =>
    count === 1
      ? { status: 503, body: '<html>busy</html>' }
      : { status: 200, body: { access_token: 't', expires_in: 60 } };
  await using visma = await startScriptedVisma(() => list, grant);
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl });
  const [first, second] = await Promise.all([failureOf(once(client)), failureOf(once(client))]);
  assert.equal(first.type, 'Transient');
  assert.equal(second.type, 'Transient');
  assert.equal(visma.grants.length, 1);
  assert.deepEqual((await once(client)).records, []);
});

for (const error of ['invalid_client', 'invalid_scope', 'unauthorized_client']) {
  test(`${error} at Visma Connect is a matter of credentials, and no API call is made`, async () => {
    await using visma = await startScriptedVisma(
      () => list,
      () => ({ status: 400, body: { error } }),
    );
    const { budget, taken } = recordingBudget();
    await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, budget });
    const failure = await failureOf(once(client));
    assert.equal(failure.code, 'VISMA_AUTH');
    assert.match(failure.message, new RegExp(error));
    assert.equal(visma.calls.length, 0);
    assert.deepEqual(taken, [], 'a refused token must not cost a slot');
  });
}

test('a read that meets 401 renews the token once and goes on, for a second slot', async () => {
  await using visma = await startScriptedVisma((call) =>
    call.headers.authorization === 'Bearer token-1' ? { status: 401 } : list,
  );
  const { budget, taken } = recordingBudget();
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, budget });
  assert.deepEqual((await once(client)).records, []);
  assert.equal(visma.grants.length, 2);
  assert.equal(taken.length, 2);
});

test('ten reads that meet 401 at once renew the token once between them', async () => {
  await using visma = await startScriptedVisma((call) =>
    call.headers.authorization === 'Bearer token-1' ? { status: 401 } : list,
  );
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl });
  await Promise.all(Array.from({ length: 10 }, () => once(client)));
  assert.equal(visma.grants.length, 2);
});

test('a read whose fresh token meets 401 too is a matter of credentials, most likely of the tenant', async () => {
  await using visma = await startScriptedVisma(() => ({ status: 401 }));
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl });
  const failure = await failureOf(once(client));
  assert.equal(failure.type, 'AuthFailed');
  assert.match(failure.message, /tenant/);
  assert.equal(visma.calls.length, 2);
});

test('a write that meets 401 is not sent again; the next one goes out with a new token', async () => {
  await using visma = await startScriptedVisma((call) =>
    call.headers.authorization === 'Bearer token-1' ? { status: 401 } : { status: 204 },
  );
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl });
  const request = { method: 'PUT', path: '/v1/supplier/1', body: {} } as const;
  const limits = { mayWriteUntil: () => true, timeoutMs: 2000 };
  const refused = await (await client.prepareWrite(purpose)).send(request, limits);
  assert.equal(refused.outcome, 'not-written');
  assert.equal(refused.outcome === 'not-written' && refused.failure.type, 'AuthFailed');
  assert.equal(visma.calls.length, 1);
  assert.equal((await (await client.prepareWrite(purpose)).send(request, limits)).outcome, 'accepted');
});

test('neither the secret nor the token shows in any failure, its causes, or the client itself', async () => {
  const leaky = `{"access_token":"token-planted","client_secret":"${SECRET}",`;
  const grants: Reply[] = [
    { status: 200, body: leaky, headers: { 'content-type': 'application/json' } },
    { status: 200, body: { access_token: 'token-planted' } },
    { status: 400, body: { error: SECRET, error_description: `wrong secret ${SECRET}` } },
    { status: 500, body: leaky },
  ];
  const shown: string[] = [];
  const show = (error: Failure) => shown.push(inspect(error, { depth: 10, showHidden: true }), JSON.stringify(error));
  for (const grant of grants) {
    await using visma = await startScriptedVisma(
      () => list,
      () => grant,
    );
    await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl });
    show(await failureOf(once(client)));
  }
  const granted = () => ({ status: 200, body: { access_token: 'token-planted', expires_in: 3600 } });
  await using visma = await startScriptedVisma(() => ({ status: 403 }), granted);
  await using cut = await startRawServer((socket) => socket.destroy());
  await using refused = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl });
  await using broken = openClient({ apiUrl: cut.url, tokenUrl: visma.tokenUrl });
  show(await failureOf(once(refused)));
  show(await failureOf(once(broken)));
  const write = await broken.prepareWrite(purpose);
  const answer = await write.send(
    { method: 'POST', path: '/v1/supplier', body: {} },
    { mayWriteUntil: () => true, timeoutMs: 2000 },
  );
  shown.push(inspect(answer, { depth: 10 }), inspect(refused, { depth: 4 }), inspect(write, { depth: 4 }));
  assert.ok(shown.length >= 15);
  for (const text of shown) {
    assert.doesNotMatch(text, new RegExp(SECRET));
    assert.doesNotMatch(text, /token-planted/);
  }
});
