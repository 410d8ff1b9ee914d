import type { Holding } from '../rules.ts';
import { SENDING } from '../sending.ts';

/** The rules for a document of several writes, each with what it says. A test takes away one at a time. */
export const GUARDS = {
  ...SENDING,
  afterConfirmed: 'a later write begins only when the one before it is confirmed',
  superseded: 'no first write is sent once a newer version is in the ledger',
  begunGoesOn: 'a newer version supersedes only before the first write',
  lastPosts: 'only the last write makes the document posted',
  known: 'no version is created once another one is there',
  stillHolds: 'a permit asks again whether another version is there meanwhile',
  holdsAfterMove: 'a permit asks for the other version after the intent has taken its place',
  oneInFlight: 'no create is permitted while the one of another version is open',
  refusalLooks: 'a release that is refused is looked for: it may have been done before',
} as const;

export type Guard = keyof typeof GUARDS;
export type Guards = Holding<Guard>;
