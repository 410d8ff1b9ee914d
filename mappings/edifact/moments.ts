import { dayIn } from '../edi/days.ts';

export interface Moment {
  readonly day: string;
  /** `14:05` or `14:05:30`; undefined where only a day is said. */
  readonly time: string | undefined;
}

/** Data element 2379 by the letters of what it announces; `N` is a minute. Weeks, months and periods are no days. */
const SHAPES: Readonly<Record<string, string>> = {
  2: 'DDMMYY',
  3: 'MMDDYY',
  4: 'DDMMCCYY',
  101: 'YYMMDD',
  102: 'CCYYMMDD',
  201: 'YYMMDDHHNN',
  202: 'YYMMDDHHNNSS',
  203: 'CCYYMMDDHHNN',
  204: 'CCYYMMDDHHNNSS',
  301: 'YYMMDDHHNNZZZ',
  303: 'CCYYMMDDHHNNZZZ',
};
/** What is meant where the format is left out. */
const BY_LENGTH: Readonly<Record<number, string>> = { 6: '101', 8: '102', 10: '201', 12: '203', 14: '204' };

/** The day, and the time if there is one, of a date in a format of 2379 (`''`: by its length); undefined when it is none. */
export function momentIn(written: string, format: string, now: Date): Moment | undefined {
  const named = format === '' ? (BY_LENGTH[written.length] ?? '') : format;
  const shape = Object.hasOwn(SHAPES, named) ? SHAPES[named] : undefined;
  if (shape === undefined || written.length !== shape.length) return undefined;
  const part = (letters: string) => [...written].filter((_, at) => letters.includes(shape.charAt(at))).join('');
  const day = dayIn(part('CY') + part('M') + part('D'), now);
  if (day === undefined) return undefined;
  const time = [part('H'), part('N'), part('S')].filter((digits) => digits !== '').join(':');
  if (time === '') return { day, time: undefined };
  return /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(time) ? { day, time } : undefined;
}
