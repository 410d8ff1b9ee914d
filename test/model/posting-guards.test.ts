import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GUARDS, type Guard } from './posting/guards.ts';
import { postingModel } from './posting/model.ts';
import { WORLDS, type WorldName } from './posting/world.ts';
import { namesOf, without } from './rules.ts';
import { search, storyOf } from './search.ts';

const SERIES = 'a new supplier of an automatic series';
const THRICE = 'a new supplier of an automatic series, sent three times';
const WIPED = 'a new supplier of an automatic series, whose token may be wiped';
const TAKEN_BACK = 'a change that is taken back';
const ONCE = 'a supplier is created once';
const NEWEST = 'when all is done, the newest version stands';

/** Where it shows that a rule is needed, and what breaks without it. */
const NEEDED: Readonly<Record<Guard, readonly [WorldName, promise: string]>> = {
  writeAhead: [THRICE, ONCE],
  compareState: ['a new supplier that finance may enter too', 'what is confirmed stays confirmed'],
  compareAttempt: [THRICE, ONCE],
  lock: [TAKEN_BACK, NEWEST],
  oneInFlight: [SERIES, ONCE],
  deadline: [THRICE, ONCE],
  lookUp: [THRICE, ONCE],
  unknownStaysSent: [THRICE, ONCE],
  waitForWindow: [THRICE, ONCE],
  waitForLimit: [THRICE, ONCE],
  waitForMargin: [THRICE, ONCE],
  clockBeforeLook: [THRICE, ONCE],
  superseded: [SERIES, 'no older version is written over a newer one'],
  ifMatch: [
    'a changed supplier that finance may change too',
    'no update goes over a change that its sender has not read',
  ],
  compareValues: ['a new supplier that finance may enter too', 'what is confirmed was committed'],
  alike: [WIPED, ONCE],
  stillHolds: [SERIES, ONCE],
  holdsAfterMove: [SERIES, ONCE],
  confirmTogether: [SERIES, ONCE],
  closeTogether: ['a change that is taken back, sent once', 'all work can come to rest'],
  brake: ['a new supplier, with an operator at the brake', 'a pause holds what is not sent yet'],
  settledBeforeRead: [TAKEN_BACK, NEWEST],
  nothingMoved: [TAKEN_BACK, NEWEST],
};

for (const name of namesOf(GUARDS)) {
  const [world, promise] = NEEDED[name];
  test(`a promise about ${world} breaks without the rule that ${GUARDS[name]}`, () => {
    const result = search(postingModel({ world: WORLDS[world], guards: without(GUARDS, name) }));
    assert.equal(result.broken?.promise, promise, storyOf(result));
  });
}
