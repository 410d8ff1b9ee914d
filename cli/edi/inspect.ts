import { JsonLines } from './json-lines.ts';
import { PlainReport } from './plain-report.ts';
import { readFile } from './read-file.ts';
import type { Reading } from './reading.ts';

export interface Layout {
  readonly asJson: boolean;
  /** Values of the document may be shown. */
  readonly withValues: boolean;
}

/** Reads each file and prints what is in it as it goes. The answer is the exit code: the worst of all files. */
export async function inspect(
  files: readonly string[],
  layout: Layout,
  reading: Reading,
  print: (line: string) => void,
): Promise<number> {
  let worst = 0;
  for (const file of files) worst = Math.max(worst, await inspectOne(file, layout, reading, print));
  return worst;
}

function inspectOne(
  file: string,
  layout: Layout,
  { settings }: Reading,
  print: (line: string) => void,
): Promise<number> {
  const report = layout.asJson ? new JsonLines(file, layout, write) : new PlainReport(file, layout, print);
  return readFile(file, settings, (event) => report.take(event));
}

function write(text: string): void {
  process.stdout.write(text);
}
