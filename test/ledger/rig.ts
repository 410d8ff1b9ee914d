import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import pg from 'pg';
import { activateConfig } from '../../ledger/config-versions.ts';
import type { Ledger } from '../../ledger/database.ts';
import { insertDocuments, type NewDocument } from '../../ledger/documents.ts';
import type { Provenance } from '../../ledger/events.ts';
import { migrate } from '../../ledger/migrate.ts';
import { openLedger } from '../../ledger/open.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { verifyLedger } from '../../ledger/verify.ts';
import { atEnd } from '../harness/own.ts';
import { withDatabase } from '../harness/postgres.ts';

/** Every migration there is, in the order they run. */
export const MIGRATIONS = readdirSync(new URL('../../ledger/migrations/', import.meta.url)).sort();

export const FLOW = 'acme/vendors-in';
export const CONFIG = 'hash-of-a-config';
export const provenance: Provenance = { actor: 'test', attempt: 1, workflowId: 'deliver/1', runId: 'run-1' };

export interface LedgerRig {
  readonly url: string;
  readonly masterKey: string;
  readonly ledger: Ledger;
  /** Opens the ledger as another process would: connections and keys of its own. */
  open(settings?: { masterKey?: string; previousMasterKey?: string; maxConnections?: number }): Promise<Ledger>;
  /** Asks as the owner of the database, who may do everything. */
  asOwner(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** What `verify` finds, one line a finding. */
  findings(): Promise<string[]>;
}

/** A ledger of this test file's own, with a configuration that documents may refer to. */
export async function withLedger(now?: () => Date): Promise<LedgerRig> {
  const { url } = await withDatabase({ name: 'ledger', prepare: async (template) => void (await migrate(template)) });
  const masterKey = randomBytes(32).toString('base64');
  const open: LedgerRig['open'] = async (settings = {}) => {
    const opened = await openLedger({ databaseUrl: url, masterKey, ...settings }, now);
    atEnd(() => opened.close());
    return opened;
  };
  const ledger = await open();
  await activateConfig(ledger, { hash: CONFIG, integration: 'acme', body: {} }, 'test');
  const findings = async () => {
    const found: string[] = [];
    for await (const { subject, problem } of verifyLedger(ledger)) found.push(`${subject}: ${problem}`);
    return found;
  };
  return { url, masterKey, ledger, open, asOwner: (text, values) => ask(url, text, values), findings };
}

/** One question over a connection of its own, as the login of an address. */
export async function ask(url: string, text: string, values: readonly unknown[] = []) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

export function newDocument(sourceKey: string, more: Partial<NewDocument> = {}): NewDocument {
  return {
    flow: FLOW,
    kind: 'Supplier',
    sourceKey,
    sourceVersion: '1',
    workflowId: `deliver/${sourceKey}`,
    configHash: CONFIG,
    business: { supplier: sourceKey },
    ...more,
  };
}

export async function insertOne(ledger: Ledger, document: NewDocument): Promise<DocumentRow> {
  const [row] = await insertDocuments(ledger, [document], provenance);
  if (!row) throw new Error('not inserted');
  return row;
}
