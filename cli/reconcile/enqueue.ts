import { v7 as uuidv7 } from 'uuid';
import type { FlowConfig } from '../../activities/configuration.ts';
import type { Run } from '../../activities/flow-steps.ts';
import type { Versioned } from '../../connectors/visma/pages.ts';
import { closeBatch, openBatch } from '../../ledger/batches.ts';
import { startDelivery } from '../../workers/start-delivery.ts';
import { trigger } from '../actions/run.ts';
import type { Session } from '../session.ts';
import type { Reconciler } from './reconciler.ts';

/** Records that are stored at once. */
const AT_ONCE = 500;

/**
 * Takes records over as a run of the flow does, in a batch of its own, and starts a run, which puts them into its next file.
 * Called again after it was stopped, it goes on: what is stored is found.
 */
export async function enqueue<T extends Versioned>(
  session: Session,
  config: FlowConfig,
  { store }: Reconciler<T>,
  records: readonly T[],
): Promise<void> {
  const ledger = await session.ledger();
  const client = await session.temporal();
  const run = await runOf(session, config);
  for (let from = 0; from < records.length; from += AT_ONCE) {
    const deps = { ledger, at: async () => undefined };
    for (const start of await store(deps, run, records.slice(from, from + AT_ONCE))) {
      await startDelivery(client, session.settings.temporal.taskQueue, start);
    }
  }
  await closeBatch(ledger, run.batch, 'closed', run.attempt.provenance);
  await trigger(session, config.name);
}

async function runOf(session: Session, config: FlowConfig): Promise<Run> {
  const ids = { workflowId: `reconcile/${config.name}`, runId: uuidv7() };
  const provenance = { ...session.provenance, ...ids, attempt: 1 };
  const plan = { reconcile: true };
  const opening = { flow: config.name, configHash: config.hash, plan, cursor: undefined, ...ids };
  const batch = await openBatch(await session.ledger(), opening, provenance);
  const attempt = { provenance, signal: new AbortController().signal, heartbeat: () => undefined };
  return { config, batch, attempt };
}
