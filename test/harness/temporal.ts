import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { msNumberToTs } from '@temporalio/common/lib/time.js';
import type { Kept } from '../../sandbox/kept.ts';
import type { Temporal } from '../../sandbox/temporal.ts';
import { atEnd, ownSupervisor } from './own.ts';
import { keepTemporal } from './parts.ts';
import { runId } from './run-id.ts';

const DAY_MS = 86_400_000;
const VISIBLE_WITHIN_MS = 15_000;

export interface TestTemporal {
  readonly address: string;
  /** A namespace of this test file alone: its workflows, schedules and search attributes are seen by nobody else. */
  readonly namespace: string;
  /** Connected to that namespace; closed when the file ends. */
  readonly client: Client;
}

/**
 * A real Temporal server with a namespace for this test file. Call it at the top level of the file.
 *
 * It is the server of the test run; a file that is run alone uses `TEMPORAL_ADDRESS`, or starts one for itself.
 */
export async function withTemporal(): Promise<TestTemporal> {
  const address = await serverAddress();
  const connection = await Connection.connect({ address });
  atEnd(() => connection.close());
  const namespace = `${runId()}-${randomBytes(4).toString('hex')}`;
  await makeNamespace(connection, namespace);
  return { address, namespace, client: new Client({ connection, namespace }) };
}

/**
 * A Temporal server for this test file alone: for tests that kill it. It keeps its state in `databaseFile`, so that it comes
 * back as it was, and ends with the file.
 */
export async function privateTemporal(
  dynamicConfig: Readonly<Record<string, unknown>> = {},
): Promise<{ temporal: Kept<Temporal>; databaseFile: string }> {
  const supervisor = await ownSupervisor();
  const databaseFile = join(supervisor.folder, `temporal-${randomBytes(4).toString('hex')}.db`);
  return { temporal: await keepTemporal(supervisor, toStderr, { databaseFile, dynamicConfig }), databaseFile };
}

let own: Promise<Kept<Temporal>> | undefined;

async function serverAddress(): Promise<string> {
  const given = process.env.ML_CONNECTOR_TEST_TEMPORAL_ADDRESS || process.env.TEMPORAL_ADDRESS;
  if (given) return given;
  own ??= ownSupervisor().then((supervisor) => keepTemporal(supervisor, toStderr));
  return (await own).current.address;
}

/** Registers the namespace and waits until all parts of the server have heard of it. */
async function makeNamespace(connection: Connection, namespace: string): Promise<void> {
  const workflowExecutionRetentionPeriod = msNumberToTs(DAY_MS);
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  const deadline = performance.now() + VISIBLE_WITHIN_MS;
  for (;;) {
    try {
      await connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1 });
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

function toStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
