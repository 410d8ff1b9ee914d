/** A moment as the envelopes write it. */
export interface EdiMoment {
  readonly yymmdd: string;
  readonly ccyymmdd: string;
  readonly hhmm: string;
  readonly hhmmss: string;
}

/** Formats by time zone: to make one takes longer than to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The moment in a time zone (`Europe/Oslo`), as texts without separators. */
export function ediMoment(at: Date, timeZone: string): EdiMoment {
  const parts = Object.fromEntries(
    formatFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const ccyymmdd = `${parts.year}${parts.month}${parts.day}`;
  const hhmm = `${parts.hour}${parts.minute}`;
  return { ccyymmdd, yymmdd: ccyymmdd.slice(2), hhmm, hhmmss: `${hhmm}${parts.second}` };
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const format = formats.get(timeZone) ?? newFormat(timeZone);
  formats.set(timeZone, format);
  return format;
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
