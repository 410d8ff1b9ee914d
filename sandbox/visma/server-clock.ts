import type { Settings } from './settings.ts';

/**
 * The server's own clock. Stamps are wall-clock readings: milliseconds of the local time as if it were UTC, because the
 * answers carry local time without an offset and filters compare digits with digits.
 */
export class ServerClock {
  readonly #now: () => number;
  readonly #settings: () => Settings;

  constructor(now: () => number, settings: () => Settings) {
    this.#now = now;
    this.#settings = settings;
  }

  /** Real milliseconds since 1970, for token life and rate windows. */
  now(): number {
    return this.#now();
  }

  /** The server's wall clock, for `lastModifiedDateTime`. */
  wall(): number {
    const { zoneOffsetMinutes, skewMs } = this.#settings();
    return this.#now() + zoneOffsetMinutes * 60_000 + skewMs;
  }
}

/** Renders a wall-clock reading as the API does: `2026-03-20T06:35:22.153`. */
export function formatWall(wall: number): string {
  return new Date(wall).toISOString().slice(0, 23);
}

const WALL = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d(?:\.\d{1,3})?))?$/;

/** Reads `yyyy-MM-dd`, `yyyy-MM-dd HH:mm:ss[.FFF]` or the same with a T; undefined for anything else, a zone included. */
export function parseWall(text: string): number | undefined {
  const match = WALL.exec(text);
  if (match === null) return undefined;
  const wall = Date.parse(`${match[1]}T${match[2] ?? '00:00:00'}Z`);
  return Number.isNaN(wall) ? undefined : wall;
}
