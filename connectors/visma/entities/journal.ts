import { keySegment } from '../keys.ts';
import type { Delta, Entity } from '../reader.ts';
import { journalSchema, type VismaJournal } from '../schema/journal.ts';

/**
 * The list answers only with a period or a modification time. The latter has no condition here, and whether it is inclusive
 * is not documented: ask for a little earlier than needed.
 */
export type JournalFilter = (Delta & { readonly modifiedSince: string }) | JournalsOfPeriod;

interface JournalsOfPeriod extends Delta {
  /** YYYYMM. */
  readonly periodId: string;
  /** `GL`, `AP`, `AR`, `CM`, `CA`, `IN`, `DR`, `FA`, `PM`. */
  readonly module?: string;
  readonly status?: string;
  readonly branch?: string;
}

export const journalEntity: Entity<VismaJournal, JournalFilter, string> = {
  name: 'journaltransaction',
  path: '/v2/journaltransaction',
  schema: journalSchema,
  paging: 'pages',
  parts: {
    count: (piece) => piece.journalTransactionLines?.length ?? 0,
    join: (first, next) => ({
      ...first,
      journalTransactionLines: [...(first.journalTransactionLines ?? []), ...(next.journalTransactionLines ?? [])],
    }),
  },
  probe: { modifiedSince: '2100-01-01' },
  query: ({ modifiedSince, ...filter }) => ({
    ...filter,
    ...(modifiedSince === undefined ? {} : { lastModifiedDateTime: modifiedSince }),
  }),
  keyOf: ({ module, batchNumber }) => `${module}/${batchNumber}`,
  // One batch is asked for by its number alone.
  segmentsOf: (batchNumber) => [keySegment(batchNumber)],
};
