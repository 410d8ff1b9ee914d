/** The rules for a document of several writes, each with what it says. A test takes away one at a time. */
export const GUARDS = {
  afterConfirmed: 'a later write begins only when the one before it is confirmed',
  superseded: 'no first write is sent once a newer version is in the ledger',
  begunGoesOn: 'a newer version supersedes only before the first write',
  lastPosts: 'only the last write makes the document posted',
  confirmTogether: 'intent and document are confirmed in one transaction',
  known: 'no version is created once another one is there',
  stillHolds: 'a permit asks again whether another version is there meanwhile',
  holdsAfterMove: 'a permit asks for the other version after the intent has taken its place',
  oneInFlight: 'no create is permitted while the one of another version is open',
  writeAhead: 'the intent is `sent` before the first byte leaves',
  compareState: 'an intent is moved only from the state it was read in',
  compareAttempt: 'an intent is moved only from the attempt it was read in',
  deadline: 'no first byte leaves after the send window',
  lookUp: 'an intent found `sent` is looked up before anything is sent again',
  unknownStaysSent: 'an answer that says nothing leaves the intent `sent`',
  waitForWindow: '"not there" counts only after the send window',
  waitForLimit: '"not there" counts only after the limit of the target',
  waitForMargin: '"not there" counts only after a margin for clocks and networks',
  clockBeforeLook: 'whether "not there" counts is asked before the look, not after it',
  refusalLooks: 'a release that is refused is looked for: it may have been done before',
} as const;

export type Guard = keyof typeof GUARDS;
export type Guards = Readonly<Record<Guard, boolean>>;

export const NAMES = Object.keys(GUARDS) as readonly Guard[];

/** All rules but these. */
export function guardsWithout(...removed: readonly Guard[]): Guards {
  return Object.fromEntries(NAMES.map((name) => [name, !removed.includes(name)])) as Guards;
}
