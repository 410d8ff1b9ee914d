import assert from 'node:assert/strict';
import { test } from 'node:test';
import { without } from './rules.ts';
import { type Result, search, storyOf } from './search.ts';
import { GUARDS } from './writes/guards.ts';
import { writesModel } from './writes/model.ts';
import type { State } from './writes/state.ts';
import { WORLDS, type WorldName } from './writes/world.ts';

const results = new Map<WorldName, Result<State>>();

/** Each world is searched once, whatever is asked of it. */
function searched(name: WorldName): Result<State> {
  const result = results.get(name) ?? search(writesModel({ world: WORLDS[name], guards: without(GUARDS) }));
  results.set(name, result);
  return result;
}

// The bound: two workers, one document of two or three writes, at most two versions of it, and as many sends as the world
// allows. Crashes, stops, lost answers, late requests, attempts beside each other and the passing of time are not bounded.
for (const name of Object.keys(WORLDS) as WorldName[]) {
  test(`several writes keep every promise about ${name} (in at most ${WORLDS[name].sends} sends)`, () => {
    const result = searched(name);
    assert.equal(result.broken, undefined, storyOf(result));
  });
}

test('the search sees every end of a version, and every state of a later write', () => {
  const { states } = searched('two versions of an invoice and their release');
  const first = new Set(states.map(({ documents }) => documents[1].state));
  const second = new Set(states.map(({ documents }) => documents[2].state));
  const releases = new Set(states.map(({ intents }) => intents[1][1]?.state));
  assert.deepEqual([...first].sort(), ['open', 'posted', 'refused', 'superseded']);
  assert.deepEqual([...second].sort(), ['open', 'posted', 'refused', 'to come']);
  assert.deepEqual([...releases].sort(), ['confirmed', 'planned', 'rejected', 'sent']);
});

test('the search sees a release that somebody else has done, found before it is asked for or adopted after', () => {
  const { states } = searched('an invoice that finance may release too');
  const ends = states.filter(({ documents, hasStrangerCome }) => hasStrangerCome && documents[1].state === 'posted');
  const releases = new Set(ends.map(({ intents }) => intents[1][1]?.state));
  // Planned: a slow attempt has opened again what another one has closed, and will find it done as well.
  assert.deepEqual([...releases].sort(), ['abandoned', 'confirmed', 'planned']);
});
