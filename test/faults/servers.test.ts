import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { migrate } from '../../ledger/migrate.ts';
import { verifyLedger } from '../../ledger/verify.ts';
import { withConnector } from '../harness/connector.ts';
import { atRest, writes } from '../harness/deliveries.ts';
import { integrationText } from '../harness/integration.ts';
import { atEnd } from '../harness/own.ts';
import { privatePostgres } from '../harness/postgres.ts';
import { privateTemporal } from '../harness/temporal.ts';
import { until } from '../harness/until.ts';
import { dropVendors } from '../harness/vendors.ts';

const postgres = await privatePostgres();
const { temporal } = await privateTemporal();
const { address } = temporal.current;
await migrate(postgres.current.url);
const connection = await Connection.connect({ address });
atEnd(() => connection.close());
const client = new Client({ connection, namespace: 'default' });
const connector = await withConnector({
  databaseUrl: postgres.current.url,
  temporal: { address, namespace: 'default', client },
});
const { admin } = connector.visma;
const config = await connector.configure(integrationText());
await connector.startWorker();
// Slow enough that many writes are on their way at any moment.
await admin.addFaults({ kind: 'slow', ms: 250, times: 'always', match: { method: 'POST', path: '/supplier' } });

const dropped: string[] = [];

/** New suppliers are being written, some of them already. */
async function begin(first: number): Promise<void> {
  const numbers = Array.from({ length: 60 }, (_, index) => String(first + index));
  await dropVendors(
    connector,
    `${first}.csv`,
    numbers.map((number) => ({ number, name: `Vendor ${number}` })),
  );
  const before = (await writes(connector)).length;
  dropped.push(...numbers);
  await connector.beginSync('vendors-in', config);
  await until('some are written', async () => (await writes(connector)).length > before + 5);
}

async function assertOnce(): Promise<void> {
  const stored = async () => (await connector.documents('vendors-in')).length >= dropped.length;
  await until('every row is stored', stored, 60_000);
  await atRest(connector, 'vendors-in', 60_000);
  assert.deepEqual((await writes(connector)).sort(), dropped.map((number) => `create ${number}`).sort());
  const states = new Set((await connector.documents('vendors-in')).map(({ state }) => state));
  assert.deepEqual(states, new Set(['delivered']));
  for await (const finding of verifyLedger(connector.ledger)) assert.fail(JSON.stringify(finding));
}

test('Postgres is killed while documents are written: nothing is lost or doubled, and nothing turns red', async () => {
  await begin(84_000);
  await postgres.kill();
  await sleep(1_000);
  await postgres.start();
  await assertOnce();
});

test('Temporal is killed while documents are written: the worker stays up, and all is written once', async () => {
  await begin(85_000);
  await temporal.kill();
  await sleep(1_000);
  await temporal.start();
  await assertOnce();
});
