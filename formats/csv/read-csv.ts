import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../failures/failure.ts';
import { blocksOf } from './blocks.ts';
import type { CsvDialect } from './dialect.ts';
import { CsvParser, type ParsedBlock } from './parser.ts';
import type { CsvPosition, CsvRow } from './row.ts';

const BLOCK_BYTES = 64 * 1024;

export interface ReadCsvOptions {
  /** Columns that the header must have. */
  readonly required?: readonly string[];
  /** Go on from here: the source then begins at byte `from.offset` of the original. */
  readonly from?: CsvPosition;
  /** Bytes parsed before the event loop gets its turn; for tests. */
  readonly blockBytes?: number;
}

/** What the file turned out to hold; known when reading is over. An empty file is not a file with a header alone. */
export interface CsvSummary {
  readonly content: 'empty' | 'header-only' | 'rows';
  /** The number of the last record, those before `from` counted. */
  readonly records: number;
  readonly bytes: number;
  /** Undefined for an empty file that names its own columns. */
  readonly columns: readonly string[] | undefined;
}

/** A file being read: rows one by one, or as they come from the parser with `batches()`. Either can be used once. */
export interface CsvReading extends AsyncIterable<CsvRow> {
  /** Known from the first row on. */
  readonly columns: readonly string[] | undefined;
  /** Undefined until the end of the file was reached. */
  readonly summary: CsvSummary | undefined;
  batches(): AsyncIterable<readonly CsvRow[]>;
}

/**
 * Reads CSV as a stream. Memory is bounded by the limits of the dialect, and the event loop gets a turn after every block,
 * so that heartbeats go on. A record that cannot be read is a row with a `failure`; the rows around it go on.
 *
 * @throws Failure CSV_FILE_INVALID while iterating, when the bytes are not text in the declared encoding or the first row is
 *   no header; CSV_HEADER_INVALID when columns are missing or doubled. The rows before the fault are handed out first.
 */
export function readCsv(
  source: AsyncIterable<Uint8Array>,
  dialect: CsvDialect,
  options: ReadCsvOptions = {},
): CsvReading {
  return new Reading(source, dialect, options);
}

/**
 * Reads one record again from its stored bytes (`row.offset`, `row.length`), for a replay.
 *
 * @throws Failure as `readCsv`, and CSV_FILE_INVALID when the bytes hold no record
 */
export function readCsvRecord(bytes: Uint8Array, dialect: CsvDialect, from: CsvPosition): CsvRow {
  const { rows, failure } = new CsvParser(dialect, [], from).push(Buffer.from(bytes), true);
  const [row] = rows;
  if (row !== undefined) return row;
  throw failure ?? new Failure('CSV_FILE_INVALID', { message: `There is no record at byte ${from.offset}.` });
}

class Reading implements CsvReading {
  summary: CsvSummary | undefined;
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #parser: CsvParser;
  readonly #blockBytes: number;
  readonly #namesItsColumns: boolean;

  constructor(source: AsyncIterable<Uint8Array>, dialect: CsvDialect, options: ReadCsvOptions) {
    this.#source = source;
    this.#parser = new CsvParser(dialect, options.required ?? [], options.from);
    this.#blockBytes = options.blockBytes ?? BLOCK_BYTES;
    this.#namesItsColumns = dialect.header === 'first-row';
  }

  get columns(): readonly string[] | undefined {
    return this.#parser.columns;
  }

  async *batches(): AsyncGenerator<readonly CsvRow[]> {
    for await (const block of blocksOf(this.#source, this.#blockBytes)) {
      yield* handOut(this.#parser.push(block, false));
      await setImmediate();
    }
    yield* handOut(this.#parser.push(Buffer.alloc(0), true));
    this.summary = this.#summarise();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<CsvRow> {
    for await (const rows of this.batches()) yield* rows;
  }

  #summarise(): CsvSummary {
    const { record, columns, offset } = this.#parser;
    const records = record - 1;
    const content = records > 0 ? 'rows' : columns !== undefined && this.#namesItsColumns ? 'header-only' : 'empty';
    return { content, records, bytes: offset, columns };
  }
}

function* handOut({ rows, failure }: ParsedBlock): Generator<readonly CsvRow[]> {
  if (rows.length > 0) yield rows;
  if (failure !== undefined) throw failure;
}
