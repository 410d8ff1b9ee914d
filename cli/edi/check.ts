import { CheckReport } from './check-report.ts';
import { ENDS, readFile } from './read-file.ts';
import type { Reading } from './reading.ts';

/** Says in plain sentences what the partner of a profile would complain about. The answer is the exit code: the worst of all files. */
export async function check(
  files: readonly string[],
  { withValues }: { readonly withValues: boolean },
  { profile, settings }: Reading,
  print: (line: string) => void,
): Promise<number> {
  let worst: number = ENDS.clean;
  for (const file of files) {
    const report = new CheckReport(file, profile.partner, { withValues }, print);
    worst = Math.max(worst, await readFile(file, settings, (event) => report.take(event)));
  }
  return worst;
}
