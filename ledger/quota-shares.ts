/** The call budget of one company and client. Shares are percentages that only that class may use. */
export interface QuotaSettings {
  readonly bucket: string;
  readonly calls: number;
  readonly windowMs: number;
  readonly sharesPercent: Readonly<Record<string, number>>;
}

/** What a window has seen. `used` counts everybody's calls; what is not in `usedBy` was used by others than us. */
export interface Spent {
  readonly callLimit: number;
  readonly used: number;
  readonly usedBy: Readonly<Record<string, number>>;
}

/** How many wait, by class. */
export type Waiting = Readonly<Record<string, number>>;

/** When less than this part of a window's calls is left, writes are spread over the rest of the window. */
export const SLOW_BELOW = 0.2;
const PACED_CLASSES = ['post', 'bulk'];

/**
 * What a class may still take when those `ahead` of it have got theirs: what is left, less what other classes are guaranteed
 * and have not used. Those of other classes who wait for more than their guarantee come first in what the classes share, and
 * never in this one's own guarantee. 0 or less: nothing.
 */
export function freeFor(
  { sharesPercent }: Pick<QuotaSettings, 'sharesPercent'>,
  { callLimit, used, usedBy }: Spent,
  callClass: string,
  ahead: Waiting = {},
): number {
  const ours = sum(Object.values(usedBy));
  const limit = Math.max(0, callLimit - Math.max(0, used - ours));
  const keptFor = (name: string) =>
    Math.max(0, Math.floor(((sharesPercent[name] ?? 0) / 100) * limit) - (usedBy[name] ?? 0));
  const others = [...new Set([...Object.keys(sharesPercent), ...Object.keys(ahead)])].filter((n) => n !== callClass);
  const free = limit - ours - sum(others.map(keptFor));
  const shared = Math.max(0, free - keptFor(callClass));
  const claimed = sum(others.map((name) => Math.max(0, (ahead[name] ?? 0) - keptFor(name))));
  return free - Math.min(shared, claimed) - (ahead[callClass] ?? 0);
}

/** How long, in milliseconds, a write waits so that the last calls of a window are spread over the `leftMs` that are left of it. */
export function paceOf({ callLimit, used }: Spent, callClass: string, ahead: Waiting, leftMs: number): number {
  const left = callLimit - used;
  if (!PACED_CLASSES.includes(callClass) || left > callLimit * SLOW_BELOW) return 0;
  const place = 1 + sum(Object.values(ahead));
  return Math.min(leftMs, Math.ceil((leftMs / (left + 1)) * place));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
