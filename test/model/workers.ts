/** Which of the two workers of a model. */
export type Who = 0 | 1;

interface Pair {
  readonly workers: readonly [unknown, unknown];
}

/** The state after a worker went on to another place. */
export function goes<S extends Pair>(state: S, who: Who, worker: S['workers'][0]): S {
  const [first, second] = state.workers;
  return { ...state, workers: who === 0 ? [worker, second] : [first, worker] };
}
