/**
 * The moments at which a dying process could lose or double something, in the order they come. The code calls `at` there;
 * in production it does nothing, in tests it kills, stops or delays the process.
 */
export const CRASH_POINTS = [
  'body stored',
  'documents inserted',
  'child started',
  'cursor committed',
  'archive moved',
  'planned',
  'slot taken',
  'sent, no byte written',
  'answer read',
  'confirmed',
  'temp half written',
  'staged',
  'renamed',
  'posted, not reported',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

/** Called at each crash point with the document or batch it is about. */
export type At = (point: CrashPoint, subject: string) => Promise<void>;
