import { filterSince } from '../../activities/records-out/fetch-records.ts';
import { entityOf, type RecordsOut } from '../../activities/records-out/record-flow.ts';
import {
  type Candidate,
  candidateOf,
  isNews,
  rowOf,
  storeRecords,
} from '../../activities/records-out/store-records.ts';
import type { VismaRecord } from '../../connectors/visma/records.ts';
import type { LatestTaken } from '../../ledger/versions.ts';
import type { Reconciler, Verdict } from './reconciler.ts';

/** Records are states: what counts is the newest version of each key. */
export function recordsReconciler(config: RecordsOut): Reconciler<VismaRecord> {
  const { name, keyOf, sizeOf, listPage, changes } = entityOf(config);
  return {
    name,
    connection: config.flow.source.connection,
    keyOf,
    sizeOf,
    listPage: (client, { since, page, total, purpose }) =>
      listPage(client, filterSince(config, changes === 'modified' ? since : undefined), page, purpose, total),
    judge: async (_, records, latest) => {
      const candidates = await Promise.all(records.map((record) => candidateOf(config, record)));
      return candidates.map((candidate) => verdictOf(candidate, latest.get(candidate.key)));
    },
    store: (deps, run, records) => storeRecords(deps, run, config, records),
  };
}

/** A row version that was taken over is no other one because columns were added since. */
function verdictOf(candidate: Candidate, latest: LatestTaken | undefined): Verdict {
  if (latest === undefined) return 'missing';
  const { timeStamp } = candidate.record;
  if (timeStamp && timeStamp === rowOf(latest)) return 'same';
  return !latest.contentHash?.equals(candidate.content) && isNews(candidate, latest) ? 'stale' : 'same';
}
