import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { readEnvironment } from '../config/environment.ts';
import { openLedger } from '../ledger/open.ts';
import { setUpExamples } from '../sandbox/example-setup.ts';
import type { Stack } from '../sandbox/stack.ts';
import { startStack } from '../sandbox/start-stack.ts';
import { connectClient } from '../workers/connect.ts';
import { type Measurement, median } from './measurement.ts';

const EMPTY_WORKER = fileURLToPath(new URL('./empty/worker.ts', import.meta.url));
const DOCUMENTS = 300;
const ROUNDS = 3;
const HEADER = 'Vendor No;Name;Org No;VAT No;Currency;Class;Terms;Street;Zip;City;Country;Email;Phone';

/** The least part of the empty deliveries' rate that real ones must reach, and the most events one may take. */
const RATE_GOAL = 0.8;
const EVENTS_GOAL = 25;

/**
 * Documents a second from a vendor file to suppliers in Visma.net, against the same windowed children with three empty
 * activities, on the same server, in turn. Each worker is a process of its own, and idle while the other is measured.
 */
export async function* run(): AsyncGenerator<Measurement> {
  const home = await mkdtemp(join(tmpdir(), 'bench-documents-'));
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
  try {
    yield* measure(stack);
  } finally {
    await stack.stop();
  }
}

async function* measure(stack: Stack): AsyncGenerator<Measurement> {
  const settings = readEnvironment({ ...stack.env, ML_CONNECTOR_MASTER_KEY: stack.masterKey });
  const client = await connectClient(settings.temporal);
  const ledger = await openLedger(settings.ledger);
  const empty = await startEmptyWorker(stack);
  try {
    const delivered = async () => {
      const rows = await ledger.db
        .selectFrom('document')
        .select('workflowId')
        .where('kind', '=', 'Supplier')
        .where('state', '=', 'delivered')
        .execute();
      return rows.map((row) => row.workflowId);
    };
    const rates: { real: number; empty: number }[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const emptyRate = await rateOf(() => runEmpty(client, round));
      const real = await rateOf(() => runReal(stack, client, round, delivered));
      // The first round warms both up.
      if (round > 0) rates.push({ real, empty: emptyRate });
    }
    const ratio = median(rates.map((rate) => rate.real / rate.empty));
    const figures = { value: median(rates.map((rate) => rate.real)), against: median(rates.map((rate) => rate.empty)) };
    yield {
      bench: 'documents',
      case: 'vendor file to suppliers',
      ...figures,
      unit: 'documents/s',
      ratio,
      goal: RATE_GOAL,
      met: ratio >= RATE_GOAL,
    };
    const events = await eventsOf(client, (await delivered())[0] ?? '');
    yield {
      bench: 'documents',
      case: 'history of one delivery',
      value: events,
      unit: 'events',
      against: null,
      ratio: null,
      goal: EVENTS_GOAL,
      met: events <= EVENTS_GOAL,
    };
  } finally {
    empty.kill('SIGTERM');
    await ledger.close();
    await client.connection.close();
  }
}

async function rateOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return DOCUMENTS / ((performance.now() - began) / 1000);
}

async function startEmptyWorker(stack: Stack) {
  const child = spawn(process.execPath, [EMPTY_WORKER], {
    env: { ...process.env, TEMPORAL_ADDRESS: stack.env.TEMPORAL_ADDRESS },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  return child;
}

async function runEmpty(client: Client, round: number): Promise<void> {
  const prefix = `empty/${round}`;
  await client.workflow.execute('emptySync', { workflowId: prefix, taskQueue: 'empty', args: [prefix, DOCUMENTS] });
  await drained(client, 'emptyDelivery');
}

async function runReal(stack: Stack, client: Client, round: number, delivered: () => Promise<string[]>): Promise<void> {
  const rows = Array.from({ length: DOCUMENTS }, (_, index) => {
    const number = 100_000 + round * DOCUMENTS + index;
    return `${number};Leverandør ${number} AS;;;;;;Storgata ${index};0155;Oslo;Norway;post@firma${number}.test;`;
  });
  const folder = join(stack.description.sftp.root, 'inbound/vendors');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '.next'), Buffer.from([HEADER, ...rows, ''].join('\r\n'), 'latin1'));
  await rename(join(folder, '.next'), join(folder, `vendors-${round}.csv`));
  await client.schedule.getHandle('acme/vendors-in').trigger();
  while ((await delivered()).length < (round + 1) * DOCUMENTS) await sleep(100);
}

/** Waits until no workflow of a type is open. */
async function drained(client: Client, type: string): Promise<void> {
  const query = `WorkflowType = '${type}' AND ExecutionStatus = 'Running'`;
  do await sleep(100);
  while ((await client.workflow.count(query)).count > 0);
}

async function eventsOf(client: Client, workflowId: string): Promise<number> {
  const history = await client.workflow.getHandle(workflowId).fetchHistory();
  return history.events?.length ?? 0;
}
