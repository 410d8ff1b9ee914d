import { ChainHeads } from './chain-heads.ts';
import { type Ledger, openDatabase } from './database.ts';
import { EVENT_KEY } from './events.ts';
import { KeyRing } from './keys.ts';
import { OpenedChunks } from './opened-chunks.ts';

/** Where the ledger is and what opens it. */
export interface LedgerSettings {
  readonly databaseUrl: string;
  /** 32 bytes in base64. */
  readonly masterKey: string;
  /** The former master key during a rotation. */
  readonly previousMasterKey?: string | undefined;
  /** All connections of this process; one of them is kept for reading keys. */
  readonly maxConnections?: number;
}

const MAX_CONNECTIONS = 10;

/**
 * Opens the ledger; `close` gives its connections back. Keys have a connection of their own: transactions that need one
 * while they hold all the others would wait for themselves.
 * @throws Failure MASTER_KEY_INVALID, MASTER_KEY_UNKNOWN
 */
export async function openLedger(
  settings: LedgerSettings,
  now: () => Date = () => new Date(),
): Promise<Ledger & { close(): Promise<void> }> {
  const { databaseUrl, maxConnections = MAX_CONNECTIONS } = settings;
  const db = openDatabase(databaseUrl, { maxConnections: Math.max(1, maxConnections - 1) });
  const keyDb = openDatabase(databaseUrl, { maxConnections: 1 });
  const close = async () => {
    await Promise.all([db.destroy(), keyDb.destroy()]);
  };
  try {
    const keys = new KeyRing(keyDb, settings.masterKey, settings.previousMasterKey);
    await keys.keyFor(EVENT_KEY);
    return { db, keys, heads: new ChainHeads(), opened: new OpenedChunks(), now, close };
  } catch (error) {
    await close();
    throw error;
  }
}
