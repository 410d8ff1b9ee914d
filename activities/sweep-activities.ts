import { Failure } from '../failures/failure.ts';
import { type Stranded, strandedDocuments } from '../ledger/unfinished.ts';
import { deliveryStart } from './delivery.ts';
import type { Dependencies } from './dependencies.ts';
import { runAttempt } from './run-attempt.ts';

/** Documents untouched for so long may have lost their workflow. */
const UNTOUCHED_MS = 5 * 60_000;

export type SweepActivities = ReturnType<typeof createSweepActivities>;

/** The activity of the sweep. `untouchedMs` is shorter in tests. */
export function createSweepActivities(deps: Dependencies, untouchedMs = UNTOUCHED_MS) {
  return {
    /**
     * Starts the delivery of every document that is not at rest, that nothing has moved and that no workflow has in hand.
     * Temporal's list may lag: a document that is under way after all goes on undisturbed. Returns how many were started.
     */
    async restartStranded(): Promise<number> {
      return runAttempt(deps, 'sweep', async ({ heartbeat, signal }) => {
        const before = new Date(deps.ledger.now().getTime() - untouchedMs);
        let underWay: ReadonlySet<string> | undefined;
        let started = 0;
        for await (const document of strandedDocuments(deps.ledger, before)) {
          signal.throwIfAborted();
          heartbeat();
          underWay ??= await deps.deliveriesUnderWay();
          if (underWay.has(document.workflowId)) continue;
          await restart(deps, document);
          started += 1;
        }
        return started;
      });
    },
  };
}

async function restart(deps: Dependencies, document: Stranded): Promise<void> {
  try {
    const config = await deps.configuration.flow(document.configHash, document.flow);
    await deps.startDelivery(deliveryStart(config, document));
  } catch (error) {
    // One document whose configuration is gone must not keep the others from being found.
    if (!(error instanceof Failure)) throw error;
    deps.log.error({ document: document.id, code: error.code, next: error.next }, error.message);
  }
}
