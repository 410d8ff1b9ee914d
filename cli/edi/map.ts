import type { EdiEvent } from '../../formats/edi/events.ts';
import { readEdi } from '../../formats/edi/read-edi.ts';
import { MapReport } from './map-report.ts';
import { ENDS, endOf, openFile, sayUnreadable } from './read-file.ts';
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
  let end: number = ENDS.clean;
  const take = (event: EdiEvent) => {
    report.take(event);
    end = Math.max(end, endOf(event));
  };
  try {
    await readEdi(await openFile(file), reading.settings, take);
  } catch (error) {
    return sayUnreadable(file, error);
  }
  return Math.max(end, report.isWhole ? ENDS.clean : ENDS.findings);
}
