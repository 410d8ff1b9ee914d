import { anchorRecord } from '../ledger/anchors.ts';
import type { Dependencies } from './dependencies.ts';
import { runAttempt } from './run-attempt.ts';

export type AnchorActivities = ReturnType<typeof createAnchorActivities>;

/** The activity of the daily anchor. */
export function createAnchorActivities(deps: Dependencies) {
  return {
    /** Anchors the record, writes the hash to the log, and returns it, so that Temporal keeps it as well. */
    async anchorHeads(): Promise<string> {
      return runAttempt(deps, 'anchor', async ({ provenance, heartbeat }) => {
        const { hash, coversUntil, subjects } = await anchorRecord(deps.ledger, provenance, heartbeat);
        const anchor = hash.toString('hex');
        deps.log.info({ anchor, until: coversUntil.toISOString(), subjects }, 'the record is anchored; keep this hash');
        return anchor;
      });
    },
  };
}
