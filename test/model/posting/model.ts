import { type Model, numbering, type Step } from '../search.ts';
import type { Who } from '../workers.ts';
import { acknowledge, arrivals, begin, giveUp, plan, prepare, reopen } from './attempt.ts';
import { check, move, record, wait, write } from './send.ts';
import { clock, look, settle } from './settle.ts';
import { nameOf, type State, VERSIONS } from './state.ts';
import { landings, strangers } from './target.ts';
import { died, ticked } from './time.ts';
import { contentOf, type Setting, startOf } from './world.ts';

/** The protocol in one world, under the given rules. */
export function postingModel(setting: Setting): Model<State> {
  return {
    start: startOf(setting),
    steps: (state) => steps(setting, state),
    keyOf: keyMaker(),
    broken: (state) => state.broken ?? brokenAt(setting, state),
    isAtRest,
  };
}

function* steps(setting: Setting, state: State): Generator<Step<State>> {
  for (const who of [0, 1] as const) {
    for (const [event, after] of workerSteps(setting, state, who)) yield [`${nameOf(who)} ${event}`, after];
    if (state.workers[who].at !== 'idle') yield [`${nameOf(who)} dies`, died(state, who)];
  }
  yield* arrivals(setting, state);
  yield* strangers(setting, state);
  for (const flight of state.wire) {
    const without = { ...state, wire: state.wire.filter((one) => one !== flight) };
    for (const { answer, state: after } of landings(setting, without, flight)) {
      yield [`a late request of version ${flight.version} lands: ${answer}`, after];
    }
  }
  if (setting.world.hasBrake) yield [state.isPaused ? 'resume' : 'pause', { ...state, isPaused: !state.isPaused }];
  yield ['a tick passes', ticked(state)];
}

function workerSteps(setting: Setting, state: State, who: Who): Iterable<Step<State>> {
  const here = state.workers[who];
  switch (here.at) {
    case 'idle':
      return begin(setting, state, who);
    case 'plan':
      return plan(setting, state, who, here);
    case 'reopen':
      return reopen(setting, state, who, here);
    case 'prepare':
      return prepare(setting, state, who, here);
    case 'clock':
      return clock(setting, state, who, here);
    case 'look':
      return look(setting, state, who, here);
    case 'settle':
      return settle(setting, state, who, here);
    case 'give up':
      return giveUp(setting, state, who, here);
    case 'acknowledge':
      return acknowledge(setting, state, who, here);
    case 'check':
      return check(setting, state, who, here);
    case 'move':
      return move(setting, state, who, here);
    case 'write':
      return write(setting, state, who, here);
    case 'wait':
      return wait(setting, state, who, here);
    case 'record':
      return record(setting, state, who, here);
  }
}

/** Workers are alike, and requests on the wire have no order. */
function keyMaker(): (state: State) => string {
  const idOf = numbering();
  return ({ documents, intents, target, workers, wire, isPaused, sends, broken }) =>
    [
      [documents, intents, target].map(idOf),
      workers.map(idOf).sort(),
      wire.map(idOf).sort(),
      [sends, isPaused, broken],
    ].join(' ');
}

/** Done for good, or waiting for a person, if need be behind the other version. */
function isAtRest({ documents, intents }: State): boolean {
  if (VERSIONS.some((version) => intents[version].state === 'uncertain')) return true;
  return VERSIONS.every((version) => documents[version].state !== 'open' && intents[version].state !== 'sent');
}

function brokenAt(setting: Setting, { documents, target, workers, wire }: State): string | undefined {
  if (wire.length > 0 || workers.some(({ at }) => at !== 'idle')) return undefined;
  if (VERSIONS.some((version) => documents[version].state === 'open')) return undefined;
  const newest = documents[2].state === 'to come' ? 1 : 2;
  const content = target.suppliers[0]?.content;
  if (content === contentOf(setting, newest) || content === 'theirs') return undefined;
  return 'when all is done, the newest version stands';
}
