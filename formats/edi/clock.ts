/** A moment as the envelopes write it. */
export interface EdiMoment {
  readonly yymmdd: string;
  readonly ccyymmdd: string;
  readonly hhmm: string;
  readonly hhmmss: string;
}

/** The last moment told in one time zone: an envelope writes the same one several times, and to format it takes longer than a segment. */
interface ZoneClock {
  readonly format: Intl.DateTimeFormat;
  second: number;
  moment: EdiMoment;
}

const clocks = new Map<string, ZoneClock>();

/** The moment in a time zone (`Europe/Oslo`), as texts without separators. */
export function ediMoment(at: Date, timeZone: string): EdiMoment {
  const second = Math.floor(at.getTime() / 1000);
  const clock = clocks.get(timeZone) ?? newClock(timeZone);
  if (clock.second !== second) {
    clock.moment = momentOf(clock.format.formatToParts(at));
    clock.second = second;
  }
  return clock.moment;
}

function momentOf(all: readonly Intl.DateTimeFormatPart[]): EdiMoment {
  const parts = Object.fromEntries(all.map(({ type, value }) => [type, value]));
  const ccyymmdd = `${parts.year}${parts.month}${parts.day}`;
  const hhmm = `${parts.hour}${parts.minute}`;
  return { ccyymmdd, yymmdd: ccyymmdd.slice(2), hhmm, hhmmss: `${hhmm}${parts.second}` };
}

function newClock(timeZone: string): ZoneClock {
  const moment = { yymmdd: '', ccyymmdd: '', hhmm: '', hhmmss: '' };
  const clock = { format: newFormat(timeZone), second: Number.NaN, moment };
  clocks.set(timeZone, clock);
  return clock;
}

function newFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
}
