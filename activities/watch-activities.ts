import { postAlert } from '../connectors/alert-sink/post.ts';
import { claimNotices, type Notice, noticeSent, releaseNotice } from '../ledger/alert-notices.ts';
import { type Sink, settleAlerts } from '../ledger/alerts.ts';
import { runAttempt } from './run-attempt.ts';
import type { WatchDependencies } from './watch/dependencies.ts';
import { flowConditions } from './watch/flow-conditions.ts';
import { stuckWorkflows } from './watch/stuck-workflows.ts';
import { waitingConditions } from './watch/waiting-conditions.ts';

const NOTICES_AT_ONCE = 100;

export type WatchActivities = ReturnType<typeof createWatchActivities>;

/** The activities of the watch. Alerts are always logged, and posted if there is a sink. */
export function createWatchActivities(deps: WatchDependencies) {
  const sinks: readonly Sink[] = deps.sink ? ['log', 'webhook'] : ['log'];
  return {
    /** Looks what is wrong now, and writes down what is new, what has grown and what is gone. */
    async lookOut(): Promise<void> {
      return runAttempt(deps, 'watch', async ({ heartbeat }) => {
        const conditions = [
          ...(await waitingConditions(deps.ledger)),
          ...(await flowConditions(deps, heartbeat)),
          ...(await stuckWorkflows(deps)),
        ];
        await settleAlerts(deps.ledger, conditions, sinks);
      });
    },

    /** Tells what is written down and not told yet. A receiver that is away keeps nothing from the log. */
    async sendNotices(): Promise<void> {
      return runAttempt(deps, 'watch', async () => {
        let failure: unknown;
        for (const notice of await claimNotices(deps.ledger, NOTICES_AT_ONCE)) {
          if (failure !== undefined && notice.sink === 'webhook') await releaseNotice(deps.ledger, notice.id);
          else failure = (await send(deps, notice)) ?? failure;
        }
        if (failure !== undefined) throw failure;
      });
    },
  };
}

/** Sends a notice and notes it; what went wrong is returned, and the notice given back. */
async function send(deps: WatchDependencies, notice: Notice): Promise<unknown> {
  try {
    if (notice.sink === 'log') toLog(deps, notice);
    else if (deps.sink)
      await postAlert(deps.sink, notice.id, { ...notice.body, at: notice.createdAt.toISOString() }, deps.ledger.now());
    await noticeSent(deps.ledger, notice.id);
    return undefined;
  } catch (error) {
    await releaseNotice(deps.ledger, notice.id);
    return error;
  }
}

function toLog({ log }: WatchDependencies, { id, body }: Notice): void {
  const { kind, summary, ...rest } = body;
  const fields = { ...rest, alert: kind, notice: id, opened: body.alert };
  if (body.event === 'closed') log.info(fields, `No longer: ${summary}`);
  else log.error(fields, summary);
}
