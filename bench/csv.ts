import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse';
import { CsvDialect } from '../formats/csv/dialect.ts';
import { readCsv } from '../formats/csv/read-csv.ts';
import type { Measurement } from './measurement.ts';

interface Reader {
  readonly rowsPerSecond: number;
  readonly peakMegabytes: number;
}

const READERS = ['ours', 'csv-parse'] as const;
const COLUMNS = [
  'number',
  'name',
  'corporateId',
  'address',
  'postalCode',
  'city',
  'country',
  'email',
  'currency',
  'terms',
];

/**
 * Rows per second and peak memory of our reader against a plain csv-parse stream: the same file, the same run, each in a
 * process of its own so that neither pays for the other's memory.
 */
export async function* run(): AsyncGenerator<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-csv-'));
  try {
    for (const style of ['plain', 'quoted'] as const) {
      for (const rows of [20_000, 500_000]) {
        const path = join(folder, `${style}-${rows}.csv`);
        await writeFile(path, rows, style);
        yield* compared(path, `${rows} rows, ${style}`);
        await rm(path);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* compared(path: string, name: string): AsyncGenerator<Measurement> {
  const [ours, theirs] = [await measured('ours', path), await measured('csv-parse', path)];
  const speed = ours.rowsPerSecond / theirs.rowsPerSecond;
  const memory = ours.peakMegabytes / theirs.peakMegabytes;
  yield {
    bench: 'csv',
    case: `${name}: speed`,
    value: Math.round(ours.rowsPerSecond),
    unit: 'rows/s',
    against: Math.round(theirs.rowsPerSecond),
    ratio: speed,
    goal: 2,
    met: speed >= 2,
  };
  yield {
    bench: 'csv',
    case: `${name}: peak memory`,
    value: Math.round(ours.peakMegabytes),
    unit: 'MB',
    against: Math.round(theirs.peakMegabytes),
    ratio: memory,
    goal: 1.25,
    met: memory <= 1.25,
  };
}

async function writeFile(path: string, rows: number, style: 'plain' | 'quoted'): Promise<void> {
  const file = await open(path, 'w');
  const quote = style === 'quoted' ? '"' : '';
  const line = (cells: readonly string[]) => `${cells.map((cell) => quote + cell + quote).join(';')}\r\n`;
  await file.write(line(COLUMNS));
  for (let row = 0; row < rows; row += 1000) {
    await file.write(Array.from({ length: 1000 }, (_, index) => line(supplierCells(row + index))).join(''));
  }
  await file.close();
}

function supplierCells(row: number): string[] {
  const number = String(50_000 + row);
  return [
    number,
    `Bærum Rør & Varme ${number} AS`,
    `9${number}123`,
    `Storgata ${row % 200}`,
    '1337',
    'Sandvika',
    'NO',
    `post@s${number}.example`,
    'NOK',
    '30',
  ];
}

async function measured(reader: (typeof READERS)[number], path: string): Promise<Reader> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), reader, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the ${reader} reader ended with ${code}`);
  return JSON.parse(Buffer.concat(parts).toString());
}

/** The child's part: read the file twice, report the fastest and the peak of resident memory. */
async function measure(reader: string, path: string): Promise<Reader> {
  const readOnce = reader === 'ours' ? readOurs : readTheirs;
  let best = 0;
  for (let round = 0; round < 2; round += 1) {
    const began = performance.now();
    const rows = await readOnce(path);
    best = Math.max(best, rows / ((performance.now() - began) / 1000));
  }
  return { rowsPerSecond: best, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
}

async function readOurs(path: string): Promise<number> {
  let rows = 0;
  for await (const row of readCsv(createReadStream(path), CsvDialect.parse({ delimiter: ';' }))) {
    if ('cells' in row && row.cells.name !== '') rows += 1;
  }
  return rows;
}

async function readTheirs(path: string): Promise<number> {
  let rows = 0;
  for await (const row of createReadStream(path).pipe(parse({ delimiter: ';', columns: true }))) {
    if (row.name !== '') rows += 1;
  }
  return rows;
}

const [reader, path] = process.argv.slice(2);
if (import.meta.main && reader !== undefined && path !== undefined) {
  process.stdout.write(JSON.stringify(await measure(reader, path)));
}
