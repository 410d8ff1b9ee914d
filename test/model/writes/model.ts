import { type Model, numbering, type Step } from '../search.ts';
import { VERSIONS } from '../sending.ts';
import { type Doing, workerSteps } from '../workers.ts';
import { begin, giveUp, plan, prepare, reopen } from './attempt.ts';
import { changed } from './ledger.ts';
import { check, move, record, wait, write } from './send.ts';
import { clock, look, settle } from './settle.ts';
import type { State, Worker } from './state.ts';
import { isDone, landings, strangers } from './target.ts';
import { died, ticked } from './time.ts';
import { type Setting, startOf } from './world.ts';

/** The protocol for a document of several writes in one world, under the given rules. */
export function writesModel(setting: Setting): Model<State> {
  return {
    start: startOf(setting.world),
    steps: (state) => steps(setting, state),
    keyOf: keyMaker(),
    broken: (state) => state.broken ?? brokenAt(setting, state),
    isAtRest,
  };
}

function* steps(setting: Setting, state: State): Generator<Step<State>> {
  yield* workerSteps(DOING, died, setting, state);
  if (setting.world.hasSecond && state.documents[2].state === 'to come') {
    yield ['version 2 is stored', changed(state, 2, { state: 'open' })];
  }
  yield* strangers(setting, state);
  for (const flight of state.wire) {
    const without = { ...state, wire: state.wire.filter((one) => one !== flight) };
    for (const { answer, state: after } of landings(setting, without, flight)) {
      yield [`late write ${flight.step + 1} of version ${flight.version} lands: ${answer}`, after];
    }
  }
  yield ['a tick passes', ticked(state)];
}

const DOING: Doing<Setting, State, Worker> = {
  idle: begin,
  plan,
  reopen,
  prepare,
  'give up': giveUp,
  clock,
  look,
  settle,
  check,
  move,
  write,
  wait,
  record,
};

/** Workers are alike, and requests on the wire have no order. */
function keyMaker(): (state: State) => string {
  const idOf = numbering();
  return ({ documents, intents, made, workers, wire, hasStrangerCome, sends, broken }) =>
    [
      [documents, intents, made].map(idOf),
      workers.map(idOf).sort(),
      wire.map(idOf).sort(),
      [sends, hasStrangerCome, broken],
    ].join(' ');
}

/** Done for good, whatever a request that nobody waits for may still do. */
function isAtRest({ documents, intents }: State): boolean {
  return VERSIONS.every(
    (version) => documents[version].state !== 'open' && intents[version].every(({ state }) => state !== 'sent'),
  );
}

function brokenAt(setting: Setting, state: State): string | undefined {
  const { documents, made } = state;
  for (const version of VERSIONS) {
    const document = documents[version].state;
    if (document === 'superseded' && made.some(({ of }) => of === version)) return 'what was begun is not superseded';
    const isWhole = setting.world.writes.every((_, step) => isDone(setting, state, { version, step }));
    if (document === 'posted' && !isWhole) return 'a document is posted only with its last write';
  }
  return undefined;
}
