import { inTransaction, type Ledger } from './database.ts';
import type { Latch } from './schema.ts';
import { seal, unseal } from './sealing.ts';

/** What may be shown of a connection: never its secrets. */
export interface ConnectionState {
  readonly name: string;
  readonly hasSecrets: boolean;
  readonly secretsSetAt: Date | null;
  readonly latch: Latch;
  readonly latchReason: string | null;
  readonly latchAt: Date | null;
}

const purposeOf = (name: string) => `connection:${name}`;

/** Seals the secrets of a connection (AES-256-GCM under the connection's key) and lets it go on if refused credentials had blocked it. */
export async function setSecrets(
  ledger: Ledger,
  name: string,
  secrets: Readonly<Record<string, string>>,
): Promise<void> {
  const key = await ledger.keys.keyFor(purposeOf(name));
  const sealed = seal(key, Buffer.from(JSON.stringify(secrets)), purposeOf(name));
  const change = { secrets: sealed, secretsSetAt: ledger.now() };
  await inTransaction(ledger, async (tx) => {
    await tx.db
      .insertInto('connection')
      .values({ name, ...change })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(change))
      .execute();
    await unblock(tx, name);
  });
}

/** The secrets of a connection and when they were set; undefined when it has none. */
export async function getSecrets(
  ledger: Ledger,
  name: string,
): Promise<{ readonly secrets: Record<string, string>; readonly setAt: Date } | undefined> {
  const row = await ledger.db
    .selectFrom('connection')
    .select(['secrets', 'secretsSetAt'])
    .where('name', '=', name)
    .executeTakeFirst();
  if (!row?.secrets || !row.secretsSetAt) return undefined;
  const key = await ledger.keys.keyFor(purposeOf(name));
  return { secrets: JSON.parse(unseal(key, row.secrets, purposeOf(name)).toString('utf8')), setAt: row.secretsSetAt };
}

/** Every connection that has secrets or a latch. */
export async function listConnections({ db }: Ledger): Promise<ConnectionState[]> {
  const rows = await db.selectFrom('connection').selectAll().orderBy('name').execute();
  return rows.map(({ secrets, ...row }) => ({ ...row, hasSecrets: secrets !== null }));
}

/**
 * Blocks a connection whose credentials were refused, unless they were replaced after `usedSecretsSetAt`. Returns whether
 * it was open until now: the caller that closes the latch reports it.
 */
export async function blockConnection(
  { db, now }: Ledger,
  name: string,
  usedSecretsSetAt: Date,
  reason: string,
): Promise<boolean> {
  const blocked = await db
    .updateTable('connection')
    .set({ latch: 'blocked', latchReason: reason, latchAt: now() })
    .where('name', '=', name)
    .where('latch', '=', 'open')
    .where('secretsSetAt', '<=', usedSecretsSetAt)
    .executeTakeFirst();
  return blocked.numUpdatedRows === 1n;
}

/** Opens a blocked connection; a paused one stays paused. */
export async function unblock({ db, now }: Ledger, name: string): Promise<boolean> {
  const opened = await db
    .updateTable('connection')
    .set({ latch: 'open', latchReason: null, latchAt: now() })
    .where('name', '=', name)
    .where('latch', '=', 'blocked')
    .executeTakeFirst();
  return opened.numUpdatedRows === 1n;
}

/** Pulls the emergency brake of a connection: nothing new is sent over it from now on. */
export async function pauseConnection({ db, now }: Ledger, name: string, reason: string): Promise<void> {
  const change = { latch: 'paused' as const, latchReason: reason, latchAt: now() };
  await db
    .insertInto('connection')
    .values({ name, ...change })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(change))
    .execute();
}

/** Opens a paused or blocked connection; returns whether it was held. */
export async function resumeConnection({ db, now }: Ledger, name: string): Promise<boolean> {
  const opened = await db
    .updateTable('connection')
    .set({ latch: 'open', latchReason: null, latchAt: now() })
    .where('name', '=', name)
    .where('latch', '<>', 'open')
    .executeTakeFirst();
  return opened.numUpdatedRows === 1n;
}
