import { keySegment } from '../keys.ts';
import type { Delta, Entity } from '../reader.ts';
import { journalSchema, type VismaJournal } from '../schema/journal.ts';
import { type LineOperation, type Rule, SEGMENTS, type SegmentWrite, wrapBody } from '../wrap.ts';
import type { WriteRequest } from '../write.ts';

const PATH = '/v2/journaltransaction';

/**
 * The list answers only with a period or a modification time. The latter has no condition here, and whether it is inclusive
 * is not documented: ask for a little earlier than needed.
 */
export type JournalFilter =
  | (JournalRestriction & { readonly modifiedSince: string; readonly periodId?: string })
  | (JournalRestriction & Delta & { readonly periodId: string });

/** A period is YYYYMM. */
interface JournalRestriction {
  /** `GL`, `AP`, `AR`, `CM`, `CA`, `IN`, `DR`, `FA`, `PM`. */
  readonly module?: string;
  readonly status?: string;
  readonly branch?: string;
}

export const journalEntity: Entity<VismaJournal, JournalFilter, string> = {
  name: 'journaltransaction',
  path: PATH,
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

interface JournalLineWrite {
  readonly operation: LineOperation;
  readonly accountNumber?: string;
  readonly subaccount?: readonly SegmentWrite[];
  readonly referenceNumber?: string;
  readonly transactionDescription?: string;
  readonly debitAmountInCurrency?: number;
  readonly creditAmountInCurrency?: number;
  readonly vatCodeId?: string;
  readonly branch?: string;
  readonly project?: string;
  readonly projectTask?: string;
  readonly note?: string;
}

/** A batch as it is written, unwrapped. Days are ISO. */
export interface JournalWrite {
  readonly hold?: boolean;
  readonly transactionDate?: string;
  /** YYYYMM. */
  readonly financialPeriod?: string;
  readonly ledger?: string;
  readonly currencyId?: string;
  readonly exchangeRate?: number;
  readonly autoReversing?: boolean;
  readonly description?: string;
  readonly controlTotalInCurrency?: number;
  readonly branch?: string;
  readonly journalTransactionLines?: readonly JournalLineWrite[];
}

const rules = {
  hold: 'wrapped',
  transactionDate: 'wrapped',
  financialPeriod: 'wrapped',
  ledger: 'wrapped',
  currencyId: 'wrapped',
  exchangeRate: 'wrapped',
  autoReversing: 'wrapped',
  description: 'wrapped',
  controlTotalInCurrency: 'wrapped',
  branch: 'wrapped',
  journalTransactionLines: {
    lines: {
      operation: 'bare',
      accountNumber: 'wrapped',
      subaccount: SEGMENTS,
      referenceNumber: 'wrapped',
      transactionDescription: 'wrapped',
      debitAmountInCurrency: 'wrapped',
      creditAmountInCurrency: 'wrapped',
      vatCodeId: 'wrapped',
      branch: 'wrapped',
      project: 'wrapped',
      projectTask: 'wrapped',
      note: 'wrapped',
    } satisfies Record<keyof JournalLineWrite, Rule>,
  },
} as const satisfies Record<keyof JournalWrite, Rule>;

/** The request that creates a batch of the general ledger with all its lines. A create takes no If-Match. */
export function journalCreate(body: JournalWrite): WriteRequest {
  return { method: 'POST', path: PATH, body: wrapBody('journaltransaction', rules, body) };
}

/** The request that changes the fields given, if the batch still is the version `ifMatch` (its `timeStamp`). */
export function journalUpdate(batchNumber: string, body: JournalWrite, ifMatch: string): WriteRequest {
  const path = `${PATH}/${keySegment(batchNumber)}`;
  return { method: 'PUT', path, body: wrapBody('journaltransaction', rules, body), ifMatch };
}

/** The request that releases a batch: whatever version it has by now. */
export function journalRelease(batchNumber: string): WriteRequest {
  return { method: 'POST', path: `${PATH}/${keySegment(batchNumber)}/action/release`, body: undefined };
}
