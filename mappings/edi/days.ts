import { Day } from '../canonical/values.ts';
import type { Codec } from './codec.ts';

/** A day as CCYYMMDD. YYMMDD is read as the year nearest to now. */
export const day: Codec = {
  form: { kind: 'day' },
  unfit: 'refuse',
  read: (written, { at }) => dayIn(written, at),
  write: (value) => ({ text: value.replaceAll('-', '') }),
};

/** The ISO day of CCYYMMDD or YYMMDD; undefined when there is no such day. */
export function dayIn(written: string, now: Date): string | undefined {
  if (!/^(\d{8}|\d{6})$/.test(written)) return undefined;
  const full = written.length === 8 ? written : nearestCentury(written, now.getUTCFullYear());
  const iso = `${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6)}`;
  return Day.safeParse(iso).success ? iso : undefined;
}

function nearestCentury(written: string, year: number): string {
  const century = Math.floor(year / 100);
  const candidates = [century - 1, century, century + 1].map((one) => one * 100 + Number(written.slice(0, 2)));
  const distance = (one: number) => Math.abs(one - year);
  const nearest = candidates.reduce((best, one) => (distance(one) < distance(best) ? one : best));
  return `${nearest}${written.slice(2)}`;
}
