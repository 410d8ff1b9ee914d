import { type Model, numbering, type Step } from '../search.ts';
import { VERSIONS } from '../sending.ts';
import { type Doing, workerSteps } from '../workers.ts';
import { acknowledge, arrivals, begin, giveUp, plan, prepare, reopen } from './attempt.ts';
import { check, move, record, wait, write } from './send.ts';
import { clock, look, settle } from './settle.ts';
import type { State, Worker } from './state.ts';
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
  yield* workerSteps(DOING, died, setting, state);
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

const DOING: Doing<Setting, State, Worker> = {
  idle: begin,
  plan,
  reopen,
  prepare,
  clock,
  look,
  settle,
  'give up': giveUp,
  acknowledge,
  check,
  move,
  write,
  wait,
  record,
};

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
