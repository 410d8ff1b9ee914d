import { readFile } from 'node:fs/promises';
import type { Client } from '@temporalio/client';
import { type Deliveries, withDeliveries } from './deliveries.ts';
import { type Measurement, median } from './measurement.ts';

/** Documents that one poll brings, and a round that warms up and is measured against. */
const DOCUMENTS = 10_000;
const FEW = 300;

const RATE_GOAL = 0.8;
const EVENTS_GOAL = 10_000;
const BYTES_GOAL = 10 * 1024 * 1024;
const MEMORY_GOAL_MIB = 700;

/** Ten thousand documents in one poll: their rate, the histories of the run, and the memory of the worker. Takes some ten minutes. */
export async function* run(): AsyncGenerator<Measurement> {
  yield* await withDeliveries(measure);
}

async function* measure({ client, workerPid, real, empty }: Deliveries): AsyncGenerator<Measurement> {
  const before = [await empty(FEW), await empty(FEW)];
  await real(FEW);
  const rate = await real(DOCUMENTS);
  const against = median([...before.slice(1), await empty(FEW), await empty(FEW)]);
  const ratio = rate / against;
  yield figure('10,000 documents in one poll', rate, 'documents/s', {
    against,
    ratio,
    goal: RATE_GOAL,
    met: ratio >= RATE_GOAL,
  });
  const runs = await runsOf(client);
  const events = Math.max(...runs.map((one) => one.events));
  yield figure('longest history of the run', events, 'events', { goal: EVENTS_GOAL, met: events < EVENTS_GOAL });
  const bytes = Math.max(...runs.map((one) => one.bytes));
  yield figure('largest history of the run', bytes, 'bytes', { goal: BYTES_GOAL, met: bytes < BYTES_GOAL });
  const memory = await peakMemoryMib(workerPid);
  yield figure('peak memory of the worker', memory, 'MiB', { goal: MEMORY_GOAL_MIB, met: memory < MEMORY_GOAL_MIB });
}

function figure(
  name: string,
  value: number,
  unit: string,
  held: Pick<Measurement, 'goal' | 'met'> & Partial<Measurement>,
): Measurement {
  return { bench: 'poll', case: name, value, unit, against: null, ratio: null, ...held };
}

/** Every execution of the runs of the flow; a long run goes on in new ones. */
async function runsOf(client: Client): Promise<{ events: number; bytes: number }[]> {
  const runs: { events: number; bytes: number }[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query: `WorkflowType = 'syncVismaSftp'` })) {
    const { historyLength, historySize } = await client.workflow.getHandle(workflowId, runId).describe();
    runs.push({ events: historyLength, bytes: historySize ?? 0 });
  }
  return runs;
}

/** The most memory a process has had so far, by the operating system. */
async function peakMemoryMib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}
