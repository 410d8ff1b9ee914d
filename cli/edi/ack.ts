import { EdifactAcknowledger } from '../../formats/edifact/acknowledge-edifact.ts';
import { elementNumber } from '../../formats/tables/element-number.ts';
import { X12Acknowledger } from '../../formats/x12/acknowledge-x12.ts';
import { readFile } from './read-file.ts';
import type { Reading } from './reading.ts';

export interface AckLayout {
  /** How groups of X12 are answered; what the profile says when undefined. */
  readonly form: '997' | '999' | undefined;
  /** Control number of the first acknowledgment; the next ones follow. */
  readonly control: number;
}

const CAPS = { segmentsPerSet: 1000, elementsPerSegment: 99 };

/** Prints the acknowledgment of each interchange in a file, as it would be sent. The answer is the exit code. */
export async function acknowledge(
  file: string,
  layout: AckLayout,
  { profile, shelf, settings }: Reading,
  at: Date,
  write: (bytes: Buffer) => void,
): Promise<number> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  let [control, group] = [layout.control - 1, 0];
  const numbers = { at, nextInterchange: () => ++control, nextGroup: () => ++group };
  const { form, ta1, accepted } = profile.x12.acknowledgment;
  const policy = { form: layout.form ?? form, ta1, listsEverySet: accepted === 'listed', timeZone, ...CAPS };
  const x12 = new X12Acknowledger(
    { ...policy, elementNumber: (set, fault) => elementNumber(shelf, set, fault) },
    numbers,
  );
  const contrl = new EdifactAcknowledger(
    {
      answer: profile.edifact.acknowledgment.answer,
      listsEveryMessage: profile.edifact.acknowledgment.accepted === 'listed',
      errorsPerMessage: CAPS.segmentsPerSet,
      timeZone,
    },
    { at, nextInterchange: () => String(numbers.nextInterchange()) },
  );
  return readFile(file, settings, (event) => {
    const bytes = x12.take(event) ?? contrl.take(event);
    if (bytes !== undefined) write(Buffer.concat([bytes, Buffer.from('\n')]));
    if (event.kind === 'interchange-opened' && event.interchange.standard === 'TRADACOMS') {
      process.stderr.write('TRADACOMS has no syntax acknowledgment: nothing is sent for it.\n');
    }
  });
}
