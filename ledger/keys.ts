import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { Failure } from '../failures/failure.ts';
import type { Tables } from './schema.ts';
import { seal, unseal } from './sealing.ts';

/** A master key and the short name that tells which one wrapped a data key; the name gives nothing away about the key. */
interface MasterKey {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Reads a master key: 32 bytes in base64.
 * @throws Failure MASTER_KEY_INVALID
 */
function readMasterKey(base64: string): MasterKey {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== 32) {
    throw new Failure('MASTER_KEY_INVALID', {
      message: `The master key has ${bytes.length} bytes; it needs 32, in base64.`,
    });
  }
  return { name: createHash('sha256').update('master').update(bytes).digest('hex').slice(0, 8), bytes };
}

/**
 * Data keys by purpose (`connection:<name>` for credentials and bodies, `events` for the event chain), unwrapped on first
 * use and kept in memory. Two master keys may be live during a rotation: the first wraps, both unwrap.
 */
export class KeyRing {
  readonly #db: Kysely<Tables>;
  readonly #masters: readonly [MasterKey, ...MasterKey[]];
  readonly #unwrapped = new Map<string, Buffer>();

  /**
   * `db` is a pool of its own. Never a transaction: a key whose row were rolled back would lose what it sealed. Nor the pool
   * that transactions come from: they ask for keys while they hold its connections.
   */
  constructor(db: Kysely<Tables>, current: string, previous?: string) {
    this.#db = db;
    this.#masters = [readMasterKey(current), ...(previous === undefined ? [] : [readMasterKey(previous)])];
  }

  /** The key for `purpose`, made on first use. Safe under concurrent callers: the database keeps one. */
  async keyFor(purpose: string): Promise<Buffer> {
    const known = this.#unwrapped.get(purpose);
    if (known) return known;
    const key = (await this.#stored(purpose)) ?? (await this.#create(purpose));
    this.#unwrapped.set(purpose, key);
    return key;
  }

  /** Wraps every data key that an older master key still wraps with the current one; returns how many. */
  async rewrapAll(): Promise<number> {
    const [current] = this.#masters;
    const rows = await this.#db.selectFrom('dataKey').selectAll().where('masterKey', '<>', current.name).execute();
    for (const row of rows) {
      const wrapped = seal(current.bytes, this.#unwrap(row), row.purpose);
      await this.#db
        .updateTable('dataKey')
        .set({ wrapped, masterKey: current.name })
        .where('purpose', '=', row.purpose)
        .where('masterKey', '=', row.masterKey)
        .execute();
    }
    return rows.length;
  }

  async #stored(purpose: string): Promise<Buffer | undefined> {
    const row = await this.#db.selectFrom('dataKey').selectAll().where('purpose', '=', purpose).executeTakeFirst();
    return row && this.#unwrap(row);
  }

  #unwrap(row: { purpose: string; masterKey: string; wrapped: Buffer }): Buffer {
    const master = this.#masters.find((candidate) => candidate.name === row.masterKey);
    if (!master) {
      throw new Failure('MASTER_KEY_UNKNOWN', {
        message: `The key for ${row.purpose} was wrapped by master key ${row.masterKey}, which is not configured.`,
      });
    }
    return unseal(master.bytes, row.wrapped, row.purpose);
  }

  async #create(purpose: string): Promise<Buffer> {
    const [master] = this.#masters;
    const wrapped = seal(master.bytes, randomBytes(32), purpose);
    await this.#db
      .insertInto('dataKey')
      .values({ purpose, wrapped, masterKey: master.name })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const key = await this.#stored(purpose);
    if (!key) throw new Error(`The data key for ${purpose} was not stored`);
    return key;
  }
}
