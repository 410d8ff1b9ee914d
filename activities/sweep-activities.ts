import { Failure } from '../failures/failure.ts';
import { strandedDocuments } from '../ledger/unfinished.ts';
import { deliveryStart } from './delivery.ts';
import type { Dependencies } from './dependencies.ts';
import { runAttempt } from './run-attempt.ts';

/** Documents untouched for so long may have lost their workflow. */
const UNTOUCHED_MS = 5 * 60_000;
const DOCUMENTS_A_SWEEP = 1000;

export type SweepActivities = ReturnType<typeof createSweepActivities>;

/** The activity of the sweep. `untouchedMs` is shorter in tests. */
export function createSweepActivities(deps: Dependencies, untouchedMs = UNTOUCHED_MS) {
  return {
    /** Starts the delivery of every document that is not at rest and that nothing has moved; those under way go on undisturbed. */
    async restartStranded(): Promise<number> {
      return runAttempt(deps, 'sweep', async ({ heartbeat, signal }) => {
        const before = new Date(deps.ledger.now().getTime() - untouchedMs);
        const stranded = await strandedDocuments(deps.ledger, before, DOCUMENTS_A_SWEEP);
        for (const document of stranded) {
          signal.throwIfAborted();
          heartbeat();
          await restart(deps, document);
        }
        return stranded.length;
      });
    },
  };
}

type Stranded = Awaited<ReturnType<typeof strandedDocuments>>[number];

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
