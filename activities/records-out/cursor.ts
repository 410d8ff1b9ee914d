import { flowOf } from '../configuration.ts';
import { highestIn, type RewindableCursor } from '../visma-changes/cursor.ts';
import { filterSince, firstRecordsWalk } from './fetch-records.ts';
import { entityOf } from './record-flow.ts';

/** Records read again go out again only when what the flow writes of them has changed. */
export const recordsCursor: RewindableCursor = {
  connection: (config) => flowOf(config, 'records-out').flow.source.connection,
  stampOf: (config, position) =>
    entityOf(flowOf(config, 'records-out')).changes === 'content' ? undefined : highestIn(position),
  firstPage: (config, client, position, purpose) => {
    const records = flowOf(config, 'records-out');
    const { since } = firstRecordsWalk(records, position);
    return entityOf(records).listPage(client, filterSince(records, since), 1, purpose);
  },
};
