import type { Client } from '@temporalio/client';
import type { Log } from '../../activities/log.ts';
import type { Ledger } from '../../ledger/database.ts';
import { EarlyPolls } from './early-polls.ts';
import { serveWebhooks } from './receiver.ts';
import { Subscriptions } from './subscriptions.ts';
import { triggerSchedule } from './trigger-schedule.ts';

const REPORT_EVERY_MS = 60_000;

/** How many notifications were taken and refused since the worker began. */
export interface NotificationCounts {
  readonly taken: number;
  readonly refused: number;
}

/** Where a worker receives notifications; `url` undefined: nowhere. */
export interface Webhooks {
  readonly counts: NotificationCounts;
  readonly url?: string;
  close(): void;
}

/** Receives notifications if the environment names a port for them. Refused ones are reported once a minute, as a number. */
export async function startWebhooks(
  where: { readonly host: string; readonly port: number } | undefined,
  { ledger, client, log }: { readonly ledger: Ledger; readonly client: Client; readonly log: Log },
): Promise<Webhooks> {
  const counts = { taken: 0, refused: 0 };
  if (where === undefined) return { counts, close: () => undefined };
  let reported = 0;
  const report = setInterval(() => {
    const refused = counts.refused - reported;
    if (refused > 0) log.warn({ refused }, 'notifications were refused: wrong address, secret or signature');
    reported = counts.refused;
  }, REPORT_EVERY_MS);
  const counted = (outcome: 'taken' | 'refused') => {
    counts[outcome] += 1;
  };
  const polls = new EarlyPolls((flow) => triggerSchedule(client, flow), log);
  const parts = { subscriptions: new Subscriptions(ledger), polls, counted };
  const { url, close } = await serveWebhooks(parts, where.host, where.port);
  const end = () => {
    clearInterval(report);
    close();
  };
  return { url, counts, close: end };
}
