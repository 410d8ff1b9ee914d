/** The rules of the protocol, each with what it says. A test takes away one at a time. */
export const GUARDS = {
  writeAhead: 'the intent is `sent` before the first byte leaves',
  compareState: 'an intent is moved only from the state it was read in',
  compareAttempt: 'an intent is moved only from the attempt it was read in',
  lock: 'permits for one record are given one after the other',
  oneInFlight: 'no write is permitted while another one to the record is open',
  deadline: 'no first byte leaves after the send window',
  lookUp: 'an intent found `sent` is looked up before anything is sent again',
  unknownStaysSent: 'an answer that says nothing leaves the intent `sent`',
  waitForWindow: '"not there" counts only after the send window',
  waitForLimit: '"not there" counts only after the limit of the target',
  waitForMargin: '"not there" counts only after a margin for clocks and networks',
  clockBeforeLook: 'whether "not there" counts is asked before the look, not after it',
  superseded: 'no version is sent once a newer one is in the ledger',
  ifMatch: 'an update names the version that was read',
  compareValues: 'a supplier found under our number is ours only with our values',
  alike: 'a supplier of the same fields without a token is for a person',
  stillHolds: 'a permit asks again whether an earlier version got a number meanwhile',
  holdsAfterMove: 'a permit asks for the number after the intent has taken its place, when no other write can be open',
  confirmTogether: 'intent and document are confirmed in one transaction',
  closeTogether: 'what needs no write is closed in one transaction with its intent, and gets no permit any more',
  brake: 'nothing is permitted on a paused connection or flow',
  settledBeforeRead: 'post reads the record only when no write to it is open',
  nothingMoved: 'fetch skips an unchanged version only when no other one is on its way, or was since it looked',
} as const;

export type Guard = keyof typeof GUARDS;
export type Guards = Readonly<Record<Guard, boolean>>;

export const NAMES = Object.keys(GUARDS) as readonly Guard[];

/** All rules but these. */
export function guardsWithout(...removed: readonly Guard[]): Guards {
  return Object.fromEntries(NAMES.map((name) => [name, !removed.includes(name)])) as Guards;
}
