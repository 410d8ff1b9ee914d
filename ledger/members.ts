import { type RawBuilder, sql } from 'kysely';
import { Failure } from '../failures/failure.ts';
import type { ChainHead } from './chain-heads.ts';
import { inTransaction, type Ledger } from './database.ts';
import { FINAL_STATES } from './documents.ts';
import { chain, EVENT_KEY, insertEvents, type NewEvent, type Provenance } from './events.ts';
import type { DocumentRow, DocumentState } from './schema.ts';

/** Documents of a flow that are mapped and wait for an outbound file, oldest first. */
export async function membersWaiting({ db }: Ledger, flow: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('document')
    .select('id')
    .where('flow', '=', flow)
    .where('state', '=', 'transformed')
    .where('memberOf', 'is', null)
    .where('batched', '=', true)
    .orderBy('ordinal')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/**
 * Makes documents that wait members of an outbound file for good.
 * @throws Failure INTENT_MOVED when one of them does not wait any more
 */
export async function joinFile(
  ledger: Ledger,
  fileId: string,
  members: readonly string[],
  provenance: Provenance,
): Promise<void> {
  await inTransaction(ledger, async (tx) => {
    const heads = await tx.db
      .selectFrom('document')
      .select(['id', 'eventCount', 'eventHead'])
      .where(sql<boolean>`id = any(${[...members]}::uuid[])`)
      .where('memberOf', 'is', null)
      .where('state', '=', 'transformed')
      .orderBy('id')
      .forUpdate()
      .execute();
    if (heads.length !== members.length) throw taken(fileId);
    const event = { step: 'joined a file', detail: { file: fileId } };
    await changeAll(tx, heads, sql`member_of = ${fileId}`, event, provenance);
  });
}

function taken(fileId: string): Failure {
  return new Failure('INTENT_MOVED', {
    message: `Documents that were to go into file ${fileId} have gone another way meanwhile.`,
  });
}

/** The members of an outbound file, in the order they go out. */
export async function membersOf({ db }: Ledger, fileId: string): Promise<string[]> {
  const rows = await db.selectFrom('document').select('id').where('memberOf', '=', fileId).orderBy('ordinal').execute();
  return rows.map((row) => row.id);
}

/**
 * Members of which a newer version goes out, or went, become superseded and are none of the file's rows any more: a file that
 * is late must not bring an older state after a newer one. Answers with those that stay, in the order they go out.
 */
export async function supersedeMembers(ledger: Ledger, fileId: string, provenance: Provenance): Promise<string[]> {
  return inTransaction(ledger, async (tx) => {
    const outdated = await tx.db
      .selectFrom('document')
      .select(['id', 'eventCount', 'eventHead'])
      .where('memberOf', '=', fileId)
      .where('state', 'not in', FINAL_STATES)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('document as newer')
            .select('newer.id')
            .whereRef('newer.flow', '=', 'document.flow')
            .whereRef('newer.sourceKey', '=', 'document.sourceKey')
            .whereRef('newer.ordinal', '>', 'document.ordinal')
            .where('newer.state', 'in', ['transformed', 'posted', 'delivered']),
        ),
      )
      .orderBy('id')
      .forUpdate()
      .execute();
    const change = sql`state = 'superseded', updated_at = ${tx.now()}`;
    await changeAll(tx, outdated, change, { step: 'superseded' }, provenance);
    const staying = tx.db.selectFrom('document').select('id').where('memberOf', '=', fileId);
    const rows = await staying.where('state', '<>', 'superseded').orderBy('ordinal').execute();
    return rows.map((row) => row.id);
  });
}

/** Whether an outbound file of the same flow that was frozen before this one has not gone out yet. */
export async function isEarlierFileOpen({ db }: Ledger, file: DocumentRow): Promise<boolean> {
  const row = await db
    .selectFrom('document')
    .select('id')
    .where('state', 'in', ['received', 'transformed'])
    .where('flow', '=', file.flow)
    .where('kind', '=', file.kind)
    .where('ordinal', '<', file.ordinal)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The members of an outbound file take its state, each with the event in its own chain; those at rest for good stay. */
export async function moveMembers(
  ledger: Ledger,
  fileId: string,
  state: DocumentState,
  event: NewEvent,
  provenance: Provenance,
): Promise<void> {
  await inTransaction(ledger, async (tx) => {
    const heads = await tx.db
      .selectFrom('document')
      .select(['id', 'eventCount', 'eventHead'])
      .where('memberOf', '=', fileId)
      .where('state', 'not in', [...FINAL_STATES, state])
      .orderBy('id')
      .forUpdate()
      .execute();
    await changeAll(tx, heads, sql`state = ${state}, updated_at = ${tx.now()}`, event, provenance);
  });
}

/** Values of one statement stay below what Postgres takes. */
const MEMBERS_AT_ONCE = 500;

/** Changes documents whose rows the transaction has locked, each with the event in its own chain. */
async function changeAll(
  { db, keys, now }: Ledger,
  heads: readonly ChainHead[],
  change: RawBuilder<unknown>,
  event: NewEvent,
  provenance: Provenance,
): Promise<void> {
  const key = await keys.keyFor(EVENT_KEY);
  for (let from = 0; from < heads.length; from += MEMBERS_AT_ONCE) {
    const rows = heads
      .slice(from, from + MEMBERS_AT_ONCE)
      .flatMap((head) => chain(key, head, [event], provenance, now()));
    await insertEvents(db, rows);
    const hashes = sql.join(rows.map((row) => sql`(${row.subjectId}::uuid, ${row.hash}::bytea)`));
    await sql`
      update document set ${change}, event_count = event_count + 1, event_head = head.hash
      from (values ${hashes}) as head (id, hash) where document.id = head.id`.execute(db);
  }
}
