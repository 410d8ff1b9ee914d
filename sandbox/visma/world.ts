import { Access, type Credentials } from './access.ts';
import { CommitLog } from './commits.ts';
import type { EntityName } from './entity.ts';
import { Faults } from './faults.ts';
import { type Limits, RateLimit } from './rate-limit.ts';
import { References } from './references.ts';
import { RequestLog } from './request-log.ts';
import { ServerClock } from './server-clock.ts';
import { changedSettings, type Settings } from './settings.ts';
import { RowVersions, Table } from './table.ts';
import { Webhooks } from './webhooks.ts';

/** What a simulated company starts from. */
export interface WorldStart {
  readonly settings: Settings;
  readonly credentials: Credentials;
  readonly limits: Limits;
  readonly now: () => number;
  readonly uuid: () => string;
}

/** Everything one simulated company holds. It lives as long as its process, or until a reset. */
export class World {
  #settings: Settings;
  #lastId = 1000;
  readonly #numbers = new Map<string, number>();
  readonly #versions = new RowVersions();
  readonly #tables = new Map<EntityName, Table>();
  readonly uuid: () => string;
  readonly clock: ServerClock;
  readonly access: Access;
  readonly rateLimit: RateLimit;
  readonly references = new References();
  readonly requests = new RequestLog();
  readonly commits = new CommitLog();
  readonly faults = new Faults();
  readonly webhooks = new Webhooks();

  constructor(start: WorldStart) {
    this.#settings = start.settings;
    this.uuid = start.uuid;
    this.clock = new ServerClock(start.now, () => this.#settings);
    this.access = new Access(start.credentials, this.clock, start.uuid);
    this.rateLimit = new RateLimit(start.limits, this.clock);
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Throws a ZodError for an unknown setting or a value out of range. */
  changeSettings(change: unknown): void {
    this.#settings = changedSettings(this.#settings, change);
  }

  table(name: EntityName): Table {
    let table = this.#tables.get(name);
    if (table === undefined) {
      table = new Table(this.#versions, (key) => this.webhooks.changed(name, key));
      this.#tables.set(name, table);
    }
    return table;
  }

  /** A row version for a part that has one of its own. */
  nextTimeStamp(): string {
    return this.#versions.next().timeStamp;
  }

  /** A surrogate key (`internalId`, `addressId`). */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** The next number of an automatic series. */
  nextNumber(series: string, first: number): number {
    const number = this.#numbers.get(series) ?? first;
    this.#numbers.set(series, number + 1);
    return number;
  }
}
