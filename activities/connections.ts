import type { z } from 'zod';
import { type SftpSession, withSftp } from '../connectors/sftp/client.ts';
import { sftpSecretsSchema } from '../connectors/sftp/settings.ts';
import type { VismaClient } from '../connectors/visma/client.ts';
import { vismaSecretsSchema } from '../connectors/visma/settings.ts';
import { Failure } from '../failures/failure.ts';
import { assertOpen } from '../ledger/brakes.ts';
import { blockConnection, getSecrets } from '../ledger/connections.ts';
import type { Ledger } from '../ledger/database.ts';
import type { ConnectionConfig } from './configuration.ts';
import type { Log } from './log.ts';
import { openVisma } from './visma-client.ts';

/** For whom a client is lent: a held connection or flow lends nothing. */
export interface Borrower {
  readonly flow: string;
  readonly signal: AbortSignal;
}

interface OpenSecrets<T> {
  readonly secrets: T;
  readonly setAt: Date;
}

/** Lends clients of the outside systems, with credentials from the vault and the shared call budget. */
export class Connections {
  readonly #ledger: Ledger;
  readonly #log: Log;
  readonly #visma = new Map<string, { readonly key: string; readonly client: VismaClient }>();

  constructor(ledger: Ledger, log: Log) {
    this.#ledger = ledger;
    this.#log = log;
  }

  /** Lends the client of a Visma.net company. @throws Failure CONNECTION_HELD, FLOW_PAUSED, CREDENTIALS_MISSING */
  async visma<T>(
    connection: ConnectionConfig<'visma'>,
    borrower: Borrower,
    work: (client: VismaClient) => Promise<T>,
  ): Promise<T> {
    const opened = await this.#open(connection.name, borrower, vismaSecretsSchema);
    return this.#guarded(connection.name, opened.setAt, () => work(this.#vismaClient(connection, opened)));
  }

  /** Lends an SFTP session and closes it. @throws Failure CONNECTION_HELD, FLOW_PAUSED, CREDENTIALS_MISSING */
  async sftp<T>(
    connection: ConnectionConfig<'sftp'>,
    borrower: Borrower,
    work: (session: SftpSession) => Promise<T>,
  ): Promise<T> {
    const opened = await this.#open(connection.name, borrower, sftpSecretsSchema);
    const { signal } = borrower;
    return this.#guarded(connection.name, opened.setAt, () =>
      withSftp(sftpSettingsOf(connection.settings), opened.secrets, { signal }, work),
    );
  }

  async #open<S extends z.ZodType>(name: string, borrower: Borrower, schema: S): Promise<OpenSecrets<z.infer<S>>> {
    await assertOpen(this.#ledger, { connection: name, flow: borrower.flow });
    const stored = await getSecrets(this.#ledger, name);
    const parsed = schema.safeParse(stored?.secrets);
    if (!stored || !parsed.success) {
      throw new Failure('CREDENTIALS_MISSING', {
        message: `Connection ${name} has ${stored ? 'incomplete' : 'no'} credentials.`,
        retryAfterMs: 15_000,
      });
    }
    return { secrets: parsed.data, setAt: stored.setAt };
  }

  /** Refused credentials close the latch: reported once, and everything else over this connection waits instead of failing. */
  async #guarded<T>(name: string, setAt: Date, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Failure) || error.type !== 'AuthFailed') throw error;
      const isFirst = await blockConnection(this.#ledger, name, setAt, error.message);
      if (isFirst) {
        this.#log.error({ blocked: name, code: error.code, next: error.next }, error.message);
      }
      throw new Failure('CONNECTION_HELD', {
        message: `Connection ${name} is blocked: ${error.message}`,
        retryAfterMs: 5_000,
        cause: error,
      });
    }
  }

  #vismaClient(
    connection: ConnectionConfig<'visma'>,
    opened: OpenSecrets<z.infer<typeof vismaSecretsSchema>>,
  ): VismaClient {
    const key = JSON.stringify([connection.settings, opened.setAt]);
    const known = this.#visma.get(connection.name);
    if (known?.key === key) return known.client;
    const client = openVisma(this.#ledger, connection.settings, opened.secrets);
    this.#visma.set(connection.name, { key, client });
    return client;
  }
}

/** The connector's part of a connection's settings. */
export function sftpSettingsOf({ kind: _, ...settings }: ConnectionConfig<'sftp'>['settings']) {
  return settings;
}
