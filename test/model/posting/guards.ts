import type { Holding } from '../rules.ts';
import { SENDING } from '../sending.ts';

/** The rules of the protocol, each with what it says. A test takes away one at a time. */
export const GUARDS = {
  ...SENDING,
  lock: 'permits for one record are given one after the other',
  oneInFlight: 'no write is permitted while another one to the record is open',
  superseded: 'no version is sent once a newer one is in the ledger',
  ifMatch: 'an update names the version that was read',
  compareValues: 'a supplier found under our number is ours only with our values',
  alike: 'a supplier of the same fields without a token is for a person',
  stillHolds: 'a permit asks again whether an earlier version got a number meanwhile',
  holdsAfterMove: 'a permit asks for the number after the intent has taken its place, when no other write can be open',
  closeTogether: 'what needs no write is closed in one transaction with its intent, and gets no permit any more',
  brake: 'nothing is permitted on a paused connection or flow',
  settledBeforeRead: 'post reads the record only when no write to it is open',
  nothingMoved: 'fetch skips an unchanged version only when no other one is on its way, or was since it looked',
} as const;

export type Guard = keyof typeof GUARDS;
export type Guards = Holding<Guard>;
