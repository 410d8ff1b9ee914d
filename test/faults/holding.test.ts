import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pauseFlow, resumeFlow } from '../../ledger/brakes.ts';
import { listConnections, pauseConnection, resumeConnection, setSecrets } from '../../ledger/connections.ts';
import { withConnector } from '../harness/connector.ts';
import { atRest, writes } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';
import { until } from '../harness/until.ts';
import { dropVendors } from '../harness/vendors.ts';

const connector = await withConnector();
const { ledger } = connector;
const { admin } = connector.visma;
const config = await connector.configure(integrationText());
const worker = await connector.startWorker();

function numbersFrom(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(first + index));
}

async function begin(numbers: readonly string[]): Promise<void> {
  await dropVendors(
    connector,
    `${numbers[0]}.csv`,
    numbers.map((number) => ({ number, name: `Vendor ${number}` })),
  );
  assert.equal(await connector.sync('vendors-in', config), 'closed');
}

async function assertCreatedOnce(numbers: readonly string[]): Promise<void> {
  const documents = await atRest(connector, 'vendors-in');
  assert.deepEqual(
    documents.filter(({ state }) => state !== 'delivered').map(({ sourceKey }) => sourceKey),
    [],
  );
  const expected = numbers.map((number) => `create ${number}`);
  assert.deepEqual((await writes(connector)).filter((write) => expected.includes(write)).sort(), expected);
}

/** How many writes were ever allowed to leave. */
async function sends(): Promise<number> {
  const row = await ledger.db
    .selectFrom('intent')
    .select(({ fn }) => fn.sum<number>('attempt').as('sends'))
    .executeTakeFirstOrThrow();
  return Number(row.sends ?? 0);
}

async function latchOf(name: string): Promise<string | undefined> {
  return (await listConnections(ledger)).find((connection) => connection.name === name)?.latch;
}

test('in a storm of 429s every document waits its turn, none fails, none is written twice', async () => {
  const numbers = numbersFrom(81_000, 8);
  await admin.addFaults({ kind: '429', retryAfterSeconds: 1, times: 10, match: { method: 'POST', path: '/supplier' } });
  await begin(numbers);
  await assertCreatedOnce(numbers);
  await admin.clearFaults();
});

test('a client that is revoked closes the connection with one alert; all goes on with new credentials', async () => {
  const numbers = numbersFrom(82_000, 6);
  await admin.addFaults({ kind: 'revoke-client', match: { method: 'POST', path: '/supplier' } });
  await begin(numbers);
  await until('the latch closes', async () => (await latchOf('acme/visma')) === 'blocked');
  await until('every document waits', async () =>
    (await connector.documents('vendors-in')).every(({ state }) => state === 'transformed' || state === 'delivered'),
  );
  const alerts = worker.log.filter((line) => line.includes('"blocked":"acme/visma"'));
  assert.equal(alerts.length, 1);

  await admin.setCredentials({ clientSecret: 'another-secret' });
  await setSecrets(ledger, 'acme/visma', { clientId: 'isv_sandbox', clientSecret: 'another-secret' });
  assert.equal(await latchOf('acme/visma'), 'open');
  await assertCreatedOnce(numbers);
});

test('while flow or connection is paused nothing new is sent; resumed, all that waited goes out', async () => {
  const numbers = numbersFrom(83_000, 4);
  await admin.addFaults({ kind: '429', retryAfterSeconds: 1, times: 1, match: { method: 'POST', path: '/supplier' } });
  await begin(numbers);
  await pauseFlow(ledger, 'acme/vendors-in', 'month end', 'test');
  await sleep(300);
  const before = await sends();
  await sleep(1_000);
  assert.equal(await sends(), before);

  await pauseConnection(ledger, 'acme/visma', 'Visma.net is being upgraded');
  await resumeFlow(ledger, 'acme/vendors-in');
  await sleep(1_000);
  assert.equal(await sends(), before);

  await resumeConnection(ledger, 'acme/visma');
  await assertCreatedOnce(numbers);
});
