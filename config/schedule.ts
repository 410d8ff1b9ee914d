import { z } from 'zod';
import { durationMsSchema, textSchema } from './values.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const common = {
  /** Each start is put off by a random time up to this, so that flows do not start together. */
  jitterMs: durationMsSchema({ minMs: 0, maxMs: HOUR_MS }).default(10 * SECOND_MS),
  /** An alert is raised when no run has ended for so long after one was due. Derived from the schedule unless set. */
  lateAfterMs: durationMsSchema({ minMs: MINUTE_MS, maxMs: 31 * DAY_MS }).optional(),
  /** An alert is raised when the flow got no document for so long. Learnt from the weeks before unless set. */
  documentsWithinMs: durationMsSchema({ minMs: MINUTE_MS, maxMs: 366 * DAY_MS }).optional(),
  /** A run ended by force after this; its documents go on by themselves. */
  timeoutMs: durationMsSchema({ minMs: 10 * SECOND_MS, maxMs: 7 * DAY_MS }).default(HOUR_MS),
};

/** Temporal's own lower bound of the catch-up window. */
const catchUpMs = durationMsSchema({ minMs: 10 * SECOND_MS, maxMs: 7 * DAY_MS });

const interval = z.strictObject({
  everyMs: durationMsSchema({ minMs: 5 * SECOND_MS, maxMs: 31 * DAY_MS }),
  catchUpMs: catchUpMs.default(10 * MINUTE_MS),
  ...common,
});

/** Five fields: minute, hour, day of month, month, day of week. */
const CRON = /^([\d*,/-]+\s+){2}([\d*,/-]+)\s+([\da-zA-Z*,/-]+)\s+([\da-zA-Z*,/-]+)$/;

const calendar = z.strictObject({
  cron: textSchema.regex(
    CRON,
    'must have five fields: minute, hour, day of month, month, day of week, such as 0 6 * * MON-FRI',
  ),
  /** IANA name. */
  timeZone: textSchema.refine(isTimeZone, 'must be an IANA time zone such as Europe/Oslo').default('UTC'),
  /** Longer than that of an interval, whose next run follows soon anyway. */
  catchUpMs: catchUpMs.default(6 * HOUR_MS),
  ...common,
});

/** When a flow runs: every so often, or at times of the calendar. `catchUpMs`: starts missed in an outage are made up for if not older. */
export const scheduleSchema = z.union([interval, calendar]);

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
