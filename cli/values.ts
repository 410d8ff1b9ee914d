import { parseUnit, UNIT_EXAMPLES } from '../config/units.ts';
import { Failure } from '../failures/failure.ts';

/** @throws Failure COMMAND_USAGE */
export function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
  throw new Failure('COMMAND_USAGE', { message: `${option} must be a whole number from 1 to ${most}.` });
}

/** In milliseconds. @throws Failure COMMAND_USAGE */
export function durationMs(option: string, text: string): number {
  const value = parseUnit(text, 'Ms');
  if (value !== undefined) return value;
  throw new Failure('COMMAND_USAGE', { message: `${option} must be ${UNIT_EXAMPLES.Ms}.` });
}

const SPANS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** `60/m` as milliseconds from one to the next. @throws Failure COMMAND_USAGE */
export function intervalMs(option: string, text: string): number {
  const [, count, span] = /^([1-9]\d{0,5})\/([smh])$/.exec(text) ?? [];
  const spanMs = SPANS_MS[span ?? ''];
  if (spanMs !== undefined) return spanMs / Number(count);
  throw new Failure('COMMAND_USAGE', { message: `${option} must be a rate such as 5/s, 60/m or 1000/h.` });
}

/** A day (its beginning here), an instant, or how long before `now`. @throws Failure COMMAND_USAGE */
export function instantOf(option: string, text: string, now: Date): Date {
  const agoMs = parseUnit(text, 'Ms');
  if (agoMs !== undefined) return new Date(now.getTime() - agoMs);
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text);
  if (/^\d{4}-/.test(text) && !Number.isNaN(at.getTime())) return at;
  throw new Failure('COMMAND_USAGE', {
    message: `${option} must be a day such as 2026-03-01, an instant, or how long ago, such as 90m or 7d.`,
  });
}
