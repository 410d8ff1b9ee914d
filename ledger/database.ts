import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { Failure } from '../failures/failure.ts';
import type { ChainHeads } from './chain-heads.ts';
import type { KeyRing } from './keys.ts';
import type { OpenedChunks } from './opened-chunks.ts';
import { isOutdatedPlan, keepOftenUsed } from './prepared-statements.ts';
import type { Tables } from './schema.ts';

/** What every ledger function works with: a connection or a transaction, the keys, what this process remembers, and the clock. */
export interface Ledger {
  readonly db: Kysely<Tables>;
  readonly keys: KeyRing;
  readonly heads: ChainHeads;
  readonly opened: OpenedChunks;
  readonly now: () => Date;
}

/** The role workers and the command line act as: it may add events, never change one (migration 0001). */
const WORKER_ROLE = 'ml_connector_worker';

/**
 * What every session of ours begins with. A worker that stands still in the middle of a transaction, or a statement that
 * waits for one that does, gives its locks back after a minute.
 */
const SESSION = `-c role=${WORKER_ROLE} -c idle_in_transaction_session_timeout=60000 -c statement_timeout=60000`;

/**
 * Opens a pool of at most `maxConnections` to the ledger, acting as the restricted worker role.
 * A connection that dies while idle (a restarted server) is replaced at its next use.
 * @throws Failure ENVIRONMENT_INVALID
 */
export function openDatabase(url: string, { maxConnections }: { readonly maxConnections: number }): Kysely<Tables> {
  const pool = new pg.Pool({
    connectionString: withSession(url),
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: { getTypeParser: parserOf },
  });
  pool.on('error', () => undefined);
  // A lent connection can be cut between two queries; the next one then fails, and nobody else needs to hear of it.
  pool.on('connect', (client) => client.on('error', () => undefined));
  keepOftenUsed(pool);
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

/** In the address itself, since what an address says of `options` goes before what the pool is told: ours come last. */
function withSession(url: string): string {
  if (!URL.canParse(url)) {
    throw new Failure('ENVIRONMENT_INVALID', { message: 'The address of the ledger is not a URL (postgres://...).' });
  }
  const address = new URL(url);
  address.searchParams.set('options', `${address.searchParams.get('options') ?? ''} ${SESSION}`.trim());
  return address.href;
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

/**
 * Holds a lock on `name` until the surrounding transaction ends, so that two workers take turns. Names begin with what they
 * are about (`file/`, `quota/`), so that two uses never meet. For a few a transaction: the server has room for thousands.
 */
export async function lockName(ledger: Ledger, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(ledger.db);
}

/**
 * Connection exceptions (08), a refused login while a password is being changed (28), a server that stops, starts or is a
 * replica for now (57P, 25006), resources it lacks (53), waits it ended (57014, 55P03, 25P03), and transactions it gave up to
 * end a deadlock (40).
 */
const PASSING_STATES = /^(08...|28...|53...|57P0[1-3]|57014|55P03|25006|25P0[34]|40001|40P01)$/;
const NETWORK_CODES = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'];
/** What the driver says without a code when a connection dies under it. */
const LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Whether an error says that Postgres could not be reached, went away, or has just been migrated; whether the last commit took place is then unknown. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isUnreachable);
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (isOutdatedPlan(error)) return true;
  if (typeof code === 'string') return NETWORK_CODES.includes(code) || PASSING_STATES.test(code);
  return LOST.test(error.message);
}

/** Whether an error is Postgres refusing a row because of this unique index (SQLSTATE 23505). */
export function violatesUnique(error: unknown, index: string): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === index;
}
