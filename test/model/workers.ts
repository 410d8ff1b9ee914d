import type { Step } from './search.ts';

/** Which of the two workers of a model. */
export type Who = 0 | 1;

interface Place {
  readonly at: string;
}

interface Pair<Worker> {
  readonly workers: readonly [Worker, Worker];
}

type Does<Setting, State, Here> = (setting: Setting, state: State, who: Who, here: Here) => Iterable<Step<State>>;

/** A place where a worker may stand, and what it carries there. */
export type Standing<Name extends string, Carried> = Name extends string ? { readonly at: Name } & Carried : never;

/** What a worker does at each place where it may stand. */
export type Doing<Setting, State, Worker extends Place> = {
  readonly [Name in Worker['at']]: Does<Setting, State, Extract<Worker, { at: Name }>>;
};

/** What the workers may do next: each a step from where it stands, or die there. */
export function* workerSteps<Setting, Worker extends Place, State extends Pair<Worker>>(
  doing: Doing<Setting, State, Worker>,
  died: (state: State, who: Who) => State,
  setting: Setting,
  state: State,
): Generator<Step<State>> {
  for (const who of [0, 1] as const) {
    const here = state.workers[who];
    const does: Does<Setting, State, never> = doing[here.at as Worker['at']];
    for (const [event, after] of does(setting, state, who, here as never)) yield [`${NAMES[who]} ${event}`, after];
    if (here.at !== 'idle') yield [`${NAMES[who]} dies`, died(state, who)];
  }
}

const NAMES = ['A', 'B'] as const;

/** The state after a worker went on to another place. */
export function goes<S extends Pair<unknown>>(state: S, who: Who, worker: S['workers'][0]): S {
  const [first, second] = state.workers;
  return { ...state, workers: who === 0 ? [worker, second] : [first, worker] };
}

/** These steps; where there is none, the other one. */
export function* orElse<State>(steps: Iterable<Step<State>>, other: Step<State>): Generator<Step<State>> {
  let isTaken = false;
  for (const step of steps) {
    isTaken = true;
    yield step;
  }
  if (!isTaken) yield other;
}
