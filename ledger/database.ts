import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { KeyRing } from './keys.ts';
import type { Tables } from './schema.ts';

/** What every ledger function works with: a connection or a transaction, the keys, and the clock. */
export interface Ledger {
  readonly db: Kysely<Tables>;
  readonly keys: KeyRing;
  readonly now: () => Date;
}

/** The role workers and the command line act as: it may add events, never change one (migration 0001). */
const WORKER_ROLE = 'ml_connector_worker';

/**
 * Opens a pool of at most `maxConnections` to the ledger, acting as the restricted worker role.
 * A connection that dies while idle (a restarted server) is replaced at its next use.
 */
export function openDatabase(url: string, { maxConnections = 10 } = {}): Kysely<Tables> {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    options: `-c role=${WORKER_ROLE} -c idle_in_transaction_session_timeout=60000`,
    types: { getTypeParser: parserOf },
  });
  pool.on('error', () => undefined);
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

/** Counters and sizes (int8) fit a double by far; as strings they would not compare. */
const INT8 = 20;
const parserOf: typeof pg.types.getTypeParser = (oid: number, format?: unknown) =>
  oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');

/** Runs `work` in one transaction; inside one already, it joins it. */
export async function inTransaction<T>(ledger: Ledger, work: (ledger: Ledger) => Promise<T>): Promise<T> {
  if (ledger.db.isTransaction) return work(ledger);
  return ledger.db.transaction().execute((db) => work({ ...ledger, db }));
}

/** Holds a lock on `name` until the surrounding transaction ends, so that two workers take turns. */
export async function lockName(ledger: Ledger, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(ledger.db);
}

/** Connection exceptions, a server that stops or starts, no free connection, and transactions it gave up to end a deadlock. */
const PASSING_STATES = /^(08...|57P0[1-3]|53300|25P0[34]|40001|40P01)$/;
const NETWORK_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'];
/** What the driver says without a code when a connection dies under it. */
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Whether an error says that Postgres could not be reached or went away; whether the last commit took place is then unknown. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isUnreachable);
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return NETWORK_CODES.includes(code) || PASSING_STATES.test(code);
  return LOST.test(error.message);
}

/** Whether an error is Postgres refusing a row that exists already (SQLSTATE 23505). */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505';
}
