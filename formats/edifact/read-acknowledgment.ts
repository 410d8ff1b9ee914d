import type { AckError, AckOutcome, AckStatement } from '../edi/acknowledgment.ts';
import type { EdiEvent } from '../edi/events.ts';
import { HeldStatements } from '../edi/held-statements.ts';
import type { Segment } from '../edi/segment.ts';

/** Data element 0083. 1 to 3, 5 and 6 were withdrawn: their senders meant 4 and 7. */
const OUTCOMES: Readonly<Record<string, AckOutcome>> = {
  7: 'accepted',
  8: 'received',
  1: 'accepted',
  2: 'rejected',
  3: 'rejected',
  4: 'rejected',
};

interface Open {
  readonly level: AckStatement['level'];
  readonly group: string;
  readonly set: string;
  readonly type: string;
  readonly outcome: AckOutcome;
  readonly errors: AckError[];
}

/** Reads CONTRL: feed it the events of a reader; it gives the statements of an interchange when that has closed. */
export class ContrlReader {
  readonly #held = new HeldStatements();
  #isContrl = false;
  #interchange = '';
  #group = '';
  #segment = 0;
  #open: Open | undefined;

  take(event: EdiEvent): AckStatement[] {
    if (event.kind === 'set-opened') this.#begin(event.set.type === 'CONTRL');
    if (event.kind === 'set-closed') this.#held.add(this.#flush());
    if (event.kind !== 'segment') return this.#held.close(event);
    if (this.#isContrl) this.#held.add(this.#read(event.segment));
    return [];
  }

  #begin(isContrl: boolean): void {
    this.#isContrl = isContrl;
    this.#group = '';
    this.#open = undefined;
  }

  #read(segment: Segment): AckStatement[] {
    const first = segment.value(1);
    if (segment.tag === 'UCI') {
      this.#interchange = first;
      return this.#start({ level: 'interchange', group: '', set: '', type: '', ...said(segment, 4) });
    }
    if (segment.tag === 'UCF') {
      this.#group = first;
      return this.#start({ level: 'group', group: first, set: '', type: '', ...said(segment, 4) });
    }
    if (segment.tag === 'UCM') {
      const type = segment.value(2, 1);
      return this.#start({ level: 'set', group: this.#group, set: first, type, ...said(segment, 3) });
    }
    if (segment.tag === 'UCS') this.#segmentError(segment);
    else if (segment.tag === 'UCD') this.#elementError(segment);
    return [];
  }

  #start(open: Open): AckStatement[] {
    const before = this.#flush();
    this.#open = open;
    return before;
  }

  #flush(): AckStatement[] {
    const open = this.#open;
    this.#open = undefined;
    return open === undefined ? [] : [{ ...open, interchange: this.#interchange, counts: undefined, isDamaged: false }];
  }

  #segmentError(segment: Segment): void {
    this.#segment = Number(segment.value(1)) || 0;
    const code = segment.value(2);
    if (code !== '') this.#open?.errors.push({ code, segment: this.#segment, tag: '', element: 0, component: 0 });
  }

  /** The tag is the first element to CONTRL. */
  #elementError(segment: Segment): void {
    const element = Math.max(0, (Number(segment.value(2, 1)) || 0) - 1);
    const component = Number(segment.value(2, 2)) || 0;
    this.#open?.errors.push({ code: segment.value(1), segment: this.#segment, tag: '', element, component });
  }
}

function said(segment: Segment, action: number): Pick<Open, 'outcome' | 'errors'> {
  const outcome = OUTCOMES[segment.value(action)] ?? 'rejected';
  const [code, tag] = [segment.value(action + 1), segment.value(action + 2)];
  return { outcome, errors: code === '' ? [] : [{ code, segment: 0, tag, element: 0, component: 0 }] };
}
