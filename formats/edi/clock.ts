/** A moment as the envelopes write it. */
export interface EdiMoment {
  readonly yymmdd: string;
  readonly ccyymmdd: string;
  readonly hhmm: string;
  readonly hhmmss: string;
}

/** The last moment told in one time zone: an envelope writes the same one several times, and to format it takes longer than a segment. */
interface ZoneClock {
  readonly write: (at: Date) => string;
  second: number;
  moment: EdiMoment;
}

const clocks = new Map<string, ZoneClock>();

/** The moment in a time zone (`Europe/Oslo`), as texts without separators. */
export function ediMoment(at: Date, timeZone: string): EdiMoment {
  const second = Math.floor(at.getTime() / 1000);
  const clock = clocks.get(timeZone) ?? newClock(timeZone);
  if (clock.second !== second) {
    clock.moment = momentOf(clock.write(at).replaceAll(/\D/g, ''));
    clock.second = second;
  }
  return clock.moment;
}

function momentOf(digits: string): EdiMoment {
  const [ccyymmdd, hhmm, hhmmss] = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(8, 14)];
  return { ccyymmdd, yymmdd: ccyymmdd.slice(2), hhmm, hhmmss };
}

function newClock(timeZone: string): ZoneClock {
  const moment = { yymmdd: '', ccyymmdd: '', hhmm: '', hhmmss: '' };
  const clock = { write: isoWriter(timeZone), second: Number.NaN, moment };
  clocks.set(timeZone, clock);
  return clock;
}

/** Writes from the year to the second. UTC needs no zones, and to load those takes as long as to read a small file. */
function isoWriter(timeZone: string): (at: Date) => string {
  if (timeZone === 'UTC') return (at) => at.toISOString();
  // Swedish dates are those of ISO 8601.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => format.format(at);
}
