import { leftBy, older, passed } from '../sending.ts';
import type { Who } from '../workers.ts';
import { ends, type State } from './state.ts';

/** A worker is killed: its transaction is rolled back, its request is on its way without it. */
export function died(state: State, who: Who): State {
  return { ...ends(state, who), wire: [...state.wire, ...leftBy(state.workers[who])] };
}

/** A tick passes for everybody. */
export function ticked(state: State): State {
  const { intents } = state;
  return { ...passed(state), intents: { 1: older(intents[1]), 2: older(intents[2]) } };
}
