import { sql } from 'kysely';
import type { ChainHead } from './chain-heads.ts';
import { inTransaction, type Ledger } from './database.ts';
import { EVENT_KEY, eventHash, STORED } from './events.ts';
import type { EventRow } from './schema.ts';

/** What is wrong with the record, and where. */
export interface Finding {
  readonly subject: string;
  readonly problem: string;
}

/** A batch may have stored many documents, and names them all. */
const SUBJECTS_A_PAGE = { document: 500, batch: 50, anchor: 500 } as const;

type ChainTable = keyof typeof SUBJECTS_A_PAGE;

/**
 * Walks every chain of events and yields what does not hold: a changed row, a missing row, a cut tail, events whose
 * document is gone, and documents a batch says it stored that are not there. Work may go on meanwhile.
 */
export async function* verifyLedger(ledger: Ledger): AsyncGenerator<Finding> {
  const key = await ledger.keys.keyFor(EVENT_KEY);
  for (const table of ['document', 'batch', 'anchor'] as const) {
    for await (const { heads, events, present } of pages(ledger, table)) {
      for (const head of heads) yield* checkChain(key, { table, id: head.id }, head, events.get(head.id) ?? []);
      yield* checkStored([...events.values()].flat(), present);
    }
  }
  yield* checkOrphans(ledger);
}

interface Page {
  readonly heads: readonly ChainHead[];
  readonly events: ReadonlyMap<string, readonly EventRow[]>;
  /** Of the documents that the events say were stored, those that are there. */
  readonly present: ReadonlySet<string>;
}

async function* pages(ledger: Ledger, table: ChainTable): AsyncGenerator<Page> {
  let after = '00000000-0000-0000-0000-000000000000';
  while (true) {
    const page = await readPage(ledger, table, after);
    const last = page.heads.at(-1);
    if (!last) return;
    yield page;
    after = last.id;
  }
}

/** Heads and events as of one moment: what is appended meanwhile belongs to neither. */
async function readPage({ db }: Ledger, table: ChainTable, after: string): Promise<Page> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const heads = await tx
        .selectFrom(table)
        .select(['id', 'eventCount', 'eventHead'])
        .where('id', '>', after)
        .orderBy('id')
        .limit(SUBJECTS_A_PAGE[table])
        .execute();
      const events = await eventsOf(tx, heads);
      return { heads, events: Map.groupBy(events, (row) => row.subjectId), present: await documentsIn(tx, events) };
    });
}

async function eventsOf(db: Ledger['db'], heads: readonly ChainHead[]): Promise<EventRow[]> {
  return db
    .selectFrom('event')
    .selectAll()
    .where(sql<boolean>`subject_id = any(${heads.map(({ id }) => id)}::uuid[])`)
    .orderBy('subjectId')
    .orderBy('sequence')
    .execute();
}

async function documentsIn(db: Ledger['db'], events: readonly EventRow[]): Promise<ReadonlySet<string>> {
  const ids = events.flatMap(storedBy);
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom('document').select('id').where(sql<boolean>`id = any(${ids}::uuid[])`).execute();
  return new Set(rows.map((row) => row.id));
}

function storedBy({ step, detail }: EventRow): string[] {
  return step === STORED && Array.isArray(detail.documents) ? detail.documents.map(String) : [];
}

function* checkChain(
  key: Buffer,
  subject: { readonly table: ChainTable; readonly id: string },
  head: ChainHead,
  events: readonly EventRow[],
): Generator<Finding> {
  const name = `${subject.table} ${subject.id}`;
  let previous: Buffer | null = null;
  let expected = 1;
  for (const event of events) {
    if (event.sequence !== expected) {
      yield { subject: name, problem: `event ${expected} is missing` };
      return;
    }
    if (!eventHash(key, previous, event).equals(event.hash)) {
      yield { subject: name, problem: `event ${event.sequence} (${event.step}) was changed` };
      return;
    }
    previous = event.hash;
    expected += 1;
  }
  if (events.length !== head.eventCount) {
    yield {
      subject: name,
      problem: `${head.eventCount} events were written, ${events.length} are there: the tail is cut`,
    };
  } else if (head.eventHead === null || !previous?.equals(head.eventHead)) {
    yield { subject: name, problem: 'its head does not match its last event' };
  }
}

function* checkStored(events: readonly EventRow[], present: ReadonlySet<string>): Generator<Finding> {
  for (const event of events) {
    for (const id of storedBy(event)) {
      if (present.has(id)) continue;
      yield { subject: `document ${id}`, problem: `batch ${event.subjectId} stored it, and it is gone` };
    }
  }
}

/** One pass over all events, which may take longer than the work of every day is given. */
async function* checkOrphans(ledger: Ledger): AsyncGenerator<Finding> {
  const rows = await inTransaction(ledger, async ({ db }) => {
    await sql`set local statement_timeout = 0`.execute(db);
    return db
      .selectFrom('event')
      .leftJoin('document', 'document.id', 'event.subjectId')
      .leftJoin('batch', 'batch.id', 'event.subjectId')
      .leftJoin('anchor', 'anchor.id', 'event.subjectId')
      .select('event.subjectId')
      .distinct()
      .where('document.id', 'is', null)
      .where('batch.id', 'is', null)
      .where('anchor.id', 'is', null)
      .execute();
  });
  for (const row of rows) {
    yield { subject: `document, batch or anchor ${row.subjectId}`, problem: 'its events are there, and it is gone' };
  }
}
