/** One operation of a client. Reads and writes are summed up in the CLOSE of their file. */
export interface JournalRow {
  readonly id: number;
  readonly at: string;
  readonly user: string;
  readonly operation: string;
  readonly path: string;
  readonly target?: string;
  /** The SFTP status code of the answer; 0 is success. */
  readonly status: number;
  readonly bytesRead?: number;
  readonly bytesWritten?: number;
}

const MAX_ROWS = 100_000;

/** What clients asked for, oldest first; the oldest rows go when there are more than 100,000. */
export class Journal {
  readonly #now: () => Date;
  #rows: JournalRow[] = [];
  #lastId = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  note(row: Omit<JournalRow, 'id' | 'at'>): void {
    this.#lastId += 1;
    this.#rows.push({ id: this.#lastId, at: this.#now().toISOString(), ...row });
    if (this.#rows.length > MAX_ROWS) this.#rows = this.#rows.slice(MAX_ROWS / 2);
  }

  since(id: number): readonly JournalRow[] {
    return this.#rows.filter((row) => row.id > id);
  }

  clear(): void {
    this.#rows = [];
  }
}
