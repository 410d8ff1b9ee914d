import { MapReport } from './map-report.ts';
import { ENDS, readFile } from './read-file.ts';
import type { Reading } from './reading.ts';

/** Prints what the sets of each file mean, one JSON object a line. The answer is the exit code: the worst of all files. */
export async function mapFiles(
  files: readonly string[],
  reading: Reading,
  at: Date,
  write: (text: string) => void,
): Promise<number> {
  let worst: number = ENDS.clean;
  for (const file of files) worst = Math.max(worst, await mapFile(file, reading, at, write));
  return worst;
}

async function mapFile(file: string, reading: Reading, at: Date, write: (text: string) => void): Promise<number> {
  const report = new MapReport(file, reading, at, write);
  const end = await readFile(file, reading.settings, (event) => report.take(event));
  return Math.max(end, report.isWhole ? ENDS.clean : ENDS.findings);
}
