import { inTransaction, type Ledger } from './database.ts';
import { EVENT_KEY, eventHash, type Subject } from './events.ts';
import type { EventRow } from './schema.ts';

/** What is wrong with the record, and where. */
export interface Finding {
  readonly subject: string;
  readonly problem: string;
}

const SUBJECTS_A_PAGE = 500;

interface Head {
  readonly id: string;
  readonly eventCount: number;
  readonly eventHead: Buffer | null;
}

/**
 * Walks every chain of events and yields what does not hold: a changed row, a missing row, a cut tail, events whose
 * document is gone, and documents a batch says it stored that are not there.
 */
export async function* verifyLedger(ledger: Ledger): AsyncGenerator<Finding> {
  const key = await ledger.keys.keyFor(EVENT_KEY);
  for (const table of ['document', 'batch'] as const) {
    for await (const page of heads(ledger, table)) {
      const events = await eventsOf(ledger, page);
      for (const head of page) yield* checkChain(key, { table, id: head.id }, head, events.get(head.id) ?? []);
      if (table === 'batch') yield* checkStored(ledger, [...events.values()].flat());
    }
  }
  yield* checkOrphans(ledger);
}

async function* heads({ db }: Ledger, table: Subject['table']): AsyncGenerator<Head[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  while (true) {
    const page = await db
      .selectFrom(table)
      .select(['id', 'eventCount', 'eventHead'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(SUBJECTS_A_PAGE)
      .execute();
    if (page.length === 0) return;
    yield page;
    after = page.at(-1)?.id ?? after;
  }
}

async function eventsOf({ db }: Ledger, page: readonly Head[]): Promise<Map<string, EventRow[]>> {
  const ids = page.map((head) => head.id);
  const rows = await db
    .selectFrom('event')
    .selectAll()
    .where('subjectId', 'in', ids)
    .orderBy('subjectId')
    .orderBy('sequence')
    .execute();
  return Map.groupBy(rows, (row) => row.subjectId);
}

function* checkChain(key: Buffer, subject: Subject, head: Head, events: readonly EventRow[]): Generator<Finding> {
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

async function* checkStored({ db }: Ledger, events: readonly EventRow[]): AsyncGenerator<Finding> {
  const named = events.flatMap((event) => {
    const documents = event.detail.documents;
    return Array.isArray(documents) ? documents.map((id) => ({ id: String(id), batch: event.subjectId })) : [];
  });
  if (named.length === 0) return;
  const ids = named.map(({ id }) => id);
  const rows = await db.selectFrom('document').select('id').where('id', 'in', ids).execute();
  const present = new Set(rows.map((row) => row.id));
  for (const { id, batch } of named) {
    if (!present.has(id)) yield { subject: `document ${id}`, problem: `batch ${batch} stored it, and it is gone` };
  }
}

async function* checkOrphans(ledger: Ledger): AsyncGenerator<Finding> {
  const rows = await inTransaction(ledger, ({ db }) =>
    db
      .selectFrom('event')
      .leftJoin('document', 'document.id', 'event.subjectId')
      .leftJoin('batch', 'batch.id', 'event.subjectId')
      .select('event.subjectId')
      .distinct()
      .where('document.id', 'is', null)
      .where('batch.id', 'is', null)
      .execute(),
  );
  for (const row of rows) {
    yield { subject: `document or batch ${row.subjectId}`, problem: 'its events are there, and it is gone' };
  }
}
