import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { readEnvironment } from '../config/environment.ts';
import type { Ledger } from '../ledger/database.ts';
import { openLedger } from '../ledger/open.ts';
import { setUpExamples } from '../sandbox/example-setup.ts';
import type { Stack } from '../sandbox/stack.ts';
import { startStack } from '../sandbox/start-stack.ts';
import { connectClient } from '../workers/connect.ts';

const EMPTY_WORKER = fileURLToPath(new URL('./empty/worker.ts', import.meta.url));
const HEADER = 'Vendor No;Name;Org No;VAT No;Currency;Class;Terms;Street;Zip;City;Country;Email;Phone';

/** The example integrations on servers of their own, and beside their worker one whose deliveries do nothing. */
export interface Deliveries {
  readonly client: Client;
  readonly workerPid: number;
  /** Documents a second, from a vendor file of so many new rows to the last supplier in Visma.net. */
  real(count: number): Promise<number>;
  /** Deliveries a second with three empty activities each, started in the same window. */
  empty(count: number): Promise<number>;
  /** The workflow id of some delivery that has ended well. */
  anyDelivered(): Promise<string>;
}

/** Lends the deliveries; everything ends afterwards. The call budget of the simulator is lifted. */
export async function withDeliveries<T>(
  work: (deliveries: Deliveries) => AsyncGenerator<T>,
): Promise<AsyncGenerator<T>> {
  const home = await mkdtemp(join(tmpdir(), 'bench-deliveries-'));
  const silent = () => {};
  const stack = await startStack({
    home,
    lifetime: 'temporary',
    say: silent,
    env: { ...process.env, SFTP_SETTLE: '0s' },
    durability: 'process',
    vismaArgs: ['--limit', '10000000'],
    prepare: (started) => setUpExamples(started, silent),
  });
  return lend(stack, work);
}

async function* lend<T>(stack: Stack, work: (deliveries: Deliveries) => AsyncGenerator<T>): AsyncGenerator<T> {
  const settings = readEnvironment({ ...stack.env, ML_CONNECTOR_MASTER_KEY: stack.masterKey });
  const client = await connectClient(settings.temporal);
  const ledger = await openLedger(settings.ledger);
  const empty = await startEmptyWorker(stack);
  try {
    yield* work(deliveriesOf(stack, client, ledger));
  } finally {
    empty.kill('SIGTERM');
    await ledger.close();
    await client.connection.close();
    await stack.stop();
  }
}

function deliveriesOf(stack: Stack, client: Client, ledger: Ledger): Deliveries {
  let files = 0;
  let rows = 0;
  const delivered = async () => {
    const query = ledger.db.selectFrom('document').where('kind', '=', 'Supplier').where('state', '=', 'delivered');
    const { count } = await query.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    return Number(count);
  };
  return {
    client,
    workerPid: stack.description.worker?.pid ?? 0,
    real: async (count) => {
      files += 1;
      const first = 100_000 + rows;
      rows += count;
      return rateOf(count, async () => {
        await drop(stack, `vendors-${files}.csv`, vendors(first, count));
        await client.schedule.getHandle('acme/vendors-in').trigger();
        while ((await delivered()) < rows) await sleep(100);
      });
    },
    empty: async (count) => {
      files += 1;
      const prefix = `empty/${files}`;
      return rateOf(count, async () => {
        await client.workflow.execute('emptySync', { workflowId: prefix, taskQueue: 'empty', args: [prefix, count] });
        await drained(client, 'emptyDelivery');
      });
    },
    anyDelivered: async () => {
      const query = ledger.db.selectFrom('document').select('workflowId').where('kind', '=', 'Supplier');
      return (await query.where('state', '=', 'delivered').executeTakeFirstOrThrow()).workflowId;
    },
  };
}

async function startEmptyWorker(stack: Stack) {
  const child = spawn(process.execPath, [EMPTY_WORKER], {
    env: { ...process.env, TEMPORAL_ADDRESS: stack.env.TEMPORAL_ADDRESS },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  return child;
}

async function rateOf(count: number, work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return count / ((performance.now() - began) / 1000);
}

function vendors(first: number, count: number): Buffer {
  const rows = Array.from({ length: count }, (_, index) => {
    const number = first + index;
    return `${number};Leverandør ${number} AS;;;;;;Storgata ${index};0155;Oslo;Norway;post@firma${number}.test;`;
  });
  return Buffer.from([HEADER, ...rows, ''].join('\r\n'), 'latin1');
}

async function drop(stack: Stack, name: string, bytes: Buffer): Promise<void> {
  const folder = join(stack.description.sftp.root, 'inbound/vendors');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '.next'), bytes);
  await rename(join(folder, '.next'), join(folder, name));
}

/** Waits until no workflow of a type is open. */
async function drained(client: Client, type: string): Promise<void> {
  const query = `WorkflowType = '${type}' AND ExecutionStatus = 'Running'`;
  do await sleep(100);
  while ((await client.workflow.count(query)).count > 0);
}
