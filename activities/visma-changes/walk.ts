import type { CallPurpose } from '../../connectors/visma/budget.ts';
import { localForm } from '../../connectors/visma/local-time.ts';
import type { Page, Versioned } from '../../connectors/visma/pages.ts';
import { Failure } from '../../failures/failure.ts';
import type { DeliveryStart } from '../delivery.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Position, Run } from '../flow-steps.ts';
import { assertWhole, notePage } from './whole-walk.ts';

/** Where a walk over changed records stands. Times are Visma.net's own, in its local form. */
export interface Walk {
  /** Absent where a list cannot be asked for changes, and is read whole each time. */
  readonly since?: string;
  /** From 1. */
  readonly page: number;
  readonly total?: number;
  /** The highest modified time received so far in this walk. */
  readonly highest?: string;
  /** How often the walk began anew, since records moved while it went. */
  readonly restarts: number;
}

/** A list of Visma.net, and what a flow does with the records in it that changed. */
export interface ChangedRecords<T extends Versioned> {
  /** As Visma writes the entity: `supplierInvoice`. */
  readonly name: string;
  readonly keyOf: (record: T) => string;
  /** How much of the list's count a record makes up, where a list counts the lines of its records. */
  readonly sizeOf?: (record: T) => number;
  readonly readPage: (walk: Walk, purpose: CallPurpose) => Promise<Page<T>>;
  /** Stores what is news in the ledger, and names the documents that need a delivery. */
  readonly store: (records: readonly T[]) => Promise<readonly DeliveryStart[]>;
}

/** What a page brought. Without `walk` the walk has ended; it was complete when there is a `highest`, or it brought nothing. */
interface WalkedPage {
  readonly documents: readonly DeliveryStart[];
  readonly walk?: Walk;
  readonly highest?: string;
}

const RESTARTS = 5;

/** From the highest time received before, less the overlap: never from a clock of ours. */
export function firstWalk(
  source: { readonly since: string; readonly overlapMs: number },
  cursor: Position | undefined,
): Walk & Position {
  const since = typeof cursor?.highest === 'string' ? earlier(cursor.highest, source.overlapMs) : source.since;
  return { since, page: 1, restarts: 0 };
}

/** Visma.net's local form without zone; the arithmetic needs none either. */
function earlier(stamp: string, overlapMs: number): string {
  return localForm(Date.parse(`${stamp}Z`) - overlapMs);
}

/** Stores one page of changed records. A walk in which records moved from page to page begins anew, a few times. */
export async function walkPage<T extends Versioned>(
  deps: Dependencies,
  run: Run,
  walk: Walk,
  changed: ChangedRecords<T>,
): Promise<WalkedPage> {
  const stored: DeliveryStart[] = [];
  try {
    const page = await changed.readPage(walk, { class: 'poll', holder: `${run.batch.id}/${walk.page}` });
    stored.push(...(await changed.store(page.records)));
    const isOnePage = walk.page === 1 && !page.hasMore;
    if (!isOnePage) await notePage(deps.ledger, run, walk, page, changed);
    const highest = highestOf(walk.highest, page.records);
    if (page.hasMore) return { documents: stored, walk: following(walk, page.totalCount, highest) };
    if (!isOnePage) await assertWhole(deps.ledger, run, walk, changed.name);
    return { documents: stored, ...(highest === undefined ? {} : { highest }) };
  } catch (error) {
    if (!(error instanceof Failure && error.code === 'VISMA_PAGE_DRIFT')) throw error;
    deps.log.warn({ subject: run.batch.id, code: error.code, restarts: walk.restarts }, error.message);
    // Given up, the walk leaves the cursor where it is: the next run reads all of it again.
    return { documents: stored, ...(walk.restarts < RESTARTS ? { walk: anew(walk) } : {}) };
  }
}

function following(walk: Walk, total: number | undefined, highest: string | undefined): Walk {
  return {
    ...walk,
    page: walk.page + 1,
    ...(total === undefined ? {} : { total }),
    ...(highest === undefined ? {} : { highest }),
  };
}

function anew({ since, restarts }: Walk): Walk {
  return { ...(since === undefined ? {} : { since }), page: 1, restarts: restarts + 1 };
}

function highestOf(before: string | undefined, records: readonly Versioned[]): string | undefined {
  const stamps = records.flatMap((record) => record.lastModifiedDateTime ?? []);
  return [...(before === undefined ? [] : [before]), ...stamps].sort().at(-1);
}
