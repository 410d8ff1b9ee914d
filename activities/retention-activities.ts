import { integrationSchema } from '../config/integration.ts';
import { activeConfigs } from '../ledger/config-versions.ts';
import { forgetBodies } from '../ledger/retention.ts';
import type { Dependencies } from './dependencies.ts';
import { runAttempt } from './run-attempt.ts';

export type RetentionActivities = ReturnType<typeof createRetentionActivities>;

/** The activity of the retention. */
export function createRetentionActivities(deps: Dependencies) {
  return {
    /** Forgets what each applied integration does not want to keep any longer; returns how many documents it was. */
    async forgetOldBodies(): Promise<number> {
      return runAttempt(deps, 'retention', async ({ provenance, heartbeat, signal }) => {
        const alive = () => {
          signal.throwIfAborted();
          heartbeat();
        };
        let forgotten = 0;
        for (const { body } of await activeConfigs(deps.ledger)) {
          const { integration, keepBodiesMs } = integrationSchema.parse(body);
          if (keepBodiesMs === undefined) continue;
          const before = new Date(deps.ledger.now().getTime() - keepBodiesMs);
          forgotten += await forgetBodies(deps.ledger, { integration, before }, provenance, alive);
        }
        if (forgotten > 0)
          deps.log.info({ documents: forgotten }, 'bodies were forgotten, as the integration files say');
        return forgotten;
      });
    },
  };
}
