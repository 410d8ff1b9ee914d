import type { EdiEvent } from '../../formats/edi/events.ts';
import { readEdi } from '../../formats/edi/read-edi.ts';
import { CheckReport } from './check-report.ts';
import { ENDS, endOf, openFile, sayUnreadable } from './read-file.ts';
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
    let end: number = ENDS.clean;
    const take = (event: EdiEvent) => {
      report.take(event);
      end = Math.max(end, endOf(event));
    };
    try {
      await readEdi(await openFile(file), settings, take);
    } catch (error) {
      end = sayUnreadable(file, error);
    }
    worst = Math.max(worst, end);
  }
  return worst;
}
