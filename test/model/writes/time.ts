import { LIMIT, MARGIN, WINDOW } from '../posting/state.ts';
import type { Who } from '../workers.ts';
import { ends, type Flight, type Intent, type State, type Worker } from './state.ts';

/** Older than this is as old as anything. */
const OLD = WINDOW + LIMIT + MARGIN;

/** A worker is killed: its transaction is rolled back, its request is on its way without it. */
export function died(state: State, who: Who): State {
  const worker = state.workers[who];
  const left = worker.at === 'wait' && worker.flight !== 'gone' ? [worker.flight] : [];
  return { ...ends(state, who), wire: [...state.wire, ...left] };
}

/** A tick passes for everybody, the stopped and the dead alike. A request that has not landed in its time never will. */
export function ticked(state: State): State {
  const { intents, workers, wire } = state;
  return {
    ...state,
    intents: { 1: intents[1].map(older), 2: intents[2].map(older) },
    workers: [later(workers[0]), later(workers[1])],
    wire: wire.filter(({ life }) => life > 0).map(shorter),
  };
}

function older(intent: Intent): Intent {
  return intent.state === 'sent' && intent.age < OLD ? { ...intent, age: intent.age + 1 } : intent;
}

function later(worker: Worker): Worker {
  if (worker.at === 'write' && worker.age < WINDOW) return { ...worker, age: worker.age + 1 };
  if (worker.at !== 'wait' || worker.flight === 'gone') return worker;
  return { ...worker, flight: worker.flight.life > 0 ? shorter(worker.flight) : 'gone' };
}

function shorter(flight: Flight): Flight {
  return { ...flight, life: flight.life - 1 };
}
