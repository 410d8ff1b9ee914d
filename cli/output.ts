import Table from 'cli-table3';

/** More documents than so many are not counted for a line: it must not take longer the more there are. */
export const MOST_COUNTED = 10_000;

/** Columns of a terminal that tables keep to. */
const MAX_COLUMNS = 120;
const GAP = 2;

export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** One object on one line. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value));
}

/** A table of at most 120 columns; the widest columns give way. Cells come from outside: control characters are shown, not sent. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const cells = [head, ...rows].map((row) => row.map(plain));
  const widths = fit(head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))));
  const table = new Table({
    colWidths: widths.map((width, column) => width + (column < widths.length - 1 ? GAP : 0)),
    chars: BORDERLESS,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
  table.push(...cells.map((row) => row.map((cell, column) => cut(cell, widths[column] ?? 0))));
  for (const line of table.toString().split('\n')) print(line.trimEnd());
}

const BORDERLESS = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid', 'middle']
    .flatMap((place) => [place, `${place}-mid`, `${place}-left`, `${place}-right`])
    .concat(['left-mid', 'mid-mid', 'right-mid', 'top-mid'])
    .map((name) => [name, '']),
);

function fit(natural: readonly number[]): number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1));
  while (total() > MAX_COLUMNS) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
}

/** Text without characters that steer a terminal: they are written as `\x1b`. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`;
  });
}

/** `2026-03-01 14:05:09` in the time zone of this machine. */
export function localTime(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** `1 document`, `2 documents`. */
export function counted(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}
