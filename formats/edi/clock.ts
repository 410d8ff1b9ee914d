/** A moment as the envelopes write it. */
export interface EdiMoment {
  readonly yymmdd: string;
  readonly ccyymmdd: string;
  readonly hhmm: string;
  readonly hhmmss: string;
}

/** The moment in a time zone (`Europe/Oslo`), as texts without separators. */
export function ediMoment(at: Date, timeZone: string): EdiMoment {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const ccyymmdd = `${parts.year}${parts.month}${parts.day}`;
  const hhmm = `${parts.hour}${parts.minute}`;
  return { ccyymmdd, yymmdd: ccyymmdd.slice(2), hhmm, hhmmss: `${hhmm}${parts.second}` };
}
