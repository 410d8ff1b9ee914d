import type { Ledger } from '../../ledger/database.ts';
import type { NotificationCounts } from '../webhooks/start.ts';
import { exposition, type Metric } from './exposition.ts';
import { fromLedger } from './from-ledger.ts';
import { cachedLedgerMetrics } from './ledger-cache.ts';
import { sdkMetrics } from './sdk-metrics.ts';

/** Makes what `/metrics` answers: what the ledger knows, what this worker has counted, and the SDK's own metrics after it. */
export function scraper(ledger: Ledger, sdkAddress: string, counts: NotificationCounts): () => Promise<string> {
  const cached = cachedLedgerMetrics(ledger);
  return async () => {
    const [found, sdk] = await Promise.all([cached(), sdkMetrics(sdkAddress)]);
    return exposition([up(found !== undefined), ...(found ? fromLedger(found) : []), notifications(counts)]) + sdk;
  };
}

function up(isUp: boolean): Metric {
  const samples = [{ labels: {}, value: isUp ? 1 : 0 }];
  return { name: 'ml_connector_ledger_up', help: 'Whether the ledger answers this worker.', type: 'gauge', samples };
}

function notifications(counts: NotificationCounts): Metric {
  const samples = Object.entries(counts).map(([outcome, value]) => ({ labels: { outcome }, value }));
  const help = 'Notifications of changes that this worker got.';
  return { name: 'ml_connector_notifications_total', help, type: 'counter', samples };
}
