import type { JsonObject } from './json.ts';
import { formatWall } from './server-clock.ts';

/** One stored record with its row version. `timeStamp` is the ETag; `modifiedAt` is server wall clock. */
export interface Row {
  readonly key: string;
  readonly record: JsonObject;
  readonly modifiedAt: number;
  readonly version: bigint;
  readonly timeStamp: string;
}

export type ListOrder = 'key' | 'modified' | 'shuffled';

/** Draws row versions: an 8-byte counter shared by all tables of a database, shown as base64. */
export class RowVersions {
  #last = 0x4d182200n;

  next(): { readonly version: bigint; readonly timeStamp: string } {
    this.#last += 1n;
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(this.#last);
    return { version: this.#last, timeStamp: bytes.toString('base64') };
  }
}

/** The rows of one entity. Keys compare without regard to case, as the database below the ERP compares them. */
export class Table {
  readonly #versions: RowVersions;
  readonly #changed: (key: string) => void;
  readonly #rows = new Map<string, Row>();
  #keyOrder: string[] | undefined;

  /** `changed` is told of every record that is put or removed. */
  constructor(versions: RowVersions, changed: (key: string) => void) {
    this.#versions = versions;
    this.#changed = changed;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(key: string): Row | undefined {
    return this.#rows.get(folded(key));
  }

  /** Inserts or replaces a record; the row gets a new version and the given stamp. */
  put(key: string, record: JsonObject, modifiedAt: number): Row {
    const id = folded(key);
    const before = this.#rows.get(id);
    if (before === undefined) this.#keyOrder = undefined;
    const row: Row = { key: before?.key ?? key, record, modifiedAt, ...this.#versions.next() };
    this.#rows.set(id, row);
    this.#changed(row.key);
    return row;
  }

  remove(key: string): boolean {
    this.#keyOrder = undefined;
    this.#changed(key);
    return this.#rows.delete(folded(key));
  }

  /** All rows in list order. */
  rows(order: ListOrder): Row[] {
    if (order === 'modified') return [...this.#rows.values()].sort(byModification);
    const rows = this.#sortedKeys()
      .map((key) => this.#rows.get(key))
      .filter((row) => row !== undefined);
    return order === 'key' ? rows : rows.sort((a, b) => scatter(a.key) - scatter(b.key));
  }

  #sortedKeys(): string[] {
    this.#keyOrder ??= [...this.#rows.keys()].sort();
    return this.#keyOrder;
  }
}

/** The read form of a row: the record with its stamp and its row version. */
export function rendered(row: Row): JsonObject {
  return { ...row.record, lastModifiedDateTime: formatWall(row.modifiedAt), timeStamp: row.timeStamp };
}

function folded(key: string): string {
  return key.trim().toUpperCase();
}

function byModification(a: Row, b: Row): number {
  return a.modifiedAt - b.modifiedAt || (a.version < b.version ? -1 : 1);
}

/** FNV-1a: an order that looks random and stays the same from page to page. */
function scatter(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
