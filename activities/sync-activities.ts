import type { FlowKind } from '../config/integration.ts';
import { Failure } from '../failures/failure.ts';
import { closeBatch, commitCursor, findBatchOfRun, getBatch, openBatch, readCursor } from '../ledger/batches.ts';
import type { BatchRow } from '../ledger/schema.ts';
import type { Attempt, Dependencies } from './dependencies.ts';
import type { FlowSteps, Page, Position } from './flow-steps.ts';
import { unlessReplaced } from './replaced.ts';
import { runAttempt } from './run-attempt.ts';

/** A flow and the configuration it runs with. */
export interface SyncInput {
  readonly flow: string;
  readonly config: string;
}

/** What a poll found: the batch, and where to begin; no `start` when there is nothing to do. */
export interface Polled {
  readonly batch: string;
  readonly start?: Position;
}

export interface FetchInput extends SyncInput {
  readonly batch: string;
  readonly position: Position;
}

export interface AcknowledgeInput extends SyncInput {
  readonly batch: string;
  readonly cursor?: Position;
}

export type SyncActivities = ReturnType<typeof createSyncActivities>;

/** The activities of a scheduled run: poll, fetch, acknowledgeBatch. */
export function createSyncActivities(deps: Dependencies, stepsOf: (kind: FlowKind) => FlowSteps) {
  const step = <T>(input: SyncInput & { batch?: string }, work: (attempt: Attempt) => Promise<T>) =>
    runAttempt(deps, input.batch ?? input.flow, async (attempt) => {
      try {
        return await work(attempt);
      } catch (error) {
        const failure = await unlessReplaced(deps, input, error);
        if (input.batch !== undefined && failure instanceof Failure && failure.code === 'CONFIG_REPLACED')
          await closeBatch(deps.ledger, { id: input.batch }, 'overtaken', attempt.provenance);
        throw failure;
      }
    });
  const runOf = async (input: SyncInput & { batch: string }, attempt: Attempt) => {
    const config = await deps.configuration.flow(input.config, input.flow);
    return { config, batch: await getBatch(deps.ledger, input.batch), attempt };
  };
  return {
    /** Reads the cursor, looks what there is to do, and opens the batch of this run with it. */
    async poll(input: SyncInput): Promise<Polled> {
      return step(input, async (attempt) => {
        const config = await deps.configuration.flow(input.config, input.flow);
        const run = { flow: input.flow, configHash: input.config, ...attempt.provenance };
        const opened = await findBatchOfRun(deps.ledger, run);
        if (opened) return polled(opened);
        const cursor = await readCursor(deps.ledger, input.flow);
        const plan = await stepsOf(config.flow.kind).poll(config, cursor, attempt);
        return polled(await openBatch(deps.ledger, { ...run, plan: plan ?? {}, cursor }, attempt.provenance));
      });
    },

    /** Stores one page in the ledger and names the documents that need a delivery. */
    async fetch(input: FetchInput): Promise<Page> {
      return step(input, async (attempt) => {
        const run = await runOf(input, attempt);
        return stepsOf(run.config.flow.kind).fetch(run, input.position);
      });
    },

    /** Moves the cursor, tells the source, closes the batch. Every document has a started delivery by now. */
    async acknowledgeBatch(input: AcknowledgeInput): Promise<'closed' | 'overtaken'> {
      return step(input, async (attempt) => {
        await deps.at('child started', input.batch);
        const run = await runOf(input, attempt);
        const outcome = await commitCursor(deps.ledger, run.batch, input.cursor, attempt.provenance);
        await deps.at('cursor committed', input.batch);
        if (hasWork(run.batch)) await stepsOf(run.config.flow.kind).acknowledgeBatch(run);
        await closeBatch(deps.ledger, run.batch, outcome, attempt.provenance);
        return outcome;
      });
    },
  };
}

function polled(batch: BatchRow): Polled {
  return hasWork(batch) ? { batch: batch.id, start: batch.plan } : { batch: batch.id };
}

function hasWork(batch: BatchRow): boolean {
  return Object.keys(batch.plan).length > 0;
}
