/**
 * The cells of one record whose quoting is known to be right.
 *
 * @param quote '' when the dialect has none
 */
export function splitQuoted(record: string, delimiter: string, quote: string): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const end = record[at] === quote ? closingQuote(record, at, quote) + 1 : cellEnd(record, at, delimiter);
    cells.push(record[at] === quote ? unquoted(record.slice(at + 1, end - 1), quote) : record.slice(at, end));
    if (end >= record.length) return cells;
    at = end + 1;
  }
}

function cellEnd(record: string, from: number, delimiter: string): number {
  const end = record.indexOf(delimiter, from);
  return end === -1 ? record.length : end;
}

function closingQuote(record: string, opening: number, quote: string): number {
  let at = record.indexOf(quote, opening + 1);
  while (record[at + 1] === quote) at = record.indexOf(quote, at + 2);
  return at;
}

function unquoted(cell: string, quote: string): string {
  return cell.includes(quote) ? cell.replaceAll(quote + quote, quote) : cell;
}
