import type { CsvPlace, CsvRow } from '../../formats/csv/row.ts';

/** Rows of one document, or one row that cannot be read and stands between documents. */
export interface RowGroup {
  readonly rows: readonly CsvRow[];
  readonly first: CsvPlace;
  readonly last: CsvPlace;
  /** The cells that group rows; undefined for a row that cannot be read. */
  readonly key: string | undefined;
  /** A row beside it cannot be read, and may have been its own. */
  readonly isBesideBroken: boolean;
  /** More rows than one document may have; only the first ones are kept. */
  readonly isTooLong: boolean;
}

/** A document of more rows than this is refused: its rows are held in memory together. */
export const MOST_ROWS = 20_000;

/** A group that is being put together. */
interface Open {
  readonly rows: CsvRow[];
  readonly key: string;
  readonly isAfterBroken: boolean;
  last: CsvRow;
  count: number;
}

/**
 * Groups consecutive rows by the cells of some columns; rows whose cells are all empty go on with the document before. Rows
 * that hold nothing are left out. A row that cannot be read belongs to a document when the rows around it do; between two
 * documents it stands alone, and both are marked.
 */
export async function* groupRows(
  batches: AsyncIterable<readonly CsvRow[]>,
  groupBy: readonly string[],
): AsyncGenerator<RowGroup> {
  let open: Open | undefined;
  let broken: CsvRow[] = [];
  for await (const rows of batches) {
    for (const row of rows) {
      if ('failure' in row) {
        broken.push(row);
        continue;
      }
      const key = keyIn(row, groupBy);
      if (key === undefined) continue;
      if (open !== undefined && (key === '' || key === open.key)) {
        for (const one of [...broken, row]) add(open, one);
      } else {
        if (open !== undefined) yield closed(open, broken.length > 0);
        yield* broken.map(alone);
        open = { rows: [row], key, isAfterBroken: broken.length > 0, last: row, count: 1 };
      }
      broken = [];
    }
  }
  if (open !== undefined) yield closed(open, broken.length > 0);
  yield* broken.map(alone);
}

/** '' for a row that names no document; undefined for one that holds nothing at all, as spreadsheets leave at the end. */
function keyIn(row: Extract<CsvRow, { cells: unknown }>, groupBy: readonly string[]): string | undefined {
  if (Object.values(row.cells).every((cell) => cell.trim() === '')) return undefined;
  const cells = groupBy.map((column) => row.cells[column]?.trim() ?? '');
  return cells.every((cell) => cell === '') ? '' : JSON.stringify(cells);
}

function add(open: Open, row: CsvRow): void {
  open.last = row;
  open.count += 1;
  if (open.count <= MOST_ROWS) open.rows.push(row);
}

function closed({ rows, key, isAfterBroken, last, count }: Open, isBeforeBroken: boolean): RowGroup {
  const [first = last] = rows;
  const isBesideBroken = isAfterBroken || isBeforeBroken;
  return { rows, first, last, key, isBesideBroken, isTooLong: count > MOST_ROWS };
}

function alone(row: CsvRow): RowGroup {
  return { rows: [row], first: row, last: row, key: undefined, isBesideBroken: false, isTooLong: false };
}
