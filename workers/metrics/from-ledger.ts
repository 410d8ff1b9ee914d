import { createHash } from 'node:crypto';
import type { LedgerMetrics } from '../../ledger/queries/metrics.ts';
import type { Metric } from './exposition.ts';

/** What the ledger knows, as metrics. Names of flows, connections and companies are labels; nothing of a document is. */
export function fromLedger(found: LedgerMetrics): Metric[] {
  return [
    gauge('documents', 'Documents by flow and state.', found.documents, ({ count, ...labels }) => [labels, count]),
    gauge('oldest_undelivered_seconds', 'Age of the oldest document that is on its way.', found.undelivered, ofAge),
    gauge('quota_limit', 'Calls a window of the budget.', found.quotas, ({ bucket, limit }) => [
      budgetOf(bucket),
      limit,
    ]),
    gauge('quota_left', 'Calls left in this window.', found.quotas, ({ bucket, left }) => [budgetOf(bucket), left]),
    gauge('cursor_age_seconds', 'Time since the cursor of a flow moved.', found.cursors, ofAge),
    gauge('last_run_age_seconds', 'Time since a run of an applied flow ended.', found.runs, ofAge),
    gauge('writes_open', 'Writes whose outcome is not known yet.', found.writes, ({ target, open }) => [
      { target },
      open,
    ]),
    gauge('write_attempts_max', 'Attempts of the open write that has most.', found.writes, ({ target, attempts }) => [
      { target },
      attempts,
    ]),
    gauge('alerts_open', 'Open alerts by kind.', found.alerts, ({ kind, count }) => [{ kind }, count]),
  ];
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

function gauge<Row>(name: string, help: string, rows: readonly Row[], sampleOf: (row: Row) => Sample): Metric {
  const samples = rows.map(sampleOf).map(([labels, value]) => ({ labels, value }));
  return { name: `ml_connector_${name}`, help, type: 'gauge', samples };
}

function ofAge({ flow, age }: { readonly flow: string; readonly age: number }): Sample {
  return [{ flow }, Math.max(0, age)];
}

/** `visma/<tenant>/<company>/<client>`: the client's name is half of a credential, and two of them must differ. */
function budgetOf(bucket: string): Readonly<Record<string, string>> {
  const cut = bucket.lastIndexOf('/');
  const client = createHash('sha256')
    .update(bucket.slice(cut + 1))
    .digest('hex')
    .slice(0, 8);
  return { company: bucket.slice(0, cut), client };
}
