import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GUARDS } from './posting/guards.ts';
import { postingModel } from './posting/model.ts';
import { NOT_IN_CODE, WORLDS, type WorldName } from './posting/world.ts';
import { namesOf, without } from './rules.ts';
import { search, storyOf } from './search.ts';

// The bound: two workers, one vendor, two versions of it, and as many sends as the world allows. Crashes, stops, lost answers,
// late requests, attempts beside each other, pauses and the passing of time are not bounded.
for (const name of Object.keys(WORLDS) as WorldName[]) {
  const world = WORLDS[name];
  test(`posting keeps every promise about ${name} (in at most ${world.sends} sends)`, () => {
    const lacking = namesOf(GUARDS).filter((rule) => NOT_IN_CODE[rule] && !NOT_IN_CODE[rule].includes(name));
    const result = search(postingModel({ world, guards: without(GUARDS, ...lacking) }));
    assert.equal(result.broken, undefined, storyOf(result));
  });
}

test('the search gets into every state of an intent, and through every way to learn an outcome', () => {
  const world = WORLDS['a new supplier of an automatic series, whose token may be wiped'];
  const { states } = search(postingModel({ world, guards: without(GUARDS) }));
  const intents = new Set(states.map(({ intents }) => intents[1].state));
  const findings = new Set(states.flatMap(({ workers: [one] }) => (one.at === 'settle' ? [one.found.finding] : [])));
  const answers = new Set(states.flatMap(({ workers: [one] }) => (one.at === 'record' ? [one.answer] : [])));
  assert.deepEqual([...intents].sort(), ['confirmed', 'planned', 'rejected', 'sent', 'uncertain']);
  assert.deepEqual([...findings].sort(), ['absent', 'ours', 'unclear']);
  assert.deepEqual([...answers].sort(), ['accepted', 'not written', 'refused']);
});

test('the search sees versions that are superseded, and such that change nothing', () => {
  const world = WORLDS['a change that is taken back, sent once'];
  const { states } = search(postingModel({ world, guards: without(GUARDS) }));
  const ends = new Set(states.flatMap(({ documents }) => [documents[1].state, documents[2].state]));
  assert.deepEqual([...ends].sort(), ['open', 'posted', 'skipped', 'superseded', 'to come']);
});
