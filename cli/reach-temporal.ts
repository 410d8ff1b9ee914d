import type { Client } from '@temporalio/client';
import type { TemporalSettings } from '../config/environment.ts';
import { Failure } from '../failures/failure.ts';
import { connectClient } from '../workers/connect.ts';

/** gRPC status NOT_FOUND: the server answers, and the namespace is not there. */
const NOT_FOUND = 5;

/** @throws Failure TEMPORAL_UNREACHABLE */
export async function reachTemporal(settings: TemporalSettings): Promise<Client> {
  const { address, namespace } = settings;
  const client = await connectClient(settings);
  try {
    await client.workflowService.describeNamespace({ namespace });
    return client;
  } catch (cause) {
    await client.connection.close();
    const isMissing = (cause as { code?: unknown }).code === NOT_FOUND;
    const problem = isMissing ? `has no namespace ${namespace}` : `does not answer for namespace ${namespace}`;
    throw new Failure('TEMPORAL_UNREACHABLE', { message: `Temporal at ${address} ${problem}.`, cause });
  }
}
