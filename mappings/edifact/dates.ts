import type { PathOf } from '../edi/paths.ts';
import { inSet, type Part, type Rule, type Work } from '../edi/rule.ts';
import { segment } from '../edi/rules.ts';
import type { SegmentSource } from '../edi/set-source.ts';
import { type Moment, momentIn } from './moments.ts';

interface MomentField<S> {
  readonly day: PathOf<S>;
  readonly time?: PathOf<S>;
  /** Data element 2005: the first one is written. */
  readonly qualifiers: readonly string[];
}

/** A DTM with one qualifier as a day. `others` are read as well. */
export function date<S>(day: PathOf<S>, qualifier: string, ...others: string[]): Rule<S> {
  return segment('DTM', [momentPart({ day, qualifiers: [qualifier, ...others] })]);
}

/** The same for a field of the day and one of the time. */
export function moment<S>(day: PathOf<S>, time: PathOf<S>, qualifier: string): Rule<S> {
  return segment('DTM', [momentPart({ day, time, qualifiers: [qualifier] })]);
}

function momentPart<S>(field: MomentField<S>): Part<S> {
  const { day, time, qualifiers } = field;
  const [qualifier = ''] = qualifiers;
  return {
    carries: [
      { path: day, form: { kind: 'day' } },
      ...(time === undefined ? [] : [{ path: time, form: { kind: 'time' } as const }]),
    ],
    matches: (dtm) => qualifiers.includes(dtm.see(1, 1)),
    fits: (from) => from.see(day) !== undefined && !from.hasTaken(day),
    read(dtm, into, work) {
      const found = understood(dtm, work);
      if (found === undefined || (into.get(day) ?? found.day) !== found.day) return;
      for (const component of [1, 2, 3]) dtm.take(1, component);
      into.set(day, found.day);
      if (found.time === undefined) return;
      if (time !== undefined) into.set(time, found.time);
      else if (found.time !== '00:00')
        note(dtm, work, 'value-shortened', 'The time of a date has no place in the document.');
    },
    write(from, to) {
      const at = time === undefined ? undefined : from.see(time);
      to.fill(qualifier, 1, 1);
      to.put((from.take(day) ?? '').replaceAll('-', '') + (at ?? '').replaceAll(':', ''), 1, 2);
      to.fill(at === undefined ? '102' : at.length > 5 ? '204' : '203', 1, 3);
      if (time !== undefined && at !== undefined) from.take(time);
    },
  };
}

function understood(dtm: SegmentSource, work: Work): Moment | undefined {
  const found = momentIn(dtm.see(1, 2), dtm.see(1, 3), work.at);
  if (found === undefined) {
    note(dtm, work, 'value-not-understood', 'A date is not of the format that it announces, or is no day.');
  } else if (dtm.see(1, 3) === '') {
    note(dtm, work, 'format-missing', 'A date does not say its format, and was read by its length.');
  }
  return found;
}

function note(
  dtm: SegmentSource,
  work: Work,
  code: 'value-shortened' | 'value-not-understood' | 'format-missing',
  message: string,
): void {
  work.tell({ ...inSet(dtm, 1), severity: 'note', code, message });
}
