import { Failure } from '../../failures/failure.ts';
import { BlockText } from './block-text.ts';
import { splitQuoted } from './cells.ts';
import { columnsOf } from './columns.ts';
import type { CsvDialect } from './dialect.ts';
import { RecordSkipper } from './record-skipper.ts';
import type { CsvPlace, CsvPosition, CsvRow } from './row.ts';
import { cellsFailure, fileFailure, oversizeFailure, quotingFailure, rowFailure } from './row-failures.ts';
import { countLineEnds, type Marks, type Scan, scanRecord } from './scan-record.ts';

const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_BOMS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/** What one block of bytes gave: rows, and the failure that ends the file behind them. */
export interface ParsedBlock {
  readonly rows: CsvRow[];
  readonly failure: Failure | undefined;
}

type Found = Exclude<Scan, { kind: 'more' }>;

/** A record too long to keep, of which only the place is remembered. */
interface Skipped {
  readonly skipper: RecordSkipper;
  readonly place: CsvPlace;
  readonly failure: Failure;
}

/**
 * Turns blocks of bytes into rows, synchronously; knows nothing of where they come from. Keeps at most one block and one
 * record (`limits.recordBytes`) in memory.
 */
export class CsvParser {
  /** Known once the header is read, or from the dialect, or from the position to begin at. */
  columns: readonly string[] | undefined;
  /** Where the next record stands. */
  offset = 0;
  line = 1;
  record = 1;

  readonly #dialect: CsvDialect;
  readonly #required: readonly string[];
  readonly #marks: Marks;
  /** The record that is not complete, and blocks behind it that have not been looked at. */
  #rest: Buffer = Buffer.alloc(0);
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #atFileStart = true;
  #skipped: Skipped | undefined;

  /** @throws Failure CSV_HEADER_INVALID when the dialect's own column names lack a required one */
  constructor(dialect: CsvDialect, required: readonly string[], from: CsvPosition | undefined) {
    this.#dialect = dialect;
    this.#required = required;
    this.#marks = {
      delimiter: dialect.delimiter.charCodeAt(0),
      quote: dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0),
    };
    if (dialect.header !== 'first-row') this.columns = this.#checkedColumns(dialect.header, 'The configured header');
    if (from === undefined) return;
    this.columns = from.columns;
    this.offset = from.offset;
    this.line = from.line;
    this.record = from.record;
    this.#atFileStart = from.offset === 0;
  }

  /** Reads what can be told from the bytes so far; `last` says that the file ends with them. */
  push(block: Buffer, last: boolean): ParsedBlock {
    const rows: CsvRow[] = [];
    this.#waiting.push(block);
    this.#waitingBytes += block.length;
    // A long record is looked at again only when twice as much of it is here, which keeps the whole linear.
    if (this.#waitingBytes < this.#rest.length && !last) return { rows, failure: undefined };
    const bytes = this.#joined(block);
    try {
      this.#rest = bytes.subarray(this.#read(bytes, last, rows));
      return { rows, failure: undefined };
    } catch (error) {
      // The rows before the place where the file goes wrong are good and are handed out first.
      if (error instanceof Failure) return { rows, failure: error };
      throw error;
    }
  }

  #joined(block: Buffer): Buffer {
    const alone = this.#rest.length === 0 && this.#waiting.length === 1;
    const bytes = alone ? block : Buffer.concat([this.#rest, ...this.#waiting]);
    this.#waiting = [];
    this.#waitingBytes = 0;
    return bytes;
  }

  /** Returns how many bytes are done with. */
  #read(bytes: Buffer, last: boolean, rows: CsvRow[]): number {
    if (this.#atFileStart && bytes.length < UTF8_BOM.length && !last) return 0;
    let at = this.#atFileStart ? this.#passByteOrderMark(bytes) : 0;
    const text = new BlockText(bytes, last, this.#dialect.encoding);
    while (at < bytes.length || this.#skipped !== undefined) {
      if (this.#skipped !== undefined) {
        at = this.#skip(this.#skipped, bytes, at, last, rows);
        if (this.#skipped !== undefined) break;
        continue;
      }
      const scan = scanRecord({ bytes, start: at, limit: this.#limit(), last }, this.#marks);
      if (scan.kind === 'more') break;
      this.#take(bytes, at, scan, text, rows);
      at = scan.next;
    }
    return at;
  }

  #limit(): number {
    const { recordBytes, headerBytes } = this.#dialect.limits;
    return this.columns === undefined ? headerBytes : recordBytes;
  }

  #take(bytes: Buffer, start: number, scan: Found, text: BlockText, rows: CsvRow[]): void {
    const place = this.#place(bytes, start, scan);
    const blank = scan.kind === 'record' && scan.end === start;
    const isHeader = !blank && this.columns === undefined;
    if (isHeader)
      this.columns = this.#header(this.#cells(bytes, start, scan, text, []), bytes.subarray(start, scan.next));
    else if (!blank) this.#takeRow(bytes, start, scan, place, text, rows);
    this.#advance(place.length, place.lines, blank || isHeader ? 0 : 1);
  }

  #takeRow(bytes: Buffer, start: number, scan: Found, place: CsvPlace, text: BlockText, rows: CsvRow[]): void {
    const columns = this.columns ?? [];
    const cells = this.#cells(bytes, start, scan, text, columns);
    if (!(cells instanceof Failure)) {
      const { cellBytes } = this.#dialect.limits;
      const failure = cellsFailure(cells, place.length, { line: this.line, columns }, cellBytes);
      rows.push(failure === undefined ? { ...place, cells: named(cells, columns) } : { ...place, failure });
    } else if (scan.kind === 'oversize') {
      const skipper = new RecordSkipper(scan.state, bytes[scan.next - 1], this.#marks);
      this.#skipped = { skipper, place, failure: cells };
    } else {
      rows.push({ ...place, failure: cells });
    }
  }

  #place(bytes: Buffer, start: number, scan: Found): CsvPlace {
    // Only a quoted record can hold line ends, and counting them means a second walk.
    const plain = scan.kind === 'record' && !scan.quoted;
    const lines = plain ? Number(scan.next > scan.end) : countLineEnds(bytes, start, scan.next);
    return { record: this.record, line: this.line, lines, offset: this.offset, length: scan.next - start };
  }

  #advance(length: number, lines: number, records: number): void {
    this.offset += length;
    this.line += lines;
    this.record += records;
  }

  #cells(bytes: Buffer, start: number, scan: Found, text: BlockText, columns: readonly string[]): string[] | Failure {
    const context = { bytes, start, line: this.line, columns, marks: this.#marks };
    if (scan.kind === 'broken') return quotingFailure(context, scan);
    if (scan.kind === 'oversize') return oversizeFailure(context, scan, this.#limit());
    const record = text.read(start, scan.end);
    const { delimiter, quote } = this.#dialect;
    if (typeof record === 'string')
      return scan.quoted ? splitQuoted(record, delimiter, quote) : record.split(delimiter);
    if (record.scope === 'row') return rowFailure(`line ${this.line}`, record.text);
    throw fileFailure(`line ${this.line} (from byte ${this.offset})`, record.text);
  }

  #header(cells: string[] | Failure, bytes: Buffer): readonly string[] {
    if (!(cells instanceof Failure)) return this.#checkedColumns(cells, `The header in line ${this.line}`);
    const binary = bytes.includes(0) ? ' It holds NUL bytes: this is no text file, or one in UTF-16.' : '';
    throw new Failure('CSV_FILE_INVALID', { message: `The header cannot be read. ${cells.message}${binary}` });
  }

  #checkedColumns(names: readonly string[], where: string): string[] {
    return columnsOf(names, where, this.#required, this.#dialect.limits.columns);
  }

  /** Goes on behind an over-long record; its row is handed out when its end is found. */
  #skip({ skipper, place, failure }: Skipped, bytes: Buffer, at: number, last: boolean, rows: CsvRow[]): number {
    const linesBefore = skipper.lines;
    const next = skipper.skip(bytes, at, last);
    this.#advance((next ?? bytes.length) - at, skipper.lines - linesBefore, 0);
    if (next === undefined) return bytes.length;
    this.#skipped = undefined;
    rows.push({ ...place, lines: this.line - place.line, length: this.offset - place.offset, failure });
    return next;
  }

  #passByteOrderMark(bytes: Buffer): number {
    this.#atFileStart = false;
    if (UTF16_BOMS.some((mark) => bytes.subarray(0, 2).equals(mark))) {
      throw fileFailure('the file', 'begins with a UTF-16 byte order mark, and UTF-16 is not supported');
    }
    if (!bytes.subarray(0, 3).equals(UTF8_BOM)) return 0;
    if (this.#dialect.encoding !== 'utf-8') {
      throw fileFailure('the file', `begins with a UTF-8 byte order mark, but ${this.#dialect.encoding} is declared`);
    }
    this.offset = UTF8_BOM.length;
    return UTF8_BOM.length;
  }
}

function named(cells: readonly string[], columns: readonly string[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (let index = 0; index < columns.length; index += 1) {
    const name = columns[index];
    if (name !== undefined && name !== '') record[name] = cells[index] ?? '';
  }
  return record;
}
