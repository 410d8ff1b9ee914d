import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileModel } from './files/model.ts';
import { GUARDS, type Guard, WORLDS, type WorldName } from './files/world.ts';
import { namesOf, without } from './rules.ts';
import { search, storyOf } from './search.ts';

// The bound: two workers, one file, and as many uploads as the world allows. Everything else happens any number of times.
for (const name of Object.keys(WORLDS) as WorldName[]) {
  const world = WORLDS[name];
  test(`files keep every promise with ${name} (in at most ${world.uploads} uploads)`, () => {
    const result = search(fileModel({ world, guards: without(GUARDS) }));
    assert.equal(result.broken, undefined, storyOf(result));
  });
}

const COLLECTS = 'a partner who collects';
const TAKEN = 'a name that is taken';
const ONCE = 'a file is published once';
const WHOLE = 'no half file has its final name';
const PUBLISHED = 'what is confirmed was published';

/** Where it shows that a rule is needed, and what breaks without it. */
const NEEDED: Readonly<Record<Guard, readonly [WorldName, promise: string]>> = {
  tempName: [COLLECTS, WHOLE],
  tempPerAttempt: [COLLECTS, WHOLE],
  sizeVerified: ['a server that loses bytes', WHOLE],
  writeAhead: [COLLECTS, ONCE],
  compareAndSet: [COLLECTS, ONCE],
  neverAgain: [COLLECTS, ONCE],
  neverOverwrite: [TAKEN, "nobody else's file is overwritten"],
  compareContent: [TAKEN, PUBLISHED],
  inferBySetting: ['a folder that is tidied, where nothing is inferred', PUBLISHED],
  tidyLast: [COLLECTS, PUBLISHED],
  keepStaged: [TAKEN, ONCE],
};

for (const name of namesOf(GUARDS)) {
  const [world, promise] = NEEDED[name];
  test(`a promise breaks with ${world} without the rule that ${GUARDS[name]}`, () => {
    const result = search(fileModel({ world: WORLDS[world], guards: without(GUARDS, name) }));
    assert.equal(result.broken?.promise, promise, storyOf(result));
  });
}

test('the search gets into every state of an intent, by answer, look and inference', () => {
  const { states } = search(fileModel({ world: WORLDS['a folder that is tidied'], guards: without(GUARDS) }));
  const confirmed = states.filter(({ intent }) => intent.state === 'confirmed');
  assert.deepEqual(new Set(confirmed.map(({ intent }) => intent.isInferred)), new Set([false, true]));
  const taken = search(fileModel({ world: WORLDS[TAKEN], guards: without(GUARDS) })).states;
  assert.ok(taken.some(({ intent }) => intent.state === 'rejected'));
  const asking = WORLDS['a folder that is tidied, where nothing is inferred'];
  const unsure = search(fileModel({ world: asking, guards: without(GUARDS) })).states;
  assert.ok(unsure.some(({ intent }) => intent.state === 'uncertain'));
});
