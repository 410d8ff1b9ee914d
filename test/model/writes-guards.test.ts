import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesOf, without } from './rules.ts';
import { search, storyOf } from './search.ts';
import { GUARDS, type Guard } from './writes/guards.ts';
import { writesModel } from './writes/model.ts';
import { WORLDS, type WorldName } from './writes/world.ts';

const NEW = 'an invoice and its original';
const CREATED = 'an invoice that is created, and its original';
const VERSIONS = 'two versions of an invoice and their release';
const RELEASED_TOO = 'an invoice that finance may release too';
const ONCE = 'each write is done once';
const WHOLE = 'a document is posted only with its last write';

/** Where it shows that a rule is needed, and what breaks without it. */
const NEEDED: Readonly<Record<Guard, readonly [WorldName, promise: string]>> = {
  afterConfirmed: [NEW, 'a later write is sent only when the one before is confirmed'],
  superseded: [VERSIONS, 'no older version is begun once a newer one is there'],
  begunGoesOn: ['a created invoice of two versions', 'what was begun is not superseded'],
  lastPosts: ['an invoice, its original and its release', WHOLE],
  confirmTogether: [VERSIONS, ONCE],
  known: ['a created invoice of two versions', 'all work can come to rest'],
  stillHolds: [VERSIONS, ONCE],
  holdsAfterMove: [VERSIONS, ONCE],
  oneInFlight: [VERSIONS, ONCE],
  writeAhead: [CREATED, ONCE],
  compareState: [RELEASED_TOO, 'what is confirmed stays confirmed'],
  compareAttempt: [CREATED, ONCE],
  deadline: [CREATED, ONCE],
  lookUp: [CREATED, ONCE],
  unknownStaysSent: [CREATED, ONCE],
  waitForWindow: [CREATED, ONCE],
  waitForLimit: [CREATED, ONCE],
  waitForMargin: [CREATED, ONCE],
  clockBeforeLook: [NEW, ONCE],
  refusalLooks: [RELEASED_TOO, 'what is refused is not done'],
};

for (const name of namesOf(GUARDS)) {
  const [world, promise] = NEEDED[name];
  test(`a promise about ${world} breaks without the rule that ${GUARDS[name]}`, () => {
    const result = search(writesModel({ world: WORLDS[world], guards: without(GUARDS, name) }));
    assert.equal(result.broken?.promise, promise, storyOf(result));
  });
}
