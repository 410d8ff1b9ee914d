import { userInfo } from 'node:os';
import type { Client } from '@temporalio/client';
import { type EnvironmentSettings, readEnvironment } from '../config/environment.ts';
import type { Ledger } from '../ledger/database.ts';
import type { Provenance } from '../ledger/events.ts';
import { completeEnvironment, type Environment } from './environment.ts';

/** What a command works with. Ledger and Temporal are opened on first use, once, and closed when the command ends. */
export class Session {
  readonly env: Environment;
  #settings: EnvironmentSettings | undefined;
  #ledger: Promise<Ledger> | undefined;
  #temporal: Promise<Client> | undefined;
  readonly #closing: (() => Promise<void>)[] = [];

  constructor(env: Environment) {
    this.env = completeEnvironment(env);
  }

  /** @throws Failure ENVIRONMENT_INVALID */
  get settings(): EnvironmentSettings {
    this.#settings ??= readEnvironment(this.env);
    return this.#settings;
  }

  /** Who is at the keyboard, as events name it. */
  get provenance(): Provenance {
    return { actor: `operator:${userName()}` };
  }

  /** @throws Failure LEDGER_UNREACHABLE, MASTER_KEY_INVALID, MASTER_KEY_UNKNOWN, ENVIRONMENT_INVALID */
  ledger(): Promise<Ledger> {
    this.#ledger ??= this.#openLedger();
    return this.#ledger;
  }

  /** @throws Failure TEMPORAL_UNREACHABLE, ENVIRONMENT_INVALID */
  temporal(): Promise<Client> {
    this.#temporal ??= this.#connectTemporal();
    return this.#temporal;
  }

  async close(): Promise<void> {
    for (const close of this.#closing.reverse()) await close();
  }

  async #openLedger(): Promise<Ledger> {
    const { reachLedger } = await import('./reach-ledger.ts');
    const ledger = await reachLedger(this.settings.ledger);
    this.#closing.push(() => ledger.close());
    return ledger;
  }

  async #connectTemporal(): Promise<Client> {
    const { reachTemporal } = await import('./reach-temporal.ts');
    const client = await reachTemporal(this.settings.temporal);
    this.#closing.push(() => client.connection.close());
    return client;
  }
}

/** Lends a session to a command and closes it whatever happens. A command that found something answers its exit code. */
export async function perform(work: (session: Session) => Promise<number | undefined>): Promise<void> {
  const session = new Session(process.env);
  try {
    process.exitCode = (await work(session)) ?? 0;
  } finally {
    await session.close();
  }
}

/** A container may run under a user without a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
