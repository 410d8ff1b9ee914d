import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { inTransaction, type Ledger } from './database.ts';
import { chain, EVENT_KEY, insertEvents, type Provenance } from './events.ts';
import type { AnchorRow } from './schema.ts';

/**
 * What is younger is left to the next anchor: no activity, and so no transaction, lasts as long, and no clock is so wrong,
 * that an event could still be added before this.
 */
const SETTLED_MS = 2 * 3_600_000;
const HOUR_MS = 3_600_000;
const SUBJECTS_A_PAGE = 5000;

/** The hash of all heads as of a moment, and how many chains have one. */
interface Heads {
  readonly hash: Buffer;
  readonly subjects: number;
}

/** Anchors the record up to the last full hour that is settled; one of that hour that is there already is returned. */
export async function anchorRecord(ledger: Ledger, provenance: Provenance, alive: () => void): Promise<AnchorRow> {
  const coversUntil = new Date(Math.floor((ledger.now().getTime() - SETTLED_MS) / HOUR_MS) * HOUR_MS);
  const heads = await headsUpTo(ledger, coversUntil, alive);
  const key = await ledger.keys.keyFor(EVENT_KEY);
  const id = uuidv7();
  const detail = { until: coversUntil.toISOString(), hash: heads.hash.toString('hex'), subjects: heads.subjects };
  const first = { id, eventCount: 0, eventHead: null };
  const events = chain(key, first, [{ step: 'anchored', detail }], provenance, ledger.now());
  const row = { id, coversUntil, ...heads, eventCount: 1, eventHead: events[0]?.hash ?? Buffer.alloc(0) };
  return inTransaction(ledger, async ({ db }) => {
    const inserted = await db
      .insertInto('anchor')
      .values(row)
      .onConflict((conflict) => conflict.column('coversUntil').doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 1n) await insertEvents(db, events);
    return db.selectFrom('anchor').selectAll().where('coversUntil', '=', coversUntil).executeTakeFirstOrThrow();
  });
}

/** Computes again what an anchor said. Undefined: the record up to its moment is as it was when the anchor was made. */
export async function anchorProblem(ledger: Ledger, anchor: AnchorRow): Promise<string | undefined> {
  const { hash, subjects } = await headsUpTo(ledger, anchor.coversUntil, () => undefined);
  if (hash.equals(anchor.hash)) return undefined;
  const counts = `it counted ${anchor.subjects} chains of events, there are ${subjects}`;
  return `what is recorded up to ${anchor.coversUntil.toISOString()} was rewritten since it was anchored (${counts})`;
}

/** The anchors of a day in UTC, or those whose hash begins so, oldest first. */
export async function findAnchors({ db }: Ledger, given: { day: string } | { hash: string }): Promise<AnchorRow[]> {
  const matches =
    'day' in given
      ? sql<boolean>`(covers_until at time zone 'UTC')::date = ${given.day}::date`
      : sql<boolean>`starts_with(encode(hash, 'hex'), ${given.hash.toLowerCase()})`;
  return db.selectFrom('anchor').selectAll().where(matches).orderBy('coversUntil').execute();
}

/**
 * SHA-256 over the moment and, in the order of their ids, the last event of every chain that is not younger: its number and
 * its HMAC, which stands for all before it. Former anchors are chains like any other.
 */
async function headsUpTo(ledger: Ledger, until: Date, alive: () => void): Promise<Heads> {
  const hash = createHash('sha256').update(`${until.toISOString()}\n`);
  let subjects = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  while (true) {
    const page = await headsAfter(ledger, until, after);
    for (const { subjectId, sequence, hash: head } of page) {
      hash.update(`${subjectId} ${sequence} ${head.toString('hex')}\n`);
      after = subjectId;
    }
    subjects += page.length;
    if (page.length < SUBJECTS_A_PAGE) return { hash: hash.digest(), subjects };
    alive();
  }
}

async function headsAfter({ db }: Ledger, until: Date, after: string) {
  return db
    .selectFrom('event')
    .distinctOn('subjectId')
    .select(['subjectId', 'sequence', 'hash'])
    .where('subjectId', '>', after)
    .where('at', '<=', until)
    .orderBy('subjectId')
    .orderBy('sequence', 'desc')
    .limit(SUBJECTS_A_PAGE)
    .execute();
}
