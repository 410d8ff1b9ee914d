import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PingEntity, type PingStep, pingVisma } from '../../connectors/visma/ping.ts';
import { openClient, type Reply, recordingBudget, startRawServer, startScriptedVisma } from './visma-support.ts';

const rates = { 'x-ratelimit-limit': '500', 'x-ratelimit-remaining': '480', 'x-ratelimit-reset': '1800' };

async function ping(client: ReturnType<typeof openClient>, ...entities: PingEntity[]): Promise<PingStep[]> {
  const steps: PingStep[] = [];
  for await (const step of pingVisma(client, entities)) steps.push(step);
  return steps;
}

const brief = (steps: readonly PingStep[]) => steps.map(({ verb, ok }) => `${verb} ${ok ? 'ok' : 'failed'}`);

test('a working connection passes every verb, as the operator, with a small page per entity', async () => {
  await using visma = await startScriptedVisma(() => ({ status: 200, headers: rates, body: [] }));
  const { budget, taken } = recordingBudget();
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl, budget });
  const steps = await ping(client, 'supplier', 'account');
  assert.deepEqual(brief(steps), [
    'resolve ok',
    'connect ok',
    'token ok',
    'read supplier ok',
    'read account ok',
    'budget ok',
  ]);
  assert.equal(steps.at(-1)?.detail, '480 of 500 calls left, renewed in 30 min');
  assert.deepEqual(taken, Array(2).fill({ class: 'operator', holder: 'ping' }));
  assert.deepEqual(
    visma.calls.map((call) => call.url.search),
    ['?pageNumber=1&pageSize=1', ''],
  );
});

test('each entity is tried although another one cannot be read', async () => {
  const answer = (path: string): Reply =>
    path === '/v1/supplier'
      ? { status: 403, body: { message: 'no rights' } }
      : { status: 200, body: [], headers: rates };
  await using visma = await startScriptedVisma((call) => answer(call.url.pathname));
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl });
  const steps = await ping(client, 'supplier', 'supplierInvoice', 'subaccount');
  assert.deepEqual(brief(steps).slice(3), [
    'read supplier failed',
    'read supplierInvoice ok',
    'read subaccount ok',
    'budget ok',
  ]);
  assert.equal(steps[3]?.failure?.type, 'AuthFailed');
});

test('refused credentials end the ping at the token, with what to do', async () => {
  await using visma = await startScriptedVisma(
    () => ({ status: 200, body: [] }),
    () => ({ status: 400, body: { error: 'invalid_client' } }),
  );
  await using client = openClient({ apiUrl: visma.url, tokenUrl: visma.tokenUrl });
  const steps = await ping(client, 'supplier');
  assert.deepEqual(brief(steps), ['resolve ok', 'connect ok', 'token failed']);
  assert.match(steps[2]?.failure?.next ?? '', /client id/i);
});

test('a port that nobody listens on fails at connect and names host and port', async () => {
  const closed = await startRawServer(() => undefined);
  await closed[Symbol.asyncDispose]();
  await using client = openClient({ apiUrl: closed.url, tokenUrl: closed.url });
  const steps = await ping(client, 'supplier');
  assert.deepEqual(brief(steps), ['resolve ok', 'connect failed']);
  assert.ok(steps[1]?.detail.includes(new URL(closed.url).host));
  assert.match(steps[1]?.failure?.next ?? '', /firewall/);
});

test('a host that does not exist fails at resolve', async () => {
  const address = 'https://visma.invalid';
  await using client = openClient({ apiUrl: address, tokenUrl: address });
  const steps = await ping(client, 'supplier');
  assert.deepEqual(brief(steps), ['resolve failed']);
  assert.match(steps[0]?.detail ?? '', /visma\.invalid cannot be resolved/);
});
