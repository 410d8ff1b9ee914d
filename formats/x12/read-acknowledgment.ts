import type { AckError, AckOutcome, AckStatement } from '../edi/acknowledgment.ts';
import type { EdiEvent } from '../edi/events.ts';
import { HeldStatements } from '../edi/held-statements.ts';
import type { Segment } from '../edi/segment.ts';

const PLAIN = { counts: undefined, isDamaged: false } as const;

/** AK501 and AK901. M, W and X are security's ways to reject. */
const OUTCOMES: Readonly<Record<string, AckOutcome>> = {
  A: 'accepted',
  E: 'accepted-with-errors',
  P: 'partly-accepted',
  R: 'rejected',
  M: 'rejected',
  W: 'rejected',
  X: 'rejected',
};

/** Reads 997, 999 and TA1: feed it the events of a reader; it gives the statements of an interchange when that has closed. */
export class X12AcknowledgmentReader {
  readonly #held = new HeldStatements();
  #isAcknowledgment = false;
  #group = '';
  #functionalId = '';
  #set = '';
  #type = '';
  #errors: AckError[] = [];
  #place = { segment: 0, tag: '' };

  take(event: EdiEvent): AckStatement[] {
    if (event.kind === 'set-opened') this.#isAcknowledgment = event.set.type === '997' || event.set.type === '999';
    if (event.kind !== 'segment') return this.#held.close(event);
    const { segment, position } = event;
    if (position === 0 && segment.tag === 'TA1') this.#held.addToInterchange(ta1(segment));
    if (position > 0 && this.#isAcknowledgment) this.#held.add(this.#segment(segment));
    return [];
  }

  #segment(segment: Segment): AckStatement[] {
    const { tag } = segment;
    if (tag === 'AK1') this.#openGroup(segment);
    else if (tag === 'AK2') this.#openSet(segment);
    else if (tag === 'AK3' || tag === 'IK3') this.#segmentError(segment);
    else if (tag === 'AK4' || tag === 'IK4') this.#elementError(segment);
    else if (tag === 'AK5' || tag === 'IK5') return [this.#closeSet(segment)];
    else if (tag === 'AK9') return [this.#closeGroup(segment)];
    return [];
  }

  #openGroup(segment: Segment): void {
    this.#functionalId = segment.value(1);
    this.#group = segment.value(2);
  }

  #openSet(segment: Segment): void {
    this.#type = segment.value(1);
    this.#set = segment.value(2);
    this.#errors = [];
  }

  /** Code 8 says only that errors of elements follow. */
  #segmentError(segment: Segment): void {
    this.#place = { segment: Number(segment.value(2)) || 0, tag: segment.value(1) };
    const code = segment.value(4);
    if (code !== '8') this.#errors.push({ ...this.#place, element: 0, component: 0, code });
  }

  #elementError(segment: Segment): void {
    const [element, component] = [Number(segment.value(1, 1)) || 0, Number(segment.value(1, 2)) || 0];
    this.#errors.push({ ...this.#place, element, component, code: segment.value(3) });
  }

  #closeSet(segment: Segment): AckStatement {
    const errors = [...codes(segment, 2), ...this.#errors];
    const names = { interchange: '', group: this.#group, set: this.#set, type: this.#type };
    return { level: 'set', ...names, outcome: outcomeOf(segment.value(1)), errors, ...PLAIN };
  }

  #closeGroup(segment: Segment): AckStatement {
    const names = { interchange: '', group: this.#group, set: '', type: this.#functionalId };
    const outcome = outcomeOf(segment.value(1));
    return { level: 'group', ...names, outcome, errors: codes(segment, 5), ...PLAIN, counts: countsOf(segment) };
  }
}

/** A code that the standard does not have rejects: to take it for an acceptance could lose a document. */
function outcomeOf(code: string): AckOutcome {
  return OUTCOMES[code] ?? 'rejected';
}

/** AK903 and AK904. */
function countsOf(segment: Segment): AckStatement['counts'] {
  const [received, accepted] = [segment.value(3).trim(), segment.value(4).trim()];
  if (!/^\d{1,6}$/.test(received) || !/^\d{1,6}$/.test(accepted)) return undefined;
  return { received: Number(received), accepted: Number(accepted) };
}

function codes(segment: Segment, first: number): AckError[] {
  const places = Array.from({ length: 5 }, (_, index) => segment.value(first + index)).filter((code) => code !== '');
  return places.map((code) => ({ code, segment: 0, tag: '', element: 0, component: 0 }));
}

/** A TA1 speaks of the envelope alone: what it does not reject has arrived, and its sets are still to be judged. */
function ta1(segment: Segment): AckStatement {
  const note = segment.value(5);
  const outcome = outcomeOf(segment.value(4)) === 'rejected' ? 'rejected' : 'received';
  const errors = /^0*$/.test(note) ? [] : [{ code: note, segment: 0, tag: '', element: 0, component: 0 }];
  const names = { interchange: segment.value(1), group: '', set: '', type: '' };
  return { level: 'interchange', ...names, outcome, errors, ...PLAIN };
}
