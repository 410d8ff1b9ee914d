import type { EdiEvent } from '../formats/edi/events.ts';
import type { EdiSettings } from '../formats/edi/settings.ts';
import { EdifactAcknowledger } from '../formats/edifact/acknowledge-edifact.ts';
import { BUILT_IN_TABLES } from '../formats/tables/built-in.ts';
import { TableShelf } from '../formats/tables/shelf.ts';
import { checkerOf } from '../formats/tables/table-checker.ts';
import { X12Acknowledger } from '../formats/x12/acknowledge-x12.ts';

/** Checks sets against the tables of the product. */
export const CHECKED: EdiSettings = { checker: checkerOf(new TableShelf(BUILT_IN_TABLES)) };

/** What takes the events of a file, and counts the bytes of the acknowledgments that would be sent. */
export class Answers {
  bytes = 0;
  readonly #acknowledger: { take(event: EdiEvent): Buffer | undefined };

  constructor(standard: 'X12' | 'EDIFACT') {
    const at = new Date(0);
    const layout = { timeZone: 'UTC', segmentsPerSet: 1000, elementsPerSegment: 99 };
    this.#acknowledger =
      standard === 'X12'
        ? new X12Acknowledger(
            { form: '997', ta1: 'when-asked', listsEverySet: true, ...layout },
            { at, nextInterchange: () => 1, nextGroup: () => 1 },
          )
        : new EdifactAcknowledger(
            { answer: 'full', listsEveryMessage: true, errorsPerMessage: 1000, timeZone: 'UTC' },
            { at, nextInterchange: () => '1' },
          );
  }

  take(event: EdiEvent): void {
    if (event.kind === 'set-closed' && event.set.verdict !== 'A') throw new Error('the sample is not clean');
    this.bytes += this.#acknowledger.take(event)?.length ?? 0;
  }
}
