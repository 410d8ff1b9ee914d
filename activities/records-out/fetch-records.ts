import type { RecordFilter } from '../../connectors/visma/records.ts';
import { connectionOf } from '../configuration.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Position, Run } from '../flow-steps.ts';
import { firstWalk, type Walk, walkPage } from '../visma-changes/walk.ts';
import { entityOf, type RecordsOut } from './record-flow.ts';
import { storeRecords } from './store-records.ts';

/** Where a run begins: at what changed since the last one, or, where Visma.net cannot tell, at the beginning. */
export function firstRecordsWalk(config: RecordsOut, cursor: Position | undefined): Walk & Position {
  if (entityOf(config).changes === 'content') return { page: 1, restarts: 0 };
  return firstWalk(config.flow.source, cursor);
}

/** What the list of a flow is asked for. */
export function filterSince({ flow }: RecordsOut, since: string | undefined): RecordFilter {
  return { ...flow.source.filters, ...(since === undefined ? {} : { modifiedSince: since }) };
}

/** One page of changed records, stored. */
export async function fetchRecords(deps: Dependencies, run: Run, config: RecordsOut, walk: Walk) {
  const connection = connectionOf(config, config.flow.source.connection, 'visma');
  const { name, keyOf, sizeOf, listPage } = entityOf(config);
  return walkPage(deps, run, walk, {
    name,
    keyOf,
    sizeOf,
    readPage: ({ since, page, total }, purpose) =>
      deps.connections.visma(connection, { flow: config.name, signal: run.attempt.signal }, (client) =>
        listPage(client, filterSince(config, since), page, purpose, total),
      ),
    store: (records) => storeRecords(deps, run, config, records),
  });
}
