import { type Ledger, openDatabase } from './database.ts';
import { EVENT_KEY } from './events.ts';
import { KeyRing } from './keys.ts';

/** Where the ledger is and what opens it. */
export interface LedgerSettings {
  readonly databaseUrl: string;
  /** 32 bytes in base64. */
  readonly masterKey: string;
  /** The former master key during a rotation. */
  readonly previousMasterKey?: string | undefined;
  readonly maxConnections?: number;
}

/** Opens the ledger; `close` gives its connections back. @throws Failure MASTER_KEY_INVALID, MASTER_KEY_UNKNOWN */
export async function openLedger(
  settings: LedgerSettings,
  now: () => Date = () => new Date(),
): Promise<Ledger & { close(): Promise<void> }> {
  const { databaseUrl, maxConnections } = settings;
  const db = openDatabase(databaseUrl, maxConnections === undefined ? {} : { maxConnections });
  try {
    const keys = new KeyRing(db, settings.masterKey, settings.previousMasterKey);
    await keys.keyFor(EVENT_KEY);
    return { db, keys, now, close: () => db.destroy() };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}
